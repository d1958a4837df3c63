/// A closed interval of numbers.
public struct Interval: Sendable, Hashable {
    /// Lower end.
    public let low: Double
    /// Upper end, at least `low`.
    public let high: Double

    /// From `low` to `high`.
    public init(low: Double, high: Double) {
        precondition(low <= high, "ends of an interval")
        self.low = low
        self.high = high
    }

    /// Mean - half width to mean + half width.
    public init(around mean: Double, halfWidth: Double) {
        self.init(low: mean - halfWidth, high: mean + halfWidth)
    }
}

/// A mean over replications and its precision.
public struct Estimate: Sendable, Hashable {
    /// Number of replications.
    public let count: Int
    /// The mean.
    public let mean: Double
    /// Standard error of the mean; nil for one replication, exactly 0 where all values are equal.
    public let standardError: Double?
    /// Confidence interval for the expectation; nil for one replication, a point where all values are equal.
    public let interval: Interval?

    /// Mean, standard error and Student's t interval of independent values.
    ///
    /// Coverage is the level where the values are normal, and near it where the count is large.
    ///
    /// - Parameters:
    ///   - values: one a replication, at least one, in the order of replications.
    ///   - level: coverage of the interval, 0 ... 1 exclusive.
    public init(of values: [Double], level: Double = 0.95) {
        precondition(level > 0 && level < 1, "confidence level")
        self.init(of: values) { StudentT.quantile(0.5 + 0.5 * level, degreesOfFreedom: $0) }
    }

    /// Mean, standard error and the interval mean +- criticalValue x standard error.
    public init(of values: [Double], criticalValue: Double) {
        self.init(of: values) { _ in criticalValue }
    }

    private init(of values: [Double], criticalValue: (Double) -> Double) {
        precondition(!values.isEmpty, "an estimate needs a value")
        let first = values[0]
        count = values.count
        if values.count == 1 {
            mean = first
            standardError = nil
            interval = nil
        } else if values.allSatisfy({ $0 == first }) {
            // Not by way of the moments, whose rounding would leave a variance of 1e-33.
            mean = first
            standardError = 0
            interval = Interval(low: first, high: first)
        } else {
            let moments = Moments(values)
            let error = moments.standardError ?? 0
            mean = moments.mean
            standardError = error
            interval = Interval(around: mean, halfWidth: criticalValue(Double(count - 1)) * error)
        }
    }
}
