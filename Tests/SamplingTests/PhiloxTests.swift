import Testing

@testable import Sampling

@Suite struct PhiloxTests {
    /// Counter, key, block. The philox4x32 lines of 10 rounds of kat_vectors, Random123 1.14 (D. E. Shaw Research).
    static let knownAnswers: [(counter: Philox4x32.Block, key: Philox4x32.Key, block: Philox4x32.Block)] = [
        (
            [0, 0, 0, 0], [0, 0],
            [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
        ),
        (
            [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff], [0xffff_ffff, 0xffff_ffff],
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
        ),
        (
            [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        ),
    ]

    @Test("The generator gives the known answers of its authors", arguments: knownAnswers.indices)
    func answers(_ index: Int) {
        let example = Self.knownAnswers[index]
        #expect(Philox4x32.block(counter: example.counter, key: example.key) == example.block)
    }

    @Test("Seed, replication, purpose, entity and draw each sit in their own bits of key and counter")
    func addresses() {
        let draws = Draws(seed: 0x0123_4567_89ab_cdef, replication: 0xcafe_f00d)
        let block = draws.block(.transit, entity: 0x1122_3344_5566_7788, draw: 7)
        let expected = Philox4x32.block(
            counter: [0x5566_7788, 0x1122_3344, 0x0102_0007, 0xcafe_f00d], key: [0x89ab_cdef, 0x0123_4567])
        #expect(block == expected)
        #expect(draws.bits(.transit, entity: 1) == draws.bits(.transit, entity: 1, draw: 0))
        let pair = draws.uniformPair(.transit, entity: 9, draw: 3)
        #expect(pair.0 == draws.uniform(.transit, entity: 9, draw: 3))
        #expect(pair.0 != pair.1)
    }

    @Test("Uniform numbers are inside (0, 1), symmetric and exact at both ends")
    func ends() {
        #expect(Draws.uniform(bits: 0) == 0x1p-53)
        #expect(Draws.uniform(bits: .max) == 1 - 0x1p-53)
        #expect(Draws.uniform(bits: 1 << 63) == 0.5 + 0x1p-53)
        for bits in [0, 1 << 12, 0x1234_5678_9abc_def0, 1 << 52, .max] as [UInt64] {
            #expect(1 - Draws.uniform(bits: bits) == Draws.uniform(bits: ~bits))
        }
    }

    @Test("Filling an array gives each entity the number it has alone", arguments: [0, 1, 2, 7, 100])
    func fill(_ count: Int) {
        let draws = Draws(seed: 0xfedc_ba98_7654_3210, replication: 11)
        let entities = (0..<count).map { UInt64($0) &* 0x9e37_79b9_7f4a_7c15 }
        var values = [Double](repeating: -1, count: count)
        draws.fillUniforms(&values, .service, entities: entities, draw: 3)
        #expect(values == entities.map { draws.uniform(.service, entity: $0, draw: 3) })
    }

    @Test("Purposes have distinct, stable numbers")
    func purposes() {
        let numbers = DrawPurpose.allCases.map(\.rawValue)
        #expect(Set(numbers).count == numbers.count)
        #expect(DrawPurpose.service.rawValue == 0x0101)
        #expect(DrawPurpose.transit.rawValue == 0x0102)
        #expect(DrawPurpose.cancellation.rawValue == 0x0103)
        #expect(DrawPurpose.demandMultiplicity.rawValue == 0x0301)
        #expect(DrawPurpose.weatherWet.rawValue == 0x0401)
        #expect(DrawPurpose.generation.rawValue == 0x0701)
    }
}

/// Each of these rejects a true hypothesis with probability 1e-6, and the seeds are fixed: what passes once passes
/// always. Bounds are normal quantiles: 4.89 standard errors for two-sided 1e-6.
@Suite struct UniformityTests {
    static let sigmas = 4.89

    @Test(
        "Draws are uniform along entities, draw indices, replications and seeds",
        arguments: ["entity", "draw", "replication", "seed"])
    func uniform(_ axis: String) {
        let count = 65536
        var bins = [Int](repeating: 0, count: 256)
        var sum = 0.0
        for index in 0..<count {
            let u =
                switch axis {
                case "entity": Draws(seed: 1, replication: 0).uniform(.test, entity: UInt64(index))
                case "draw": Draws(seed: 1, replication: 0).uniform(.test, entity: 0, draw: index)
                case "replication": Draws(seed: 1, replication: UInt32(index)).uniform(.test, entity: 0)
                default: Draws(seed: UInt64(index), replication: 0).uniform(.test, entity: 0)
                }
            bins[Int(u * 256)] += 1
            sum += u
        }
        let expected = Double(count) / 256
        let chiSquare = bins.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
        // Chi-square with 255 degrees of freedom, normal approximation by Wilson and Hilferty's cube root.
        let z = (DeterministicCubeRoot.of(chiSquare / 255) - (1 - 2.0 / (9 * 255))) / (2.0 / (9 * 255)).squareRoot()
        #expect(z.magnitude < Self.sigmas)
        #expect((sum / Double(count) - 0.5).magnitude < Self.sigmas * (1.0 / 12 / Double(count)).squareRoot())
    }

    @Test("Neighbouring addresses are uncorrelated")
    func correlation() {
        let count = 50_000
        let draws = Draws(seed: 77, replication: 3)
        let neighbours: [(UInt64) -> Double] = [
            { draws.uniform(.test, entity: $0 + 1) }, { draws.uniform(.test, entity: $0, draw: 1) },
            { draws.uniform(.service, entity: $0) }, { Draws(seed: 77, replication: 4).uniform(.test, entity: $0) },
            { Draws(seed: 78, replication: 3).uniform(.test, entity: $0) },
            { draws.uniformPair(.test, entity: $0).1 },
        ]
        for neighbour in neighbours {
            var sum = 0.0
            for entity in 0..<UInt64(count) {
                sum += (draws.uniform(.test, entity: entity) - 0.5) * (neighbour(entity) - 0.5)
            }
            // Each product has variance 1/144.
            #expect((sum * 12 / Double(count).squareRoot()).magnitude < Self.sigmas)
        }
    }
}

/// Cube root by Newton's method, for the test's own use.
enum DeterministicCubeRoot {
    static func of(_ x: Double) -> Double {
        var root = max(x, 1)
        for _ in 0..<200 { root -= (root - x / (root * root)) / 3 }
        return root
    }
}
