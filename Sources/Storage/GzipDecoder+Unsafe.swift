import CZlib
import Domain

/// Decompresses gzip members one after the other, by zlib.
final class GzipDecoder: ByteInput {
    private let source: FileInput
    private let stream: UnsafeMutablePointer<z_stream>
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 64)
    private var atMemberStart = true
    private var bytesLeft = true

    init(source: FileInput) {
        self.source = source
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 window bits, + 16: a gzip header is expected.
        let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib starts")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        buffer.deallocate()
    }

    func read(into output: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        while true {
            if stream.pointee.avail_in == 0, bytesLeft { try refill() }
            if stream.pointee.avail_in == 0, !bytesLeft {
                if atMemberStart { return 0 }
                throw InputError(
                    at: SourceLocation(file: source.path), found: "a truncated gzip file",
                    expected: "a complete one")
            }
            stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = UInt32(clamping: output.count)
            atMemberStart = false
            let status = inflate(stream, Z_NO_FLUSH)
            let count = Int(UInt32(clamping: output.count) - stream.pointee.avail_out)
            switch status {
            case Z_STREAM_END:
                inflateReset(stream)
                atMemberStart = true
            case Z_OK, Z_BUF_ERROR:
                break
            default:
                throw InputError(
                    at: SourceLocation(file: source.path), found: "a corrupt gzip file (\(reason(status)))",
                    expected: "intact gzip data")
            }
            if count > 0 { return count }
        }
    }

    private func refill() throws(InputError) {
        let count = try source.read(into: buffer)
        bytesLeft = count > 0
        stream.pointee.next_in = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = UInt32(count)
    }

    /// What zlib says of an error.
    private func reason(_ status: Int32) -> String {
        if let message = stream.pointee.msg { return String(cString: message) }
        return "zlib error \(status)"
    }
}
