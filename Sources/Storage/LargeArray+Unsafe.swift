import Glibc

/// A growing array for one column of a large table: what Array does, in memory that costs less to get.
///
/// From ``hugeSize`` bytes on, the memory comes in huge pages where the system has them (`madvise(2)`), since clearing
/// and mapping millions of small pages took a fifth of the time of reading a book; and a ``MemoryColumnStore`` takes it
/// over without a copy. Copies share the memory until one of them changes.
@frozen
public struct LargeArray<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
    @usableFromInline var memory: LargeMemory
    @usableFromInline var base: UnsafeMutablePointer<Element>
    @usableFromInline var capacity = 0
    @usableFromInline var length = 0

    /// No values, no memory.
    public init() {
        memory = .none
        base = LargeMemory.none.base.assumingMemoryBound(to: Element.self)
    }

    /// Equal values.
    public init(repeating value: Element, count: Int) {
        self.init()
        reserveCapacity(count)
        base.initialize(repeating: value, count: count)
        length = count
    }

    /// The values of a sequence.
    public init(_ values: some Sequence<Element>) {
        self.init()
        reserveCapacity(values.underestimatedCount)
        for value in values { append(value) }
    }

    /// Number of values.
    @inlinable
    public var count: Int { length }

    /// Whether there is no value.
    @inlinable
    public var isEmpty: Bool { count == 0 }

    /// Positions of the values.
    @inlinable
    public var indices: Range<Int> { 0..<count }

    /// The value at a position; O(1).
    @inlinable
    public subscript(_ index: Int) -> Element {
        get {
            precondition(index >= 0 && index < count, "a position of the array")
            return base[index]
        }
        set {
            precondition(index >= 0 && index < count, "a position of the array")
            if !isKnownUniquelyReferenced(&memory) { move(to: capacity) }
            base[index] = newValue
        }
    }

    /// Adds a value; amortised O(1).
    @inlinable
    public mutating func append(_ value: Element) {
        if count == capacity || !isKnownUniquelyReferenced(&memory) { makeRoom() }
        (base + count).initialize(to: value)
        length &+= 1
    }

    /// Adds bytes, or what else the span holds.
    @inlinable
    public mutating func append(contentsOf values: Span<Element>) {
        if count + values.count > capacity || !isKnownUniquelyReferenced(&memory) {
            move(to: Swift.max(2 * capacity, count + values.count))
        }
        values.withUnsafeBufferPointer { values in
            if let start = values.baseAddress { (base + count).initialize(from: start, count: values.count) }
        }
        length &+= values.count
    }

    /// Makes room for so many values in all.
    public mutating func reserveCapacity(_ room: Int) {
        if room > capacity { move(to: room) }
    }

    /// Calls `body` with all values.
    @inlinable
    public func withSpan<Result, Failure: Error>(
        _ body: (Span<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeBufferPointer(start: base, count: count).span)
    }

    /// Calls `body` with all values, to be changed in place.
    @inlinable
    public mutating func withMutableSpan<Result, Failure: Error>(
        _ body: (inout MutableSpan<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        if !isKnownUniquelyReferenced(&memory) { move(to: capacity) }
        var span = UnsafeMutableBufferPointer(start: base, count: count).mutableSpan
        return try body(&span)
    }

    /// The values in an array.
    public var array: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }

    /// Makes room for one more.
    @usableFromInline
    mutating func makeRoom() { move(to: count == capacity ? Swift.max(16, 2 * capacity) : capacity) }

    /// Moves to memory of its own.
    @usableFromInline
    mutating func move(to room: Int) {
        let larger = LargeMemory(size: room * MemoryLayout<Element>.stride)
        let start = larger.base.bindMemory(to: Element.self, capacity: room)
        start.initialize(from: base, count: count)
        memory = larger
        base = start
        capacity = room
    }
}

/// A piece of memory with an owner.
@usableFromInline
final class LargeMemory: @unchecked Sendable {
    /// From this size on memory is asked for in huge pages: two of x86-64's.
    static let hugeSize = 1 << 22
    /// Where empty arrays point to.
    static let none = LargeMemory(size: 0)

    let base: UnsafeMutableRawPointer

    init(size: Int) {
        let isHuge = size >= Self.hugeSize
        // A huge page is 2 MiB at a multiple of its size. Else a cache line, for vector loads.
        base = .allocate(byteCount: max(size, 64), alignment: isHuge ? 1 << 21 : 64)
        // Where the system has no huge pages there is nothing to lose.
        if isHuge { Glibc.madvise(base, size, MADV_HUGEPAGE) }
    }

    deinit { base.deallocate() }
}
