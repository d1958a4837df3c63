import CZlib
import CZstandard
import Domain

/// Writes a file plain, `.gz` or `.zst`, atomically; the same content gives the same bytes.
///
/// The file appears at its path with ``finish()``; without it nothing remains.
public final class CompressedWriter {
    /// Where the file will be.
    public var path: String { output.path }
    private let output: AtomicFile
    private let encoder: any Encoder
    private let hash = SHA256()

    /// A writer; the compression follows from the name unless given.
    ///
    /// - Throws: `OperationError` when the folder cannot be written.
    public init(path: String, compression: Compression? = nil) throws(OperationError) {
        output = try AtomicFile(path: path)
        switch compression ?? Compression(path: path) {
        case .plain: encoder = PlainEncoder()
        case .gzip(let level): encoder = GzipEncoder(level: level)
        case .zstandard(let level): encoder = ZstandardEncoder(level: level)
        }
    }

    /// Appends bytes.
    ///
    /// - Throws: `OperationError` with path and reason, such as a full disk.
    public func write(_ bytes: [UInt8]) throws(OperationError) {
        try bytes.span.withUnsafeBytes { (buffer) throws(OperationError) in try write(raw: buffer) }
    }

    /// Appends a text as UTF-8.
    ///
    /// - Throws: `OperationError` with path and reason, such as a full disk.
    public func write(_ text: String) throws(OperationError) {
        try write(Array(text.utf8))
    }

    /// Ends the stream, syncs the file and puts it at its path; returns the SHA-256 of its bytes as stored.
    ///
    /// - Throws: `OperationError` with path and reason, such as a full disk; nothing remains then.
    @discardableResult
    public func finish() throws(OperationError) -> String {
        try encoder.encode(UnsafeRawBufferPointer(start: nil, count: 0), last: true, sink: store)
        try output.commit()
        return hash.finish()
    }

    /// Appends raw bytes.
    func write(raw bytes: UnsafeRawBufferPointer) throws(OperationError) {
        if bytes.isEmpty { return }
        try encoder.encode(bytes, last: false, sink: store)
    }

    /// Takes compressed bytes.
    private func store(_ bytes: UnsafeRawBufferPointer) throws(OperationError) {
        hash.update(raw: bytes)
        try output.write(raw: bytes)
    }
}

/// Turns bytes into stored bytes, in pieces.
private protocol Encoder {
    typealias Sink = (UnsafeRawBufferPointer) throws(OperationError) -> Void
    func encode(_ bytes: UnsafeRawBufferPointer, last: Bool, sink: Sink) throws(OperationError)
}

/// Stores bytes as they are.
private struct PlainEncoder: Encoder {
    func encode(_ bytes: UnsafeRawBufferPointer, last: Bool, sink: Sink) throws(OperationError) {
        if !bytes.isEmpty { try sink(bytes) }
    }
}

/// gzip by zlib; zlib's own header has modification time 0.
private final class GzipEncoder: Encoder {
    private let stream: UnsafeMutablePointer<z_stream>
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 64)

    init(level: Int) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 window bits, + 16: with a gzip header; memory level 8 is zlib's default.
        let status = deflateInit2_(
            stream, Int32(level), Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "a gzip level is 1 to 9")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
        buffer.deallocate()
    }

    func encode(_ bytes: UnsafeRawBufferPointer, last: Bool, sink: Sink) throws(OperationError) {
        var rest = bytes
        repeat {
            // avail_in has 32 bits: larger input goes in pieces.
            let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count))
            stream.pointee.next_in = UnsafeMutablePointer(
                mutating: piece.baseAddress?.assumingMemoryBound(to: UInt8.self))
            stream.pointee.avail_in = UInt32(piece.count)
            repeat {
                stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.pointee.avail_out = UInt32(buffer.count)
                let status = deflate(stream, last && rest.isEmpty ? Z_FINISH : Z_NO_FLUSH)
                precondition(status != Z_STREAM_ERROR, "zlib's state is sound")
                let count = buffer.count - Int(stream.pointee.avail_out)
                if count > 0 { try sink(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
            } while stream.pointee.avail_out == 0
        } while !rest.isEmpty
    }
}

/// Zstandard by libzstd, one thread, with a checksum.
private final class ZstandardEncoder: Encoder {
    private let context: OpaquePointer
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 64)

    init(level: Int) {
        guard let context = ZSTD_createCCtx() else { fatalError("out of memory") }
        self.context = context
        let status = ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Int32(level))
        precondition(ZSTD_isError(status) == 0, "a Zstandard level is 1 to 19")
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    }

    deinit {
        ZSTD_freeCCtx(context)
        buffer.deallocate()
    }

    func encode(_ bytes: UnsafeRawBufferPointer, last: Bool, sink: Sink) throws(OperationError) {
        var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        while true {
            var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
            let status = ZSTD_compressStream2(context, &output, &input, last ? ZSTD_e_end : ZSTD_e_continue)
            guard ZSTD_isError(status) == 0 else {
                throw OperationError("cannot compress: \(ZSTD_getErrorName(status).map { String(cString: $0) } ?? "")")
            }
            if output.pos > 0 { try sink(UnsafeRawBufferPointer(rebasing: buffer[..<output.pos])) }
            if last ? status == 0 : input.pos == input.size { return }
        }
    }
}
