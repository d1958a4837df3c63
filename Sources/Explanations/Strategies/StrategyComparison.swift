import Domain
import Experiments
import Replay

/// Why one strategy's figure differs from another's: where the difference comes from, which orders differ, and which parts
/// of the world make it. Always the first less the second, in the same worlds.
public struct StrategyComparison: Codable, Sendable, Hashable {
    /// Name of the run.
    public var run: String
    /// The first strategy.
    public var first: String
    /// The second.
    public var second: String
    /// What they are compared by.
    public var metric: MetricStatement
    /// The seed of all random numbers.
    public var seed: UInt64
    /// Worlds that are compared.
    public var replications: Int
    /// Level of every interval, each for itself.
    public var confidence: Double
    /// The first's mean.
    public var firstMean: StatedEstimate
    /// The second's mean.
    public var secondMean: StatedEstimate
    /// First less second, paired by world.
    public var difference: StatedEstimate
    /// Where it comes from; null for a metric that is no quotient of sums over orders (a quantile, a maximum).
    @Nullable public var split: DifferenceSplit?
    /// The orders that differ; null where they were not asked for.
    @Nullable public var orders: OrderDifferences?
    /// Which parts of the world make the difference; null where that was not asked for or nothing varies.
    @Nullable public var factors: FactorAttribution?
}

/// Makes a ``StrategyComparison`` by replaying two strategies of a run again.
public struct StrategyComparer: Sendable {
    /// The scenario with the two strategies alone, the first first.
    public let experiment: Experiment
    /// What they are compared by.
    public let figure: ComparedFigure
    /// What the orders are cut by.
    public let cuts: [Cut]

    /// Compares two strategies of an experiment, by their position.
    ///
    /// - Throws: ``InputError`` for a metric that is none.
    public init(
        _ whole: Experiment, first: Int, second: Int, metric key: String, cuts: [Cut]
    ) throws(InputError) {
        precondition(first != second, "two strategies")
        var scenario = whole.scenario
        scenario.strategies = [scenario.strategies[first], scenario.strategies[second]]
        scenario.baseline = 1
        scenario.cuts = cuts
        experiment = try Experiment(scenario: scenario, dataset: whole.dataset)
        figure = try ComparedFigure(key, of: experiment)
        self.cuts = cuts
    }

    /// What two trials of one world give.
    public struct WorldResult: Sendable {
        /// Every metric of both strategies.
        public var rows: [TrialRow]
        let values: (first: Double, second: Double)
        let split: WorldSplit?
        let orders: WorldOrders?
    }

    /// Replays both strategies in some worlds.
    ///
    /// - Parameters:
    ///   - worlds: the worlds.
    ///   - exampleCount: how many differing orders are kept; nil leaves the orders uncompared, which takes less time.
    ///   - work: threads and progress.
    /// - Returns: a result a world.
    /// - Throws: what a perturbation throws.
    public func replay(_ worlds: Range<Int>, exampleCount: Int?, work: WorldWork) throws -> [WorldResult] {
        try work.map(worlds) { world in
            var orders = exampleCount.map { WorldOrders(exampleCount: world == worlds.lowerBound ? $0 : 0) }
            let sampled = try experiment.world(replication: world)
            let outcomes =
                orders == nil
                ? experiment.plan.replay(world: sampled, strategies: 0..<2)
                : experiment.plan.replay(world: sampled, strategies: 0..<2) { strategy, outcome in
                    orders?.take(outcome, isFirst: strategy == 0)
                }
            return WorldResult(
                rows: outcomes.enumerated().map { experiment.row(of: $1, strategy: $0) },
                values: (figure.value(of: outcomes[0].measures), figure.value(of: outcomes[1].measures)),
                split: figure.canBeSplit ? WorldSplit(figure, first: outcomes[0], second: outcomes[1]) : nil,
                orders: orders)
        }
    }

    /// The Shapley values of the parts of the world.
    ///
    /// - Throws: what a perturbation throws.
    public func factors(_ worlds: Range<Int>, work: WorldWork) throws -> FactorAttribution? {
        guard !FactorAttribution.groups(of: experiment).isEmpty else { return nil }
        return try FactorAttribution(experiment, figure: figure, worlds: worlds, work: work)
    }

    /// The comparison of what was replayed.
    ///
    /// - Throws: ``InputError`` where the figure is undefined in all worlds.
    public func comparison(
        run: String, worlds: Range<Int>, results: [WorldResult], factors: FactorAttribution?
    ) throws(InputError) -> StrategyComparison {
        let defined = results.filter { $0.values.first.isFinite && $0.values.second.isFinite }
        guard !defined.isEmpty else {
            throw InputError(
                at: SourceLocation(file: "--metric"), found: "a metric that is undefined for these strategies",
                expected: "one with a value in some world")
        }
        let splits = results.compactMap(\.split)
        let counted = results.compactMap(\.orders)
        let strategies = experiment.scenario.strategies
        return StrategyComparison(
            run: run, first: strategies[0].name, second: strategies[1].name, metric: figure.statement,
            seed: experiment.scenario.seed, replications: worlds.count, confidence: RankingBuilder.confidence,
            firstMean: StatedEstimate(ofDefined: defined.map(\.values.first)),
            secondMean: StatedEstimate(ofDefined: defined.map(\.values.second)),
            difference: StatedEstimate(ofDefined: defined.map { $0.values.first - $0.values.second }),
            split: splits.isEmpty ? nil : DifferenceSplit(splits, cuts: cuts),
            orders: counted.isEmpty
                ? nil
                : try OrderDifferences(
                    counted, firstWorld: worlds.lowerBound,
                    dataset: try experiment.dataset(ofWorld: worlds.lowerBound)),
            factors: factors)
    }
}
