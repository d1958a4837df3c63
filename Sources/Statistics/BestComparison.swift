/// How far one strategy is from the best of the others.
public struct BestComparison: Sendable, Hashable {
    /// Its mean less the best mean of the others: above 0 for the observed best alone.
    public let distance: Double
    /// Interval for the true distance; nil with one replication.
    public let interval: Interval?
    /// Whether the data leave it possible that it is the best.
    public let mayBeBest: Bool

    /// Multiple comparisons with the best (Hsu 1984, Annals of Statistics 12:1136) under common random numbers.
    ///
    /// With D_ij the mean paired difference of i and j and w_ij = t(1 - alpha / (k - 1), n - 1) x its standard error,
    /// the distance of i to the best of the others lies in [min(0, L_i), max(0, U_i)], U_i = min over j of D_ij +
    /// w_ij, L_i = min over the j that may be best of D_ij - w_ij (0 if there is no such j). i may be best if U_i >=
    /// 0.
    ///
    /// Guarantee: all k intervals hold, and the true best is among those that may be best, with probability at least
    /// `level`, for jointly normal values of any covariance (else for many replications). Only the k - 1 one-sided
    /// comparisons of the true best with the others enter the proof, hence Bonferroni's k - 1 and one-sided quantiles.
    ///
    /// Differences that are the same in every replication count as exact. With one replication there are no intervals
    /// and any strategy may be best. A single strategy is the best, at distance 0.
    ///
    /// - Parameters:
    ///   - samples: values[strategy][replication], signed so that more is better.
    ///   - level: joint probability, 0 ... 1 exclusive.
    /// - Returns: one entry a strategy. Takes k^2 n operations.
    public static func compare(samples: [[Double]], level: Double = 0.95) -> [BestComparison] {
        precondition(!samples.isEmpty && level > 0 && level < 1, "strategies and a level")
        let count = samples[0].count
        precondition(count > 0 && samples.allSatisfy { $0.count == count }, "as many replications for every strategy")
        if samples.count == 1 {
            return [BestComparison(distance: 0, interval: Interval(low: 0, high: 0), mayBeBest: true)]
        }
        let tail = (1 - level) / Double(samples.count - 1)
        let critical = count > 1 ? StudentT.quantile(1 - tail, degreesOfFreedom: Double(count - 1)) : 0
        let differences = samples.map { own in
            samples.map { other in
                Estimate(of: (0..<count).map { own[$0] - other[$0] }, criticalValue: critical)
            }
        }
        let others = samples.indices.map { own in samples.indices.filter { $0 != own } }
        let upper = samples.indices.map { own in
            others[own].map { differences[own][$0].interval?.high ?? .infinity }.min() ?? .infinity
        }
        return samples.indices.map { own in
            let distance = others[own].map { differences[own][$0].mean }.min() ?? 0
            var interval: Interval?
            if count > 1 {
                let rivals = others[own].filter { upper[$0] >= 0 }
                let lower = rivals.map { differences[own][$0].interval?.low ?? 0 }.min() ?? 0
                interval = Interval(low: min(0, lower), high: max(0, upper[own]))
            }
            return BestComparison(distance: distance, interval: interval, mayBeBest: upper[own] >= 0)
        }
    }
}
