import DeterministicMath
import Domain

/// Generated traffic fitted to records of travel times: profile, spread, persistence, what roads share.
public struct TrafficFit: Sendable, Codable {
    /// Congestion by hour of the week, Monday first; hours without a record are 1.
    public var profile: [Double]
    /// Standard deviation of the logarithm of an hour's residual, over roads.
    public var residualDeviation: Double
    /// Correlation of a residual with that of the hour before.
    public var persistence: Double
    /// Mean correlation of the residuals of two roads; nil with one road.
    public var crossCorrelation: Double?
    /// Roads.
    public var roads: Int
    /// Hours known, over all roads.
    public var hours: Int

    /// The fit of one record a road.
    ///
    /// Each value is divided by the road's 15th percentile, which stands for free flow; the profile is the exponential of the
    /// mean logarithm of an hour of the week, over roads; residuals are logarithms less the profile's.
    public init(_ records: [HourlyRecord]) throws(InputError) {
        var logs: [[Int: Double]] = []
        for record in records {
            let known = record.values.filter { $0 > 0 }.sorted()
            guard known.count >= 48 else { continue }
            let free = known[known.count * 15 / 100]
            var log: [Int: Double] = [:]
            for (hour, value) in zip(record.hours, record.values) where value > 0 {
                log[hour] = DeterministicMath.log(value / free)
            }
            logs.append(log)
        }
        guard !logs.isEmpty else {
            throw InputError(found: "no road with 48 hours above 0", expected: "two days of travel times")
        }
        let means = Self.weeklyMeans(logs)
        profile = means.map {
            $0.isNaN ? 1 : DeterministicMath.rounded(DeterministicMath.exp($0), significantDigits: 4)
        }
        let residuals = logs.map { log in
            // Less the road's own mean: a road that is slow at all hours is not jammed.
            let raw = log.keys.sorted().map { ($0, (log[$0] ?? 0) - means[Self.position($0)]) }
            let mean = raw.reduce(0) { $0 + $1.1 } / Double(raw.count)
            return Dictionary(uniqueKeysWithValues: raw.map { ($0.0, $0.1 - mean) })
        }
        let all = residuals.flatMap { residual in residual.keys.sorted().map { residual[$0] ?? 0 } }
        let square = all.reduce(0) { $0 + $1 * $1 }
        residualDeviation = (square / Double(max(1, all.count))).squareRoot()
        var (product, own) = (0.0, 0.0)
        for residual in residuals {
            for hour in residual.keys.sorted() {
                guard let now = residual[hour], let next = residual[hour + 1] else { continue }
                product += now * next
                own += (now * now + next * next) / 2
            }
        }
        persistence = own > 0 ? max(0, product / own) : 0
        crossCorrelation = Self.crossCorrelation(residuals)
        roads = logs.count
        hours = all.count
    }

    private static func position(_ hour: Int) -> Int {
        let clock = HourlyRecord.clock(ofHour: hour)
        return 24 * clock.weekday + Int(clock.secondOfDay / 3_600)
    }

    private static func weeklyMeans(_ logs: [[Int: Double]]) -> [Double] {
        var sums = [Double](repeating: 0, count: 168)
        var counts = [Int](repeating: 0, count: 168)
        for log in logs {
            for hour in log.keys.sorted() {
                sums[position(hour)] += log[hour] ?? 0
                counts[position(hour)] += 1
            }
        }
        return zip(sums, counts).map { $1 == 0 ? .nan : $0 / Double($1) }
    }

    private static func crossCorrelation(_ residuals: [[Int: Double]]) -> Double? {
        var correlations: [Double] = []
        for first in residuals.indices {
            for second in residuals.indices where second > first {
                var (product, left, right) = (0.0, 0.0, 0.0)
                for hour in residuals[first].keys.sorted() {
                    guard let a = residuals[first][hour], let b = residuals[second][hour] else { continue }
                    product += a * b
                    left += a * a
                    right += b * b
                }
                if left > 0, right > 0 { correlations.append(product / (left * right).squareRoot()) }
            }
        }
        return correlations.isEmpty ? nil : correlations.reduce(0, +) / Double(correlations.count)
    }

    /// The block of a scenario's world.
    public var yaml: String {
        func text(_ value: Double) -> String { plainNumber(DeterministicMath.rounded(value, significantDigits: 3)) }
        return """
            world:
              generated_traffic:
                sigma: \(text(residualDeviation))
                persistence: \(text(persistence))
                shared_share: \(text(max(0, crossCorrelation ?? 0)))
                profile: [\(profile.map { text($0) }.joined(separator: ", "))]

            """
    }
}
