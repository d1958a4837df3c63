/// 64-bit hashes that are the same in every run, on every machine and in every version.
///
/// Draws of random numbers are keyed by them, so the values may never change. Swift's own `Hashable` is seeded anew in
/// each process and cannot serve.
///
/// An id is hashed by FNV-1a over its UTF-8 bytes (Fowler, Noll & Vo; RFC 9923), then mixed by the finalizer of
/// SplitMix64 (Stafford's variant 13; Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195), because FNV alone leaves
/// the high bits of short ids nearly alike. With n different ids, some two collide with probability about n^2 / 2^65:
/// 3e-8 for a million.
public enum StableHash {
    /// Hash of a string's UTF-8 bytes; equal bytes, equal hash. No Unicode normalisation.
    public static func of(_ string: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a offset basis, 64 bits.
        for byte in string.utf8 { hash = step(hash, byte) }
        return mix(hash)
    }

    /// Hash of bytes; the same as that of the string they encode.
    public static func of(_ bytes: Span<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in bytes.indices { hash = step(hash, bytes[index]) }
        return mix(hash)
    }

    /// Hash of a number: an hour, a copy's index, a lead time.
    @inlinable
    public static func of(_ number: Int) -> UInt64 {
        mix(UInt64(bitPattern: Int64(number)) &+ 0x9E37_79B9_7F4A_7C15)
    }

    /// Hash of an ordered pair: `combine(a, b)` and `combine(b, a)` differ. For fixed a it is a bijection of b, and
    /// the other way round, so that two pairs that share a part never collide.
    @inlinable
    public static func combine(_ a: UInt64, _ b: UInt64) -> UInt64 {
        pairing(a).with(b)
    }

    /// ``combine(_:_:)`` for many b with one a: `pairing(a).with(b)`.
    @inlinable
    public static func pairing(_ a: UInt64) -> StableHashPairing {
        StableHashPairing(mixed: mix(a &+ 0x9E37_79B9_7F4A_7C15))
    }

    /// SplitMix64's finalizer: a bijection in which every input bit changes every output bit about half the time.
    @inlinable
    static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z &>> 31)
    }

    /// One byte of FNV-1a with the 64-bit FNV prime.
    @inlinable
    static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
}

/// The first part of pairs, mixed once for all of them.
public struct StableHashPairing: Sendable {
    @usableFromInline let mixed: UInt64

    @inlinable
    init(mixed: UInt64) { self.mixed = mixed }

    /// `StableHash.combine(a, b)`.
    @inlinable
    public func with(_ b: UInt64) -> UInt64 { StableHash.mix(mixed ^ b) }
}

/// The beginning of a text, hashed once for all texts that go on with a number: `o` for `o1`, `o2` ...
public struct StableHashPrefix: Sendable {
    @usableFromInline let state: UInt64

    /// The state after a text.
    public init(_ prefix: String) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in prefix.utf8 { hash = StableHash.step(hash, byte) }
        state = hash
    }

    /// `StableHash.of(prefix + String(number))`, without a text; `number` is not negative.
    @inlinable
    public func hash(followedBy number: Int32) -> UInt64 {
        var place: Int32 = 1
        while number / place >= 10 { place *= 10 }
        var hash = state
        while place > 0 {
            hash = StableHash.step(hash, UInt8(truncatingIfNeeded: 0x30 + number / place % 10))
            place /= 10
        }
        return StableHash.mix(hash)
    }
}
