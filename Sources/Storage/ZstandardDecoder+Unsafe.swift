import CZstandard
import Domain

/// Decompresses Zstandard frames one after the other, by libzstd.
final class ZstandardDecoder: ByteInput {
    private let source: FileInput
    private let context: OpaquePointer
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 64)
    private var input = ZSTD_inBuffer(src: nil, size: 0, pos: 0)
    private var atFrameStart = true
    private var bytesLeft = true
    /// Whether the last call filled its output, so that more may be waiting inside the decoder.
    private var mayHoldOutput = false

    init(source: FileInput) {
        self.source = source
        guard let context = ZSTD_createDCtx() else { fatalError("out of memory") }
        self.context = context
    }

    deinit {
        ZSTD_freeDCtx(context)
        buffer.deallocate()
    }

    func read(into output: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        while true {
            if input.pos == input.size, bytesLeft, !mayHoldOutput {
                let count = try source.read(into: buffer)
                bytesLeft = count > 0
                input = ZSTD_inBuffer(src: buffer.baseAddress, size: count, pos: 0)
            }
            if input.pos == input.size, !mayHoldOutput {
                if atFrameStart { return 0 }
                throw InputError(
                    at: SourceLocation(file: source.path), found: "a truncated .zst file (it ends inside a frame)",
                    expected: "a complete one")
            }
            var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
            let status = ZSTD_decompressStream(context, &target, &input)
            if ZSTD_isError(status) != 0 {
                let reason = ZSTD_getErrorName(status).map { String(cString: $0) } ?? "unknown error"
                throw InputError(
                    at: SourceLocation(file: source.path), found: "a corrupt .zst file (\(reason))",
                    expected: "intact Zstandard data")
            }
            atFrameStart = status == 0
            mayHoldOutput = target.pos == target.size && !atFrameStart
            if target.pos > 0 { return target.pos }
        }
    }
}
