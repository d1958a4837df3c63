import Statistics

/// Ranks strategies by what their trials gave.
///
/// See the article Ranking for every formula. All is computed from paired replications: the strategies met the same
/// worlds. What is said of one strategy's means does not depend on which others there are.
public struct RankingBuilder: Sendable {
    /// Level of every interval.
    public static let confidence = 0.95

    /// The trials, all done.
    public var table: TrialTable
    /// Index of the baseline.
    public var baseline: Int
    /// The composite's terms.
    public var objectives: [ObjectiveStatement]
    /// The bounds.
    public var guardrails: [GuardrailStatement]
    /// The least difference of composites that matters.
    public var practicalDifference: Double
    /// The share of worlds, the worst, that the conditional value at risk is the mean of.
    public var riskLevel: Double

    /// A builder from its parts.
    public init(
        table: TrialTable, baseline: Int, objectives: [ObjectiveStatement], guardrails: [GuardrailStatement],
        practicalDifference: Double, riskLevel: Double = 0.1
    ) {
        self.table = table
        self.baseline = baseline
        self.objectives = objectives
        self.guardrails = guardrails
        self.practicalDifference = practicalDifference
        self.riskLevel = riskLevel
    }

    /// The method of the simultaneous intervals.
    public static let method = BaselineComparison.Method.maximumT

    /// The strategies by rank.
    public func ranked() -> [RankedStrategy] {
        let composites = table.strategies.indices.map(composites(ofStrategy:))
        let comparisons = Comparisons(composites, baseline: baseline)
        var entries = table.strategies.indices.map { strategy in
            entry(strategy, composites: composites, comparisons: comparisons)
        }
        // Sorting is stable: what ties keeps the scenario's order.
        entries.sort { left, right in (left.composite ?? -.infinity) > (right.composite ?? -.infinity) }
        for index in entries.indices {
            let tiesWithLast = index > 0 && entries[index].composite == entries[index - 1].composite
            entries[index].rank = tiesWithLast ? entries[index - 1].rank : index + 1
        }
        if let best = entries.firstIndex(where: { entry in
            entry.composite != nil && entry.guardrails.allSatisfy { $0.state == .kept }
        }) {
            entries[best].recommended = true
        }
        return entries
    }

    /// The composite in each world: the sum of weight x (value - from) / (to - from), unclipped; NaN where a metric
    /// is undefined.
    public func composites(ofStrategy strategy: Int) -> [Double] {
        (0..<table.replicationCount).map { replication in
            var sum = 0.0
            for objective in objectives {
                guard let metric = table.metric(objective.metric) else { return .nan }
                let value = table.value(strategy: strategy, replication: replication, metric: metric)
                sum += objective.weight * ((value - objective.from) / (objective.to - objective.from))
            }
            return sum
        }
    }

    /// What is said of all strategies at once, for those whose composite is defined in every world.
    private struct Comparisons {
        /// Simultaneous differences to the baseline, by strategy.
        var differences: [Int: Estimate] = [:]
        /// Comparisons with the best, by strategy.
        var best: [Int: BestComparison] = [:]

        init(_ composites: [[Double]], baseline: Int) {
            let defined = composites.indices.filter { composites[$0].allSatisfy(\.isFinite) }
            guard !defined.isEmpty else { return }
            let samples = defined.map { composites[$0] }
            let comparedWithBest = BestComparison.compare(samples: samples, level: RankingBuilder.confidence)
            for (position, strategy) in defined.enumerated() { best[strategy] = comparedWithBest[position] }
            guard let position = defined.firstIndex(of: baseline) else { return }
            let compared = BaselineComparison(
                samples: samples, baseline: position, level: RankingBuilder.confidence, method: RankingBuilder.method)
            for (position, strategy) in defined.enumerated() { differences[strategy] = compared.differences[position] }
        }
    }

