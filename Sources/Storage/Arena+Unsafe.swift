/// Memory that lives as long as one piece of work: a trial, the tables of a plan.
///
/// ``buffer(repeating:count:)`` hands out runs of values that are read and written without bounds checks (in release
/// builds), reference counting or copy on write; all of them are freed together with the arena. One thread at a time
/// may allocate.
///
/// Runs lie one after the other in blocks that grow with the arena; blocks of some megabytes come in huge pages where the system has
/// them: a replay goes back and forth between its queues, stock and stations, and where these are large, looking up where small
/// pages lie took longer than what it does there. Small arenas take small pages, since clearing a huge one costs more than they do.
public final class Arena: @unchecked Sendable {
    private var blocks: [LargeMemory] = []
    /// What is left of the last block.
    private var free: UnsafeMutableRawPointer
    private var room = 0
    /// Bytes of all blocks.
    private var size = 0

    /// Bytes of the first block.
    private static let firstSize = 1 << 14

    /// An arena without memory.
    public init() { free = LargeMemory.none.base }

    /// A run of equal values.
    public func buffer<Element: BitwiseCopyable>(repeating value: Element, count: Int) -> Buffer<Element> {
        let base = allocate(Element.self, count: count)
        base.initialize(repeating: value, count: count)
        return Buffer(base: base, count: count)
    }

    /// A copy of an array.
    public func buffer<Element: BitwiseCopyable>(_ values: [Element]) -> Buffer<Element> {
        let base = allocate(Element.self, count: values.count)
        values.withUnsafeBufferPointer { values in
            if let start = values.baseAddress { base.initialize(from: start, count: values.count) }
        }
        return Buffer(base: base, count: values.count)
    }

    /// Uninitialised memory on a cache line's boundary.
    func allocate<Element: BitwiseCopyable>(_: Element.Type, count: Int) -> UnsafeMutablePointer<Element> {
        precondition(MemoryLayout<Element>.alignment <= 64, "an alignment of a cache line at most")
        let bytes = (max(1, count) * MemoryLayout<Element>.stride + 63) / 64 * 64
        if bytes > room { addBlock(for: bytes) }
        let start = free
        free += bytes
        room -= bytes
        return start.bindMemory(to: Element.self, capacity: max(1, count))
    }

    /// Goes on in a block that has room for some bytes: as large as all before it, so that there are few, or as large as comes in
    /// huge pages.
    private func addBlock(for bytes: Int) {
        let needed = max(bytes, min(size, LargeMemory.hugeSize), Self.firstSize)
        let block = LargeMemory(size: needed)
        blocks.append(block)
        size += needed
        (free, room) = (block.base, needed)
    }
}

/// A run of values in an ``Arena``: a pointer and a count, nothing to retain. Copies share the values.
///
/// **Lifetime.** A buffer does not own its memory: whoever keeps buffers keeps their arena. Indices are checked in
/// debug builds only. One thread at a time may write.
@frozen
public struct Buffer<Element: BitwiseCopyable>: @unchecked Sendable, BitwiseCopyable {
    @usableFromInline let base: UnsafeMutablePointer<Element>
    /// Number of values.
    public let count: Int

    @inlinable
    init(base: UnsafeMutablePointer<Element>, count: Int) {
        self.base = base
        self.count = count
    }

    /// Positions of the values.
    @inlinable
    public var indices: Range<Int> { 0..<count }

    /// Where the values lie, for a C function; as long as their arena.
    @inlinable
    public var unsafeMemory: UnsafeMutablePointer<Element> { base }

    /// The value at a position; O(1). The caller stays within `0 ..< count`.
    @inlinable
    public subscript(_ index: Int) -> Element {
        unsafeAddress {
            assert(index >= 0 && index < count, "buffer index \(index) outside 0 ..< \(count)")
            return UnsafePointer(base + index)
        }
        nonmutating unsafeMutableAddress {
            assert(index >= 0 && index < count, "buffer index \(index) outside 0 ..< \(count)")
            return base + index
        }
    }

