import Statistics

/// What is known of two strategies at one value of an input: the mean over worlds of the first's composite less the
/// second's, and how precise it is.
struct PairedPoint: Sendable {
    /// The input's value.
    let value: Double
    /// Mean of the paired differences.
    let mean: Double
    /// Its standard error over worlds; 0 where all differences are the same.
    let standardError: Double

    /// The point of two series over the same worlds, at least two.
    init(value: Double, first: [Double], second: [Double]) {
        let estimate = Estimate(of: zip(first, second).map { $0 - $1 })
        self.value = value
        mean = estimate.mean
        standardError = estimate.standardError ?? .infinity
    }

    /// Whether the first is better, the second is, or neither is shown.
    enum Side: Sendable, Hashable {
        /// The interval of the difference lies above 0.
        case first
        /// It lies below 0.
        case second
        /// It holds 0.
        case neither
    }

    /// The side of the interval mean +- critical value x standard error.
    func side(criticalValue: Double) -> Side {
        if mean - criticalValue * standardError > 0 { return .first }
        return mean + criticalValue * standardError < 0 ? .second : .neither
    }
}
