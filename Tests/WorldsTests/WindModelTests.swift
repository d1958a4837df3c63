import DeterministicMath
import Domain
import History
import Replay
import Sampling
import TestKit
import Testing

@testable import Worlds

@Suite struct WindModelTests {
    @Test("A wind's level is that of Beaufort's forces, linear in between")
    func levels() {
        for (speed, level) in [
            (0.0, 0.0), (10.79, 0), (10.8, 1), (14.0, 1.5), (17.2, 2), (24.5, 3), (32.7, 4), (41.5, 5), (80, 5),
        ] {
            #expect(abs(WindModel.stormLevel(metresPerSecond: speed) - level) < 1e-12, "\(speed)")
        }
    }

    @Test("Storms are as frequent as their share says, and each level as much rarer as the rise says")
    func shares() {
        let model = WindModel(
            shares: [Double](repeating: 0.05, count: 12), riseShare: 0.2, hours: 0.01)
        let draws = Draws(seed: 4, replication: 0)
        let levels = (0..<200_000).map { index in
            model.stormLevel(
                share: 0.05,
                field: DeterministicMath.normalQuantile(draws.uniform(.test, entity: UInt64(index))))
        }
        func share(_ level: Double) -> Double { Double(levels.count { $0 >= level }) / Double(levels.count) }
        // Four standard errors of a binomial share: a false alarm in 16,000.
        for (level, expected) in [(1.0, 0.05), (2, 0.01), (3, 0.002)] {
            let error = (expected * (1 - expected) / Double(levels.count)).squareRoot()
            #expect(abs(share(level) - expected) < 4 * error, "level \(level): \(share(level))")
        }
        #expect(levels.allSatisfy { $0 == 0 || (1...5).contains($0) })
        #expect(WindModel(shares: [Double](repeating: 1, count: 12), riseShare: 0).stormLevel(share: 1, field: 3) == 1)
        #expect(WindModel(shares: [Double](repeating: 1, count: 12), riseShare: 1).stormLevel(share: 1, field: 3) == 5)
    }

    private func weather(_ given: [ParameterField]) throws -> WeatherSeries {
        let network = try SmallNetwork()
        let model = try WeatherModel(
            try MemberParameters(
                of: "weather", given: given, declared: WeatherModel.parameters, dataset: network.dataset))
        let hours = 24 * 365
        let clock = HourClock(
            months: [Int](repeating: 0, count: hours), hoursOfDay: (0..<hours).map { Double($0 % 24) + 0.5 },
            daysOfYear: (0..<hours).map { $0 / 24 })
        return model.sample(regions: ["a"], factor: [1], clock: clock, draws: Draws(seed: 1, replication: 0))
    }

    @Test("Wind raises storm levels and changes neither the rain nor a world that does not ask for it")
    func onlyLevels() throws {
        let calm = try weather([])
        let windy = try weather([ParameterField("wind_storm_share", 0.1)])
        #expect(calm.classes == windy.classes && calm.intensities == windy.intensities)
        #expect(zip(calm.stormLevels, windy.stormLevels).allSatisfy { $0 <= $1 })
        let raised = zip(calm.stormLevels, windy.stormLevels).count { $0 < $1 }
        #expect(raised > 400 && raised < 1_400)
        // A parameter that is not given is in no key of a run.
        let network = try SmallNetwork()
        let plain = try MemberParameters(
            of: "weather", given: [], declared: WeatherModel.parameters, dataset: network.dataset)
        #expect(!plain.key.contains("wind"))
    }
}
