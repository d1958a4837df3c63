import Glibc

/// Distinct runs of bytes (ids, names), numbered in the order they first came: what a dictionary of strings does, without
/// a string.
///
/// Open addressing with linear probing; a slot holds 32 bits of the hash beside the number, so that a miss hardly ever
/// touches the bytes. Numbers do not depend on the hash. At most 2^31 - 1 runs.
public struct ByteIndex: Sendable {
    /// The lower half of a slot is the number plus 1 (0 = empty), the upper one the hash.
    private var slots: [UInt64]
    private var mask: Int
    /// First byte of each run, and the byte count at the end.
    private var offsets: [Int] = [0]
    private var bytes: [UInt8] = []

    /// No runs; room for some before it grows.
    public init(capacity: Int = 16) {
        var size = 32
        while size < 2 * capacity { size *= 2 }
        slots = [UInt64](repeating: 0, count: size)
        mask = size - 1
    }

    /// Number of runs.
    public var count: Int { offsets.count - 1 }

    /// The number of a run of bytes, a new one if need be.
    @discardableResult
    public mutating func insert(_ run: Span<UInt8>) -> (number: Int32, isNew: Bool) {
        let hash = Self.hash(run)
        let (slot, found) = find(run, hash)
        if found >= 0 { return (found, false) }
        let number = Int32(count)
        run.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        offsets.append(bytes.count)
        slots[slot] = UInt64(hash) << 32 | UInt64(number + 1)
        if 2 * count > mask { grow(to: 2 * slots.count) }
        return (number, true)
    }

    /// The number of a run of bytes, -1 if it is not there.
    public func number(of run: Span<UInt8>) -> Int32 { find(run, Self.hash(run)).number }

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
        let start = offsets[Int(number)]
        guard offsets[Int(number) + 1] - start == run.count else { return false }
        return bytes.withUnsafeBufferPointer { all in
            run.withUnsafeBufferPointer { run in
                guard let left = all.baseAddress, let right = run.baseAddress else { return true }
                return memcmp(left + start, right, run.count) == 0
            }
        }
    }

    /// Calls `body` with the bytes of a number.
    public func withBytes<Result, Failure: Error>(
        _ number: Int, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let range = offsets[number]..<offsets[number + 1]
        return try body(bytes.span.extracting(range))
    }

    /// The bytes of a number as text.
    public func text(_ number: Int) -> String {
        withBytes(number) { run in run.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) } }
    }

    /// All runs as texts, by number.
    public var texts: [String] { (0..<count).map(text) }

    /// The slot where a run is or would be, and its number or -1.
    private func find(_ run: Span<UInt8>, _ hash: UInt32) -> (slot: Int, number: Int32) {
        slots.withUnsafeBufferPointer { slots in
            var position = Int(hash) & mask
            while true {
                let slot = slots[position]
                if slot == 0 { return (position, -1) }
                let number = Int32(truncatingIfNeeded: slot) &- 1
                if UInt32(truncatingIfNeeded: slot >> 32) == hash, holds(run, at: number) { return (position, number) }
                position = (position &+ 1) & mask
            }
        }
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
        var larger = [UInt64](repeating: 0, count: size)
        mask = larger.count - 1
        for slot in slots where slot != 0 {
            var position = Int(slot >> 32) & mask
            while larger[position] != 0 { position = (position + 1) & mask }
            larger[position] = slot
        }
        slots = larger
    }

    /// A multiplicative hash, eight bytes at a time, by odd constants of SplitMix64 (Steele, Lea & Flood 2014).
    private static func hash(_ run: Span<UInt8>) -> UInt32 {
        run.withUnsafeBytes { bytes in
            var hash = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
            var position = 0
            while position &+ 8 <= bytes.count {
                hash ^= bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                hash = hash &* 0xBF58_476D_1CE4_E5B9
                hash ^= hash &>> 32
                position &+= 8
            }
            var rest: UInt64 = 0
            while position < bytes.count {
                rest = rest &<< 8 | UInt64(bytes[position])
                position &+= 1
            }
            hash = (hash ^ rest) &* 0x94D0_49BB_1331_11EB
            return UInt32(truncatingIfNeeded: hash &>> 32) ^ UInt32(truncatingIfNeeded: hash)
        }
    }
}
