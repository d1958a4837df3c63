import Statistics

/// A warning that the weights let the gain of one metric pay for the collapse of another: the strategy at the top would
/// not be there without that gain. See the article Ranking, "The weight trap".
public struct WeightTrap: Codable, Sendable, Hashable {
    /// What counts as a collapse.
    public enum Collapse: String, Codable, Sendable, Hashable, CaseIterable {
        /// The metric is worse than the baseline's by more than ``WeightTrap/fallMultiple`` practical differences and
        /// ``WeightTrap/fallShare`` of its scale.
        case fall
        /// The metric is beyond `from`, where it is worth less than nothing, while another strategy has none there.
        case worthless
    }
    /// Practical differences below the baseline from which a metric counts as collapsed: a loss of ten times the least
    /// that matters is no side effect any more.
    public static let fallMultiple = 10.0
    /// Share of the way from `to` to `from` that it must fall besides: below that it is a price, not a collapse.
    public static let fallShare = 0.2

    /// The strategy that is recommended, or has rank 1 where none is.
    public var strategy: String
    /// The metric that collapses.
    public var metric: String
    /// Why it is called a collapse.
    public var collapse: Collapse
    /// The strategy it is compared with: the baseline for a fall; for a worthless metric the best of those that have no
    /// objective beyond `from`.
    public var reference: String
    /// The metric's mean with the strategy.
    public var mean: Double
    /// The metric's mean with the reference.
    public var referenceMean: Double
    /// The value beyond which it is a collapse: the reference's mean less the fall that is allowed, or `from`.
    public var limit: Double
    /// The metric whose gain pays for it: the largest part of the composite's lead.
    public var paidBy: String
    /// What that gain is worth, in composite, against the reference.
    public var gain: Double
    /// What the collapse is worth, below 0.
    public var loss: Double
    /// The strategy's composite less the reference's.
    public var lead: Double
    /// The same without the gain: not above 0.
    public var leadWithoutGain: Double
}

extension RankingBuilder {
    /// The warnings about the strategy that is recommended, or has rank 1 where none is.
    public func weightTraps(of entries: [RankedStrategy]) -> [WeightTrap] {
        guard let top = entries.first(where: \.recommended) ?? entries.first, top.composite != nil,
            let strategy = table.strategies.firstIndex(of: top.name)
        else { return [] }
        let sound = entries.compactMap { entry in
            entry.composite == nil ? nil : table.strategies.firstIndex(of: entry.name)
        }
        .first { other in other != strategy && objectives.allSatisfy { worth(of: $0, strategy: other) >= 0 } }
        var traps: [WeightTrap] = []
        for objective in objectives {
            if strategy != baseline, let trap = fall(objective, of: strategy) {
                traps.append(trap)
            } else if let sound, let trap = worthlessness(objective, of: strategy, reference: sound) {
                traps.append(trap)
            }
        }
        return traps
    }

    /// A metric that falls far below the baseline's, with its whole interval.
    private func fall(_ objective: ObjectiveStatement, of strategy: Int) -> WeightTrap? {
        guard let difference = objective.practicalDifference else { return nil }
        let scale = objective.to - objective.from
        let limit = -max(WeightTrap.fallMultiple * difference / abs(scale), WeightTrap.fallShare)
        let change = paired(objective, strategy, baseline)
        guard let change, (change.interval?.high ?? change.mean) < limit else { return nil }
        return trap(
            objective, of: strategy, reference: baseline, collapse: .fall,
            limit: mean(objective, baseline) + limit * scale)
    }

    /// A metric beyond `from`, with its whole interval, while the reference is beyond none.
    private func worthlessness(
        _ objective: ObjectiveStatement, of strategy: Int, reference: Int
    ) -> WeightTrap? {
        let estimate = Estimate(of: worths(objective, strategy), level: Self.confidence)
        guard (estimate.interval?.high ?? estimate.mean) < 0 else { return nil }
        return trap(objective, of: strategy, reference: reference, collapse: .worthless, limit: objective.from)
    }

    /// The warning, where the largest gain against the reference pays for the collapse.
    private func trap(
        _ objective: ObjectiveStatement, of strategy: Int, reference: Int, collapse: WeightTrap.Collapse, limit: Double
    ) -> WeightTrap? {
        let parts = objectives.map { other in
            other.weight * (worth(of: other, strategy: strategy) - worth(of: other, strategy: reference))
        }
        let lead = parts.reduce(0, +)
        guard let own = objectives.firstIndex(of: objective), parts[own] < 0,
            let payer = parts.indices.max(by: { parts[$0] < parts[$1] }), parts[payer] > 0, lead - parts[payer] <= 0
        else { return nil }
        return WeightTrap(
            strategy: table.strategies[strategy], metric: objective.metric, collapse: collapse,
            reference: table.strategies[reference], mean: mean(objective, strategy),
            referenceMean: mean(objective, reference), limit: limit, paidBy: objectives[payer].metric,
            gain: parts[payer], loss: parts[own], lead: lead, leadWithoutGain: lead - parts[payer])
    }

    /// An objective's worth in each world, without its weight: 0 at `from`, 1 at `to`.
    private func worths(_ objective: ObjectiveStatement, _ strategy: Int) -> [Double] {
        series(objective, strategy).map { ($0 - objective.from) / (objective.to - objective.from) }
    }

    /// Its mean.
    private func worth(of objective: ObjectiveStatement, strategy: Int) -> Double {
        Moments(worths(objective, strategy)).mean
    }

    private func mean(_ objective: ObjectiveStatement, _ strategy: Int) -> Double {
        Moments(series(objective, strategy)).mean
    }

    private func series(_ objective: ObjectiveStatement, _ strategy: Int) -> [Double] {
        table.metric(objective.metric).map { table.series(strategy: strategy, metric: $0) } ?? [.nan]
    }

    /// The difference of two strategies' worths, paired; nil where it is undefined in a world.
    private func paired(_ objective: ObjectiveStatement, _ strategy: Int, _ other: Int) -> Estimate? {
        let differences = zip(worths(objective, strategy), worths(objective, other)).map { $0 - $1 }
        return differences.allSatisfy(\.isFinite) ? Estimate(of: differences, level: Self.confidence) : nil
    }
}
