/// A read-only column of fixed-size values somewhere in memory: pointers and a count, nothing to retain.
///
/// **Forms.** The values lie one after the other (*direct*), or are all the same one (*constant*), or are 0, 1, 2 ...
/// (*counting*), or are looked up in a short table by another column of numbers (*indexed*); see ``ColumnArchive``. All
/// read alike; a direct or constant one costs a load and a mask, the others a branch that is always taken.
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
    /// -1 where each index has a value of its own, 0 where all share the first.
    @usableFromInline let mask: Int
    /// Positions in `base` of an indexed column.
    @usableFromInline let codes: UnsafePointer<Int32>?
    @usableFromInline let isCounting: Bool
    /// Whether a load and a mask give the value.
    @usableFromInline let isPlain: Bool

    @inlinable
    init(base: UnsafePointer<Element>, count: Int, isConstant: Bool = false, codes: UnsafePointer<Int32>? = nil) {
        self.base = base
        self.count = count
        self.codes = codes
        mask = isConstant ? 0 : -1
        isCounting = false
        isPlain = codes == nil
    }

    /// The column 0, 1, 2 ... of an integer type; it needs no store.
    init(countingTo count: Int) {
        base = UnsafePointer(emptyColumnBytes.assumingMemoryBound(to: Element.self))
        self.count = count
        codes = nil
        mask = 0
        isCounting = true
        isPlain = false
    }

    /// A column without values; it needs no store.
    public init() {
        self.init(base: UnsafePointer(emptyColumnBytes.assumingMemoryBound(to: Element.self)), count: 0)
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
        if isPlain { return base[index & mask] }
        if let codes { return base[Int(codes[index])] }
        // Little-endian: the first bytes of the index are the index in the narrower type.
        return Swift.withUnsafeBytes(of: Int64(truncatingIfNeeded: index)) { $0.loadUnaligned(as: Element.self) }
    }

    /// Whether the values lie one after the other in memory.
    var isDirect: Bool { isPlain && (mask == -1 || count <= 1) }

    /// Calls `body` with all values as a span; they are copied where they do not lie one after the other.
    @inlinable
    public func withSpan<Result, Failure: Error>(
        _ body: (Span<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        if isPlain, mask == -1 { return try body(UnsafeBufferPointer(start: base, count: count).span) }
        return try body(Array(self).span)
    }

    /// A copy of all values.
    public var array: [Element] { isDirect ? Array(UnsafeBufferPointer(start: base, count: count)) : Array(self) }
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
