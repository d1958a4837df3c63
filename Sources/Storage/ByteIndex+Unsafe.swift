import Domain

/// Distinct runs of bytes (ids, names), numbered in the order they first came: what a dictionary of strings does, without
/// a string.
///
/// Open addressing with linear probing; a slot holds 32 bits of the hash beside the number, so that a miss hardly ever
/// touches the bytes. Numbers do not depend on the hash. At most 2^31 - 1 runs.
public struct ByteIndex: Sendable {
    /// The lower half of a slot is the number plus 1 (0 = empty), the upper one the hash.
    private var slots: LargeArray<UInt64>
    private var mask: Int
    /// First byte of each run, and the byte count at the end.
    private var offsets = LargeArray<Int>(repeating: 0, count: 1)
    private var bytes = LargeArray<UInt8>()

    /// No runs; room for some before it grows.
    public init(capacity: Int = 16) {
        var size = 32
        while size < 2 * capacity { size *= 2 }
        slots = LargeArray(repeating: 0, count: size)
        mask = size - 1
    }

    /// Number of runs.
    public var count: Int { offsets.count - 1 }

    /// The number of a run of bytes, a new one if need be.
    @discardableResult
    public mutating func insert(_ run: Span<UInt8>) -> (number: Int32, isNew: Bool) {
        let (slot, found, hash) = find(run)
        if found >= 0 { return (found, false) }
        let number = Int32(count)
        bytes.append(contentsOf: run)
        offsets.append(bytes.count)
        slots[slot] = UInt64(hash) << 32 | UInt64(number + 1)
        if 2 * count > mask { grow(to: 2 * slots.count) }
        return (number, true)
    }

    /// Adds a run without looking whether it is there; ``indexAll()`` comes before any search.
    public mutating func add(_ run: Span<UInt8>) {
        bytes.append(contentsOf: run)
        offsets.append(bytes.count)
    }

    /// Indexes all runs; false where two are the same.
    ///
    /// A look-up waits for the memory of its slot. Here the slots of a stretch of runs are asked for before the first is
    /// looked at, so that their waits overlap: a third of the time of ``insert(_:)`` for millions of ids.
    public mutating func indexAll() -> Bool {
        var size = 32
        while size < 2 * count { size *= 2 }
        slots = LargeArray(repeating: 0, count: size)
        mask = size - 1
        let slots = slots.base
        var hashes = InlineArray<32, UInt32>(repeating: 0)
        var found = InlineArray<32, UInt64>(repeating: 0)
        for start in stride(from: 0, to: count, by: 32) {
            let stretch = start..<min(start + 32, count)
            for number in stretch {
                let hash = Self.hash(run(number))
                hashes[number - start] = hash
                found[number - start] = slots[Int(hash) & mask]
            }
            for number in stretch {
                let hash = hashes[number - start]
                var position = Int(hash) & mask
                // A slot that was taken stays as it is; a free one may have been taken since.
                var slot = found[number - start]
                if slot == 0 { slot = slots[position] }
                while slot != 0 {
                    let other = Int32(truncatingIfNeeded: slot) &- 1
                    if UInt32(truncatingIfNeeded: slot &>> 32) == hash, equals(run(number), other) { return false }
                    position = (position &+ 1) & mask
                    slot = slots[position]
                }
                slots[position] = UInt64(hash) << 32 | UInt64(number + 1)
            }
        }
        return true
    }

    /// The bytes of a number that there is.
    @inline(__always)
    private func run(_ number: Int) -> UnsafeRawBufferPointer {
        let start = offsets.base[number]
        return UnsafeRawBufferPointer(start: bytes.base + start, count: offsets.base[number + 1] - start)
    }

    /// The number of a run of bytes, -1 if it is not there.
    public func number(of run: Span<UInt8>) -> Int32 { find(run).number }

    /// The number of a text's UTF-8 bytes, a new one if need be.
    @discardableResult
    public mutating func insert(_ text: String) -> (number: Int32, isNew: Bool) {
        var text = text
        return text.withUTF8 { insert($0.span) }
    }

    /// The number of a text's UTF-8 bytes, -1 if it is not there.
    public func number(of text: String) -> Int32 {
        var text = text
        return text.withUTF8 { number(of: $0.span) }
    }

    /// Whether a run of bytes is the one of a number.
    public func holds(_ run: Span<UInt8>, at number: Int32) -> Bool {
        precondition(number >= 0 && number < count, "a number of the index")
        return run.withUnsafeBytes { equals($0, number) }
    }

    /// Calls `body` with the bytes of a number.
    public func withBytes<Result, Failure: Error>(
        _ number: Int, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let range = offsets[number]..<offsets[number + 1]
        return try bytes.withSpan { (all) throws(Failure) in try body(all.extracting(range)) }
    }

