/// A read-only column of fixed-size values somewhere in memory: a pointer and a count, nothing to retain.
///
/// **Lifetime.** A column does not own its memory. It is valid while the ``ColumnStore`` it came from lives; tables
/// that hold columns also hold their store. So keep the dataset or table in a variable while you read:
/// `try open().orders.placedAt[0]` reads memory that is gone, since nothing holds what `open()` returned. Copying and
/// reading a column costs nothing, which is why it holds no reference. Indices are checked in debug builds only.
@frozen
public struct Column<Element: BitwiseCopyable & Sendable>: @unchecked Sendable, BitwiseCopyable,
    RandomAccessCollection
{
    @usableFromInline let base: UnsafePointer<Element>
    /// Number of values.
    public let count: Int

    @inlinable
    init(base: UnsafePointer<Element>, count: Int) {
        self.base = base
        self.count = count
    }

    /// A column without values; it needs no store.
    public init() {
        base = UnsafePointer(emptyColumnBytes.assumingMemoryBound(to: Element.self))
        count = 0
    }

    /// Position of the first value: 0.
    @inlinable
    public var startIndex: Int { 0 }

    /// Position after the last value.
    @inlinable
    public var endIndex: Int { count }

    /// The value at a position; O(1). The caller stays within `0 ..< count`.
    @inlinable
    public subscript(_ index: Int) -> Element {
        assert(index >= 0 && index < count, "column index \(index) outside 0 ..< \(count)")
        return base[index]
    }

    /// Calls `body` with all values as a span.
    @inlinable
    public func withSpan<Result, Failure: Error>(
        _ body: (Span<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeBufferPointer(start: base, count: count).span)
    }

    /// A copy of all values.
    public var array: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }

    /// The bytes of the column, for writing and hashing.
    var rawBytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base, count: count * MemoryLayout<Element>.stride)
    }
}

extension Column: Equatable where Element: Equatable {
    /// Whether both columns hold the same values.
    public static func == (left: Column, right: Column) -> Bool {
        left.count == right.count && left.indices.allSatisfy { left[$0] == right[$0] }
    }
}

/// What an empty column points to; never written.
private nonisolated(unsafe) let emptyColumnBytes = UnsafeRawPointer(
    UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64))