    private func entry(_ strategy: Int, composites: [[Double]], comparisons: Comparisons) -> RankedStrategy {
        let own = composites[strategy]
        let isDefined = own.allSatisfy(\.isFinite)
        let composite = isDefined ? StatedEstimate(Estimate(of: own, level: Self.confidence)) : .undefined
        let difference = comparisons.differences[strategy]
        let best = comparisons.best[strategy]
        var metrics: [String: MetricEstimate] = [:]
        for (metric, key) in table.metricKeys.enumerated() { metrics[key] = estimate(metric, of: strategy) }
        return RankedStrategy(
            name: table.strategies[strategy], rank: 0, composite: composite.mean, compositeInterval: composite,
            recommended: false, mayBeBest: best?.mayBeBest ?? false,
            distanceToBest: StatedBounds(low: best?.interval?.low, high: best?.interval?.high),
            verdict: strategy == baseline
                ? nil : Verdict(interval: difference?.interval, practicalDifference: practicalDifference),
            difference: strategy == baseline ? nil : difference.map { StatedEstimate($0) } ?? .undefined,
            risk: WorldRisk(composites: own, level: riskLevel),
            varianceRatio: strategy == baseline ? nil : Self.varianceRatio(own, composites[baseline]),
            guardrails: guardrails.map { state(of: $0, strategy: strategy) }, metrics: metrics)
    }

    /// The sum of two variances over the variance of the difference; nil where that is 0 or not defined.
    private static func varianceRatio(_ first: [Double], _ second: [Double]) -> Double? {
        let differences = zip(first, second).map { $0 - $1 }
        // Equal differences first: their computed variance may be a rounding error.
        guard let value = differences.first, !differences.allSatisfy({ $0 == value }),
            let left = Moments(first).variance, let right = Moments(second).variance,
            let paired = Moments(differences).variance
        else { return nil }
        return StatedEstimate.defined((left + right) / paired)
    }

    /// A metric's mean over the worlds in which it is defined, and the paired difference to the baseline.
    private func estimate(_ metric: Int, of strategy: Int) -> MetricEstimate {
        let own = table.series(strategy: strategy, metric: metric)
        let defined = own.filter(\.isFinite)
        var difference: StatedEstimate?
        if strategy != baseline {
            let theirs = table.series(strategy: baseline, metric: metric)
            difference = StatedEstimate(ofDefined: zip(own, theirs).map { $0 - $1 }.filter(\.isFinite))
        }
        return MetricEstimate(StatedEstimate(ofDefined: defined), worlds: defined.count, difference: difference)
    }

    /// Whether a guardrail is kept by the mean over worlds.
    private func state(of guardrail: GuardrailStatement, strategy: Int) -> GuardrailState {
        let values = table.metric(guardrail.metric).map { table.series(strategy: strategy, metric: $0) } ?? []
        let defined = values.filter(\.isFinite)
        guard !defined.isEmpty else {
            return GuardrailState(metric: guardrail.metric, state: .unproven, breachShare: nil, moreReplications: nil)
        }
        let breaches = defined.count { !guardrail.admits($0) }
        let estimate = Estimate(of: defined, level: Self.confidence)
        var state = GuardrailState.State.unproven
        var more: Int?
        if let interval = estimate.interval, defined.count == values.count {
            if guardrail.admits(interval.low), guardrail.admits(interval.high) {
                state = .kept
            } else if interval.high < (guardrail.atLeast ?? -.infinity)
                || interval.low > (guardrail.atMost ?? .infinity)
            {
                state = .broken
            } else {
                more = moreReplications(estimate, interval: interval, guardrail: guardrail)
            }
        }
        return GuardrailState(
            metric: guardrail.metric, state: state, breachShare: Double(breaches) / Double(defined.count),
            moreReplications: more)
    }

    /// About how many more worlds bring the interval's half-width down to the distance of mean and bound, if mean and
    /// variance stay: the half-width falls as one over the root of their number.
    private func moreReplications(_ estimate: Estimate, interval: Interval, guardrail: GuardrailStatement) -> Int? {
        let bounds = [guardrail.atLeast, guardrail.atMost].compactMap { $0 }
        guard let gap = bounds.map({ abs(estimate.mean - $0) }).min(), gap > 0 else { return nil }
        let ratio = (interval.high - interval.low) / 2 / gap
        let needed = (Double(estimate.count) * ratio * ratio).rounded(.up)
        // Beyond a billion it is no advice.
        guard needed < 1e9 else { return nil }
        return max(1, Int(needed) - estimate.count)
    }
}

extension StatedEstimate {
    /// Nothing is known.
    static let undefined = StatedEstimate(mean: nil)

    /// An estimate of module Statistics.
    public init(_ estimate: Estimate) {
        self.init(
            mean: estimate.mean, standardError: estimate.standardError, low: estimate.interval?.low,
            high: estimate.interval?.high)
    }

    /// The estimate of values that are all defined; undefined where there are none.
    public init(ofDefined values: [Double]) {
        self = values.isEmpty ? .undefined : StatedEstimate(Estimate(of: values, level: RankingBuilder.confidence))
    }
}
