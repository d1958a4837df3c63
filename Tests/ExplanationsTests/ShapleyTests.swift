import Experiments
import Sampling
import Testing

@testable import Explanations

/// Worths of all coalitions of `count` players, drawn by their index.
private func worths(_ count: Int, seed: UInt64) -> [Double] {
    let draws = Draws(seed: seed, replication: 0)
    return (0..<(1 << count)).map { draws.uniform(.service, entity: UInt64($0), draw: 0) * 20 - 10 }
}

struct ShapleyTests {
    @Test("The values of the glove game are 2/3 for the only left glove and 1/6 for each right one")
    func gloves() {
        // Player 0 has a left glove, 1 and 2 a right one each; a pair is worth 1.
        let worths = (0..<8).map { $0 & 1 == 1 && $0 > 1 ? 1.0 : 0 }
        let values = ShapleyValues.of(worths, playerCount: 3)
        for (value, expected) in zip(values, [2.0 / 3, 1.0 / 6, 1.0 / 6]) { #expect(abs(value - expected) < 1e-15) }
    }

    @Test("The values equal the mean of what each player adds over all orders of four players")
    func orders() {
        let worths = worths(4, seed: 3)
        var sums = [Double](repeating: 0, count: 4)
        var count = 0.0
        func enter(after coalition: Int, added: [Double]) {
            if coalition == 15 {
                count += 1
                for player in 0..<4 { sums[player] += added[player] }
            }
            for player in 0..<4 where coalition & (1 << player) == 0 {
                var next = added
                next[player] = worths[coalition | (1 << player)] - worths[coalition]
                enter(after: coalition | (1 << player), added: next)
            }
        }
        enter(after: 0, added: [0, 0, 0, 0])
        #expect(count == 24)
        for (value, sum) in zip(ShapleyValues.of(worths, playerCount: 4), sums) {
            #expect(abs(value - sum / 24) < 1e-12)
        }
    }

    @Test("The values add up to what all players are worth less what none is", arguments: [0, 1, 2, 5, 7])
    func efficiency(count: Int) {
        for seed in 0..<20 {
            let worths = worths(count, seed: UInt64(seed))
            let sum = ShapleyValues.of(worths, playerCount: count).reduce(0, +)
            #expect(abs(sum - (worths[worths.count - 1] - worths[0])) < 1e-9)
        }
    }

    @Test("A player that adds nothing to any coalition gets 0, and the others what they get without it")
    func dummy() {
        for seed in 0..<20 {
            let small = worths(4, seed: UInt64(seed))
            // Player 2 of five is the dummy: its bit does not matter.
            let worths = (0..<32).map { small[($0 & 3) | (($0 >> 1) & 12)] }
            let values = ShapleyValues.of(worths, playerCount: 5)
            #expect(abs(values[2]) < 1e-12)
            let others = [values[0], values[1], values[3], values[4]]
            for (value, expected) in zip(others, ShapleyValues.of(small, playerCount: 4)) {
                #expect(abs(value - expected) < 1e-12)
            }
        }
    }

    @Test("Two players that add the same to every coalition get the same")
    func symmetry() {
        for seed in 0..<20 {
            let drawn = worths(4, seed: UInt64(seed))
            // Worth depends on how many of players 0 and 3 are there, not on which.
            let worths = (0..<16).map { $0 & 9 == 8 ? drawn[$0 ^ 9] : drawn[$0] }
            let values = ShapleyValues.of(worths, playerCount: 4)
            #expect(abs(values[0] - values[3]) < 1e-12)
        }
    }

    @Test("An attribution takes the values world by world, leaves undefined worlds out, and adds up to 1e-9")
    func attribution() throws {
        let drawn = (0..<10).map { worths(3, seed: UInt64($0)) }
        let broken = [drawn[0].map { _ in Double.nan }]
        let attribution = FactorAttribution(worths: drawn + broken, groups: ["weather", "traffic", "service"])
        #expect(attribution.worlds == 10)
        #expect(attribution.coalitions == 8)
        let parts = attribution.factors.compactMap(\.value.mean).reduce(0, +) + (attribution.neutral.mean ?? .nan)
        #expect(abs(parts - (attribution.total.mean ?? .nan)) < 1e-9)
        let traffic = try #require(attribution.factors.first { $0.group == "traffic" })
        let series = drawn.map { ShapleyValues.of($0, playerCount: 3)[1] }
        let mean = series.reduce(0, +) / 10
        let variance = series.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 9
        #expect(abs((traffic.value.mean ?? 0) - mean) < 1e-12)
        #expect(abs((traffic.value.standardError ?? 0) - (variance / 10).squareRoot()) < 1e-12)
        let sizes = attribution.factors.map { abs($0.value.mean ?? 0) }
        #expect(sizes == sizes.sorted(by: >))
    }
}
