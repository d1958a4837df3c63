/// Philox4x32-10, a counter-based random number generator: a keyed bijection of 128-bit counters.
///
/// Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3" (SC'11,
/// doi:10.1145/2063384.2063405). It has no state: the block of any counter can be had at any time, in any order. Equal
/// to the authors' Random123 known-answer vectors, which are among the tests. One block costs 20 multiplications.
public enum Philox4x32 {
    /// Four 32-bit words: a counter or a block of output.
    public typealias Block = SIMD4<UInt32>
    /// Two 32-bit words.
    public typealias Key = SIMD2<UInt32>

    /// The block at a counter, by ten rounds.
    @inlinable
    public static func block(counter: Block, key: Key) -> Block {
        var (c0, c1, c2, c3) = (counter.x, counter.y, counter.z, counter.w)
        var (k0, k1) = (key.x, key.y)
        for _ in 0..<10 {
            let first = UInt64(c0) &* 0xD251_1F53
            let second = UInt64(c2) &* 0xCD9E_8D57
            c0 = UInt32(truncatingIfNeeded: second &>> 32) ^ c1 ^ k0
            c1 = UInt32(truncatingIfNeeded: second)
            c2 = UInt32(truncatingIfNeeded: first &>> 32) ^ c3 ^ k1
            c3 = UInt32(truncatingIfNeeded: first)
            k0 = k0 &+ 0x9E37_79B9  // Golden ratio.
            k1 = k1 &+ 0xBB67_AE85  // sqrt(3) - 1.
        }
        return Block(c0, c1, c2, c3)
    }
}
