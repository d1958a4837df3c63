import DeterministicMath

/// Comparisons of several strategies with one baseline under common random numbers, correct all at once.
public struct BaselineComparison: Sendable, Hashable {
    /// How the critical value allows for several comparisons.
    public enum Method: String, Sendable, Hashable, CaseIterable {
        /// Student's t quantile at level 1 - alpha / comparisons: valid whatever the dependence.
        case bonferroni
        /// Quantile of the largest |t| under the correlation of the differences (see `MaximumT`); never above
        /// Bonferroni's.
        case maximumT = "max-t"
    }

    /// One entry a strategy, in the order given: strategy less baseline; nil for the baseline itself.
    public let differences: [Estimate?]
    /// What the standard errors were multiplied by; nil where no comparison has a variance to allow for.
    public let criticalValue: Double?
    /// How it was found.
    public let method: Method
    /// The probability that all intervals hold their true values at once (normal differences; else for many
    /// replications).
    public let level: Double

    /// Compares every strategy with the baseline by the paired differences of their replications.
    ///
    /// Differences that are the same in every replication are exact and take no share of the error probability. With
    /// one replication there are means but no intervals.
    ///
    /// - Parameters:
    ///   - samples: values[strategy][replication], replications in the same order for all.
    ///   - baseline: index of the baseline.
    ///   - level: simultaneous coverage, 0 ... 1 exclusive.
    ///   - method: how the critical value is found.
    public init(samples: [[Double]], baseline: Int, level: Double = 0.95, method: Method = .maximumT) {
        precondition(samples.indices.contains(baseline) && level > 0 && level < 1, "a baseline and a level")
        let count = samples[baseline].count
        precondition(count > 0 && samples.allSatisfy { $0.count == count }, "as many replications for every strategy")
        let paired = samples.indices.map { strategy in
            strategy == baseline ? [] : (0..<count).map { samples[strategy][$0] - samples[baseline][$0] }
        }
        let varying = paired.filter { values in values.contains { $0 != values[0] } }
        self.method = method
        self.level = level
        criticalValue =
            varying.isEmpty ? nil : Self.criticalValue(of: varying, count: count, level: level, method: method)
        let critical = criticalValue ?? 0
        differences = paired.map { $0.isEmpty ? nil : Estimate(of: $0, criticalValue: critical) }
    }

    private static func criticalValue(
        of differences: [[Double]], count: Int, level: Double, method: Method
    ) -> Double {
        let freedom = Double(count - 1)
        let comparisons = Double(differences.count)
        let bonferroni = StudentT.quantile(1 - (1 - level) / (2 * comparisons), degreesOfFreedom: freedom)
        if method == .bonferroni || differences.count == 1 { return bonferroni }
        let correlation = CorrelationMatrix(of: differences)
        let simulated = MaximumT(correlation: correlation, degreesOfFreedom: count - 1).quantile(level)
        // Bonferroni's bound holds in any case; simulation may pass it by its own error.
        return min(simulated, bonferroni)
    }
}