    /// The bytes of a number as text.
    public func text(_ number: Int) -> String {
        withBytes(number) { run in run.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) } }
    }

    /// All runs as texts, by number.
    public var texts: [String] { (0..<count).map(text) }

    /// Whether the run of one number precedes that of another in the order of ids.
    public func identifierPrecedes(_ left: Int, _ right: Int) -> Bool {
        precondition(left >= 0 && left < count && right >= 0 && right < count, "numbers of the index")
        let texts = bytes.base
        let (a, b) = (texts + offsets.base[left], texts + offsets.base[right])
        let (countA, countB) = (
            offsets.base[left + 1] - offsets.base[left], offsets.base[right + 1] - offsets.base[right]
        )
        var first = 0
        while first < countA, first < countB, a[first] == b[first] { first += 1 }
        if first < countA, first < countB {
            let (digitA, digitB) = (a[first] &- 0x30, b[first] &- 0x30)
            let followsDigit = first > 0 && a[first - 1] &- 0x30 <= 9
            // No number is compared where a digit neither differs nor comes before; two that differ in their first digit
            // are, by their lengths, then by that digit. All else is rare.
            if !followsDigit, digitA > 9 || digitB > 9 { return a[first] < b[first] }
            if !followsDigit, digitA > 0, digitB > 0 {
                var end = first + 1
                while end < countA, end < countB, a[end] &- 0x30 <= 9, b[end] &- 0x30 <= 9 { end += 1 }
                let isLongerA = end < countA && a[end] &- 0x30 <= 9
                let isLongerB = end < countB && b[end] &- 0x30 <= 9
                return isLongerA == isLongerB ? digitA < digitB : isLongerB
            }
        }
        return Domain.identifierPrecedes(
            UnsafeBufferPointer(start: a, count: countA).span, UnsafeBufferPointer(start: b, count: countB).span)
    }

    /// The slot where a run is or would be, its number or -1, and its hash.
    @inline(__always)
    private func find(_ run: Span<UInt8>) -> (slot: Int, number: Int32, hash: UInt32) {
        run.withUnsafeBytes { run in
            let hash = Self.hash(run)
            let slots = slots.base
            var position = Int(hash) & mask
            while true {
                let slot = slots[position]
                let number = Int32(truncatingIfNeeded: slot) &- 1
                if slot == 0 || UInt32(truncatingIfNeeded: slot &>> 32) == hash && equals(run, number) {
                    return (position, number, hash)
                }
                position = (position &+ 1) & mask
            }
        }
    }

    /// Whether bytes are those of a number that there is.
    @inline(__always)
    private func equals(_ run: UnsafeRawBufferPointer, _ number: Int32) -> Bool {
        let start = offsets.base[Int(number)]
        guard offsets.base[Int(number) &+ 1] &- start == run.count else { return false }
        guard let right = run.baseAddress else { return true }
        let left = UnsafeRawPointer(bytes.base + start)
        let count = run.count
        if count < 8 { return Self.shortWord(left, count) == Self.shortWord(right, count) }
        var position = 0
        while position &+ 8 < count {
            if Self.word(left, position) != Self.word(right, position) { return false }
            position &+= 8
        }
        // The last eight bytes, some of them a second time.
        return Self.word(left, count &- 8) == Self.word(right, count &- 8)
    }

    @inline(__always)
    private static func word(_ bytes: UnsafeRawPointer, _ position: Int) -> UInt64 {
        bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
    }

    /// Fewer than eight bytes as a number, each at least once: different bytes, different number for each length.
    @inline(__always)
    private static func shortWord(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt64 {
        if count >= 4 {
            return UInt64(bytes.loadUnaligned(as: UInt32.self))
                | UInt64(bytes.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)) &<< 32
        }
        if count == 0 { return 0 }
        return UInt64(bytes.load(as: UInt8.self)) | UInt64(bytes.load(fromByteOffset: count &>> 1, as: UInt8.self))
            &<< 8
            | UInt64(bytes.load(fromByteOffset: count &- 1, as: UInt8.self)) &<< 16
    }

    /// Makes room for so many runs, as long as those so far are on average.
    public mutating func reserveCapacity(_ capacity: Int) {
        guard capacity > count else { return }
        let meanSize = count == 0 ? 8 : bytes.count / count + 1
        bytes.reserveCapacity(meanSize * capacity)
        offsets.reserveCapacity(capacity + 1)
        var size = slots.count
        while size < 2 * capacity { size *= 2 }
        if size > slots.count { grow(to: size) }
    }

    /// Moves to more slots.
    private mutating func grow(to size: Int) {
        var larger = LargeArray<UInt64>(repeating: 0, count: size)
        mask = larger.count - 1
        larger.withMutableSpan { larger in
            for index in slots.indices where slots[index] != 0 {
                let slot = slots[index]
                var position = Int(slot >> 32) & mask
                while larger[position] != 0 { position = (position + 1) & mask }
                larger[position] = slot
            }
        }
        slots = larger
    }

    /// A hash by folded products of 128 bits, eight bytes at a time (Yi, wyhash); the odd constants are SplitMix64's (Steele,
    /// Lea & Flood 2014). A product's low half would not tell texts apart that differ in their last bytes.
    @inline(__always)
    private static func hash(_ run: UnsafeRawBufferPointer) -> UInt32 {
        let count = run.count
        guard let bytes = run.baseAddress else { return 0 }
        var hash = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
        if count < 8 {
            hash = fold(hash ^ shortWord(bytes, count))
        } else {
            var position = 0
            while position &+ 8 < count {
                hash = fold(hash ^ word(bytes, position))
                position &+= 8
            }
            hash = fold(hash ^ word(bytes, count &- 8))
        }
        return UInt32(truncatingIfNeeded: hash &>> 32) ^ UInt32(truncatingIfNeeded: hash)
    }

    /// Both halves of a product in one.
    @inline(__always)
    private static func fold(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: 0xBF58_476D_1CE4_E5B9)
        return product.high ^ product.low
    }
}
