/// A read-only column of texts: offsets into one run of UTF-8 bytes. Valid while its ``ColumnStore`` lives.
@frozen
public struct StringColumn: Sendable, RandomAccessCollection {
    /// First byte of each text, and the byte count at the end.
    public let offsets: Column<Int64>
    /// All texts, one after the other.
    public let bytes: Column<UInt8>

    /// A column from its offsets (one more than texts) and bytes.
    @inlinable
    public init(offsets: Column<Int64>, bytes: Column<UInt8>) {
        self.offsets = offsets
        self.bytes = bytes
    }

    /// Number of texts.
    @inlinable
    public var count: Int { Swift.max(0, offsets.count - 1) }

    /// Position of the first text: 0.
    @inlinable
    public var startIndex: Int { 0 }

    /// Position after the last text.
    @inlinable
    public var endIndex: Int { count }

    /// The text at a position; a new String each time.
    public subscript(_ index: Int) -> String {
        withBytes(index) { span in span.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) } }
    }

    /// Calls `body` with the UTF-8 bytes of the text at a position.
    @inlinable
    public func withBytes<Result, Failure: Error>(
        _ index: Int, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let start = Int(offsets[index])
        let end = Int(offsets[index + 1])
        if bytes.isPlain, bytes.mask == -1 {
            return try body(UnsafeBufferPointer(start: bytes.base + start, count: end - start).span)
        }
        return try body(Array(bytes[start..<end]).span)
    }
}
