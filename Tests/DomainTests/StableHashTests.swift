import Testing

@testable import Domain

@Suite struct StableHashTests {
    @Test("Hashes are pinned: stored results depend on them")
    func pinned() {
        // FNV-1a of "", "a" and "foobar" (RFC 9923, appendix) through SplitMix64's finalizer.
        #expect(StableHash.of("") == StableHash.mix(0xcbf2_9ce4_8422_2325))
        #expect(StableHash.of("a") == StableHash.mix(0xaf63_dc4c_8601_ec8c))
        #expect(StableHash.of("foobar") == StableHash.mix(0x8594_4171_f739_67e8))
        // First outputs of SplitMix64 from state 0 and from 0x9e3779b97f4a7c15 (Vigna's splitmix64.c).
        #expect(StableHash.mix(0x9e37_79b9_7f4a_7c15) == 0xe220_a839_7b1d_cdaf)
        #expect(StableHash.mix(0x3c6e_f372_fe94_f82a) == 0x6e78_9e6a_a1b9_65f4)
    }

    @Test("Bytes and the string they encode hash alike; order matters in a pair")
    func agreement() {
        let bytes: [UInt8] = Array("zona-\u{e9}".utf8)
        #expect(StableHash.of(bytes.span) == StableHash.of("zona-\u{e9}"))
        #expect(StableHash.combine(1, 2) != StableHash.combine(2, 1))
        #expect(StableHash.combine(0, 0) != 0)
    }

    @Test("Ids that differ in their last digits collide nowhere, and spread over the high bits")
    func spread() {
        var seen = Set<UInt64>()
        var high = [Int](repeating: 0, count: 64)
        for index in 0..<64_000 {
            let hash = StableHash.combine(StableHash.of("order-\(index)"), StableHash.of(index % 7))
            seen.insert(hash)
            high[Int(hash >> 58)] += 1
        }
        #expect(seen.count == 64_000)
        // 1,000 expected in each of 64 cells; 6 standard deviations.
        #expect(high.allSatisfy { (810...1190).contains($0) })
    }
}
