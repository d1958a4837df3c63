/// All random numbers of one replication, each addressed by purpose, entity and index; nothing carries state.
///
/// A number depends on (seed, replication, purpose, entity, draw) alone: not on which other numbers were asked for, in
/// which order or on which thread. So every strategy meets the same world, and changing one part of a scenario leaves
/// the draws of all others alone.
///
/// Philox4x32-10 with key = seed, counter = (entity: 64 bits, purpose: 16, draw: 16, replication: 32).
public struct Draws: Sendable, Hashable {
    /// The experiment's seed.
    public let seed: UInt64
    /// Index of the world.
    public let replication: UInt32

    /// The draws of a replication under a seed.
    @inlinable
    public init(seed: UInt64, replication: UInt32) {
        self.seed = seed
        self.replication = replication
    }

    /// The 128-bit block behind a draw.
    ///
    /// - Parameters:
    ///   - purpose: what it is for.
    ///   - entity: a stable hash of ids (`StableHash`), never a row number.
    ///   - draw: index among the entity's draws for this purpose, 0 ... 65535; only the low 16 bits count.
    /// - Returns: four words, uniform and independent.
    @inlinable
    public func block(_ purpose: DrawPurpose, entity: UInt64, draw: Int = 0) -> Philox4x32.Block {
        let counter = Philox4x32.Block(
            UInt32(truncatingIfNeeded: entity), UInt32(truncatingIfNeeded: entity &>> 32),
            UInt32(purpose.rawValue) &<< 16 | (UInt32(truncatingIfNeeded: draw) & 0xFFFF), replication)
        let key = Philox4x32.Key(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed &>> 32))
        return Philox4x32.block(counter: counter, key: key)
    }

    /// 64 random bits: the first two words of the block.
    @inlinable
    public func bits(_ purpose: DrawPurpose, entity: UInt64, draw: Int = 0) -> UInt64 {
        let block = block(purpose, entity: entity, draw: draw)
        return UInt64(block.x) | UInt64(block.y) &<< 32
    }

    /// A uniform number in the open interval (0, 1), with 52 bits.
    @inlinable
    public func uniform(_ purpose: DrawPurpose, entity: UInt64, draw: Int = 0) -> Double {
        Self.uniform(bits: bits(purpose, entity: entity, draw: draw))
    }

    /// Two independent uniform numbers for the price of one; the first equals `uniform` of the same address.
    @inlinable
    public func uniformPair(_ purpose: DrawPurpose, entity: UInt64, draw: Int = 0) -> (Double, Double) {
        let block = block(purpose, entity: entity, draw: draw)
        return (
            Self.uniform(bits: UInt64(block.x) | UInt64(block.y) &<< 32),
            Self.uniform(bits: UInt64(block.z) | UInt64(block.w) &<< 32)
        )
    }

    /// 64 bits as a number in (0, 1): (the upper 52 bits + 1/2) 2^-52.
    ///
    /// 52 and not 53, because 2^53 - 1/2 is no float64: with 53 bits the largest draw would round to 1, whose
    /// quantile is infinite. So every value is exact, 1 - u is again such a value (antithetic draws), and 2^-53 <= u
    /// <= 1 - 2^-53.
    @inlinable
    public static func uniform(bits: UInt64) -> Double {
        // The upper 52 bits as the mantissa of a number in [1, 2): exact, and cheaper than a conversion.
        Double(bitPattern: 0x3FF0_0000_0000_0000 | bits &>> 12) - (1 - 0x1p-53)
    }
}
