import DeterministicMath
import History
import Replay
import Sampling
import TestKit
import Testing

@testable import Worlds

@Suite struct ForecastTests {
    private let model = ForecastModel(
        horizonHours: 24, spread: 1, persistence: 0.5, cut: 0.3, climatology: [0.3, 0.2, 0.1, 0.05])

    /// Weather in which storms come and go for many hours.
    private func weather(hours: Int) -> WeatherSeries {
        var series = WeatherSeries(regionCount: 1, hourCount: hours)
        let draws = Draws(seed: 2, replication: 0)
        for hour in 0..<hours {
            let uniform = draws.uniform(.test, entity: UInt64(hour / 5))
            let shares = [0.3, 0.2, 0.1, 0.05]
            series.stormLevels[hour] = Double(shares.count { uniform < $0 })
        }
        return series
    }

    /// Mean squared error of the warnings of each lead.
    private func errors(hours: Int) -> [Double] {
        let weather = weather(hours: hours)
        let warnings = model.warnings(of: weather, regions: ["a"], hours: hours, draws: Draws(seed: 9, replication: 0))
        return (0..<24).map { lead in
            (0..<hours).reduce(0.0) { sum, hour in
                let error = Double(warnings.level(region: 0, validHour: hour, lead: lead)) - weather.stormLevels[hour]
                return sum + error * error
            } / Double(hours)
        }
    }

    @Test("Warnings are true at lead 0, err more with every further hours ahead, and end near climatology")
    func skill() {
        let errors = errors(hours: 40_000)
        #expect(errors[0] == 0)
        for (near, far) in [(1, 4), (4, 8), (8, 16)] {
            #expect(errors[near] < errors[far], "\(near) h against \(far) h")
        }
        // Never warning at all has the mean square of the level.
        let levels = weather(hours: 40_000).stormLevels
        let none = levels.reduce(0) { $0 + $1 * $1 } / Double(levels.count)
        #expect(errors[1] < 0.2 * none && errors[23] <= 1.6 * none)
    }

    @Test("The newest observation is sufficient: no average of forecasts beats the latest")
    func nested() {
        // Observations of one hour are its class plus a walk, so that the error of any average of lead 2 and longer ones
        // is that of lead 2 plus independent noise.
        let draws = Draws(seed: 4, replication: 0)
        var sums = [Double](repeating: 0, count: 3)
        let count = 30_000
        for sample in 0..<count {
            var walk = 0.0
            var seen: [Double] = [0]
            for lead in 1..<12 {
                let uniform = draws.uniform(.forecast, entity: UInt64(sample), draw: lead)
                walk += normal(uniform) * (model.variance(lead: lead) - model.variance(lead: lead - 1)).squareRoot()
                seen.append(walk)
            }
            for (index, share) in [0.0, 0.2, 0.5].enumerated() {
                let average = (1 - share) * seen[2] + share * seen[8]
                sums[index] += average * average
            }
        }
        #expect(sums[0] < sums[1] && sums[1] < sums[2])
        // The variance at lead 2 is as stated, within four standard errors.
        let variance = sums[0] / Double(count)
        #expect(abs(variance - model.variance(lead: 2)) < 4 * variance * (2 / Double(count)).squareRoot())
    }

    @Test("Two worlds that agree up to an hour have the same warnings for it, whatever comes after")
    func causal() {
        var one = weather(hours: 100)
        let two = one
        for hour in 60..<100 { one.stormLevels[hour] = 4 }
        let draws = Draws(seed: 9, replication: 3)
        let first = model.warnings(of: one, regions: ["a"], hours: 100, draws: draws)
        let second = model.warnings(of: two, regions: ["a"], hours: 100, draws: draws)
        for hour in 0..<60 {
            for lead in 0..<24 {
                #expect(
                    first.level(region: 0, validHour: hour, lead: lead)
                        == second.level(region: 0, validHour: hour, lead: lead))
            }
        }
        #expect(first.level(region: 0, validHour: 70, lead: 0) == 4)
    }

    private func normal(_ uniform: Double) -> Double { DeterministicMath.normalQuantile(uniform) }
}
