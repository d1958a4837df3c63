import Domain
import Experiments

/// A scenario and a changed one, replayed in the same worlds: what the change does to every strategy, and to which of
/// them comes first.
///
/// Both have the same seed, so that world r of one and world r of the other share every draw that the change leaves
/// alone (common random numbers). The difference of a metric is the mean over worlds of after - before; its standard
/// error is that of these paired differences, its interval Student's with replications - 1 degrees of freedom, 95 % for
/// itself. Nothing is stratified or reweighted.
public struct WhatIf: Codable, Sendable, Hashable {
    /// A figure before and after the change.
    public struct Figure: Codable, Sendable, Hashable {
        /// Mean over worlds before, with its single 95 % interval.
        public var before: StatedEstimate
        /// Mean over worlds after, likewise.
        public var after: StatedEstimate
        /// After less before, paired by world, over the worlds in which both are defined.
        public var difference: StatedEstimate
        /// How many worlds that are.
        public var worlds: Int

        /// The figure of two series over the same worlds; NaN where it is undefined.
        init(before: [Double], after: [Double]) {
            let differences = zip(before, after).map { $1 - $0 }.filter(\.isFinite)
            self.before = StatedEstimate(ofDefined: before.filter(\.isFinite))
            self.after = StatedEstimate(ofDefined: after.filter(\.isFinite))
            difference = StatedEstimate(ofDefined: differences)
            worlds = differences.count
        }
    }

    /// What the change does to one strategy.
    public struct Strategy: Codable, Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Its rank by the composite before.
        public var rankBefore: Int
        /// Its rank after.
        public var rankAfter: Int
        /// The composite. Where the change touches objectives, each side is judged by its own.
        public var composite: Figure
        /// The metrics by key.
        public var metrics: [String: Figure]
    }

    /// Name of the scenario.
    public var scenario: String
    /// The changes, as they were given.
    public var changes: [String]
    /// The seed of all random numbers.
    public var seed: UInt64
    /// Worlds per strategy and side.
    public var replications: Int
    /// Level of every interval.
    public var confidence: Double
    /// The metrics compared, in order.
    public var metrics: [MetricStatement]
    /// Who comes first before the change.
    public var before: Standing
    /// Who comes first after it.
    public var after: Standing
    /// The strategies that both have, in the scenario's order.
    public var strategies: [Strategy]
    /// Strategies that only the scenario as it is has.
    public var onlyBefore: [String]
    /// Strategies that only the changed scenario has.
    public var onlyAfter: [String]

    /// Whether another strategy comes first after the change.
    public var changesWinner: Bool { before.winner != after.winner }

    /// Compares two experiments by their trials, all done.
    ///
    /// - Throws: ``InputError`` where the change makes the worlds others than they were: another seed or another number
    ///   of worlds cannot be paired.
    public init(
        changes: [String], before: Experiment, after: Experiment, trialsBefore: TrialTable, trialsAfter: TrialTable
    ) throws(InputError) {
        try Self.checkSameWorlds(before, after)
        scenario = before.scenario.name
        self.changes = changes
        seed = before.scenario.seed
        replications = before.scenario.replications
        confidence = RankingBuilder.confidence
        let keys = before.scenario.reportMetrics.filter { after.metricKeys.contains($0) }
        metrics = keys.compactMap { key in before.metricStatements.first { $0.key == key } }
        let sides = Sides(before: before.rankingBuilder(of: trialsBefore), after: after.rankingBuilder(of: trialsAfter))
        self.before = Standing(sides.before)
        self.after = Standing(sides.after)
        strategies = sides.strategies(metrics: keys)
        onlyBefore = trialsBefore.strategies.filter { !trialsAfter.strategies.contains($0) }
        onlyAfter = trialsAfter.strategies.filter { !trialsBefore.strategies.contains($0) }
    }

    /// Seed and number of worlds are the same.
    ///
    /// - Throws: ``InputError`` where they are not.
    public static func checkSameWorlds(_ before: Experiment, _ after: Experiment) throws(InputError) {
        let place = SourceLocation(file: "--set")
        guard before.scenario.seed == after.scenario.seed else {
            throw InputError(
                at: place, found: "a change of the seed",
                expected: "a change that leaves the worlds comparable; --seed sets it for both sides")
        }
        guard before.scenario.replications == after.scenario.replications else {
            throw InputError(
                at: place, found: "a change of the replications",
                expected: "as many worlds on both sides; --replications sets them for both")
        }
    }

    /// Both sides' trials with how they are judged.
    private struct Sides {
        var before: RankingBuilder
        var after: RankingBuilder

        func strategies(metrics keys: [String]) -> [Strategy] {
            let ranksBefore = before.ranked()
            let ranksAfter = after.ranked()
            return before.table.strategies.enumerated().compactMap { index, name in
                guard let other = after.table.strategies.firstIndex(of: name),
                    let first = ranksBefore.first(where: { $0.name == name }),
                    let second = ranksAfter.first(where: { $0.name == name })
                else { return nil }
                var metrics: [String: Figure] = [:]
                for key in keys {
                    guard let left = before.table.metric(key), let right = after.table.metric(key) else { continue }
                    metrics[key] = Figure(
                        before: before.table.series(strategy: index, metric: left),
                        after: after.table.series(strategy: other, metric: right))
                }
                let composite = Figure(
                    before: before.composites(ofStrategy: index), after: after.composites(ofStrategy: other))
                return Strategy(
                    name: name, rankBefore: first.rank, rankAfter: second.rank, composite: composite, metrics: metrics)
            }
        }
    }
}
