import DeterministicMath
import Domain
import History
import Replay
import Sampling

/// How warnings come of the true weather: see ``WeatherForecast``.
struct ForecastModel: Sendable, Hashable {
    /// Lead at which nothing is known.
    let horizonHours: Int
    /// Standard deviation of what is seen at half the horizon, levels.
    let spread: Double
    /// Correlation of errors from one valid hour to the next.
    let persistence: Double
    /// Probability from which a level is warned of.
    let cut: Double
    /// Share of hours at level 1, 2, 3, 4 or above.
    let climatology: [Double]

    /// Variance of what is seen with a lead.
    func variance(lead: Int) -> Double {
        spread * spread * Double(lead) / Double(horizonHours - lead)
    }

    /// The class of a storm level, 0 to 4.
    static func stormClass(_ level: Double) -> Int { min(4, max(0, Int(level))) }

    /// The warning of each region, valid hour and lead.
    func warnings(of weather: WeatherSeries, regions: [String], hours: Int, draws: Draws) -> WarningSeries {
        var series = WarningSeries(leadCount: horizonHours, regionCount: regions.count, hourCount: hours)
        let prior = prior
        let innovation = (1 - persistence * persistence).squareRoot()
        for (region, name) in regions.enumerated() {
            // The walk's steps of the valid hour before, by lead; walked on from hour to hour.
            var steps = [Double](repeating: 0, count: horizonHours)
            for hour in 0..<hours {
                let truth = Self.stormClass(weather.stormLevel(region: region, at: hour))
                let entity = StableHash.combine(StableHash.of(name), StableHash.of(hour))
                series.set(truth, region: region, hour: hour, lead: 0)
                var walk = 0.0
                for lead in 1..<max(1, horizonHours) {
                    let normal = DeterministicMath.normalQuantile(
                        draws.uniform(.forecast, entity: entity, draw: lead))
                    steps[lead] = hour == 0 ? normal : persistence * steps[lead] + innovation * normal
                    walk += steps[lead] * (variance(lead: lead) - variance(lead: lead - 1)).squareRoot()
                    let seen = Double(truth) + walk
                    series.set(
                        warning(seen: seen, variance: variance(lead: lead), prior: prior), region: region, hour: hour,
                        lead: lead)
                }
            }
        }
        return series
    }

    /// Probability of each class by climatology.
    var prior: [Double] {
        let reached = [1] + climatology + [0]
        return (0...4).map { reached[$0] - reached[$0 + 1] }
    }

    /// Probability of reaching each level 1 to 4, given what is seen.
    func reached(seen: Double, variance: Double, prior: [Double]) -> [Double] {
        let exponents = (0...4).map { -(seen - Double($0)) * (seen - Double($0)) / (2 * variance) }
        let largest = zip(prior, exponents).filter { $0.0 > 0 }.map(\.1).max() ?? 0
        let masses = (0...4).map { prior[$0] > 0 ? prior[$0] * DeterministicMath.exp(exponents[$0] - largest) : 0 }
        let total = masses.reduce(0, +)
        return (1...4).map { level in masses[level...].reduce(0, +) / total }
    }

    /// The largest level whose probability of being reached exceeds the cut.
    private func warning(seen: Double, variance: Double, prior: [Double]) -> Int {
        let reached = reached(seen: seen, variance: variance, prior: prior)
        return (reached.lastIndex { $0 > cut } ?? -1) + 1
    }
}