    /// The values from a position on: the same memory.
    @inlinable
    public func from(_ index: Int) -> Buffer {
        precondition(index >= 0 && index <= count, "a position of the buffer")
        return Buffer(base: base + index, count: count - index)
    }

    /// Sets every value.
    @inlinable
    public func fill(_ value: Element) { base.update(repeating: value, count: count) }

    /// Takes over the values of another buffer of the same length.
    @inlinable
    public func copy(_ other: Buffer) {
        precondition(other.count == count, "buffers of one length")
        base.update(from: other.base, count: count)
    }

    /// A copy of all values.
    public var array: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }

    /// Calls `body` with all values as a span.
    @inlinable
    public func withSpan<Result, Failure: Error>(
        _ body: (Span<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeBufferPointer(start: base, count: count).span)
    }

    /// Calls `body` with all values as a span to write to.
    @inlinable
    public func withMutableSpan<Result, Failure: Error>(
        _ body: (inout MutableSpan<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let values = UnsafeMutableBufferPointer(start: base, count: count)
        var span = values.mutableSpan
        return try body(&span)
    }
}

/// Calls `body` with memory for some values, unset, that is gone when it returns: on the stack where they are few.
@inlinable
@inline(__always)
public func withPassingBuffer<Element: BitwiseCopyable, Result>(
    of _: Element.Type, count: Int, _ body: (Buffer<Element>) -> Result
) -> Result {
    withUnsafeTemporaryAllocation(of: Element.self, capacity: max(1, count)) { memory in
        guard let base = memory.baseAddress else { preconditionFailure("memory for at least one value") }
        return body(Buffer(base: base, count: count))
    }
}

/// A run of values in an ``Arena`` that grows at its end; its old memory stays with the arena, so that all of it
/// together is at most twice what is in use at the most.
@frozen
public struct GrowingBuffer<Element: BitwiseCopyable>: @unchecked Sendable, BitwiseCopyable {
    @usableFromInline var storage: Buffer<Element>
    @usableFromInline var length = 0
    /// Number of values.
    @inlinable
    public var count: Int { length }

    /// Where the values lie, for a C function; until one is added.
    @inlinable
    public var unsafeMemory: UnsafeMutablePointer<Element> { storage.base }

    /// An empty run with room for some values.
    public init(in arena: Arena, capacity: Int = 16) {
        storage = Buffer(base: arena.allocate(Element.self, count: max(1, capacity)), count: max(1, capacity))
    }

    /// The value at a position; O(1). The caller stays within `0 ..< count`.
    @inlinable
    public subscript(_ index: Int) -> Element {
        unsafeAddress {
            assert(index < count, "index \(index) beyond \(count)")
            return UnsafePointer(storage.base + index)
        }
        nonmutating unsafeMutableAddress {
            assert(index < count, "index \(index) beyond \(count)")
            return storage.base + index
        }
    }

    /// Adds a value; amortised O(1).
    @inlinable
    public mutating func append(_ value: Element, in arena: Arena) {
        if count == storage.count { grow(in: arena) }
        length += 1
        storage[length - 1] = value
    }

    /// Takes values off the end.
    public mutating func removeLast(_ number: Int) {
        precondition(number <= count, "no more than there are")
        length -= number
    }

    /// Takes values off the front, moving the others up.
    public mutating func removeFirst(_ number: Int) {
        precondition(number <= count, "no more than there are")
        storage.base.update(from: storage.base + number, count: count - number)
        length -= number
    }

    /// Removes all values, keeping the room.
    public mutating func removeAll() { length = 0 }

    @usableFromInline
    mutating func grow(in arena: Arena) {
        let larger = arena.allocate(Element.self, count: 2 * storage.count)
        larger.initialize(from: storage.base, count: count)
        storage = Buffer(base: larger, count: 2 * storage.count)
    }
}
