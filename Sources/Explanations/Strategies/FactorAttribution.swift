import Experiments
import Replay
import Worlds

/// Which parts of the world make the difference of two strategies: Shapley values over the perturbation groups that the
/// scenario uses.
///
/// The worth of a coalition of groups in world r is the difference of the two strategies when only these groups act and
/// the others are neutral (multiplier 1, no event: not even recorded weather or traffic). Every coalition is replayed in
/// the same worlds with the same draws, since each perturbation draws by purposes of its own. The values are taken world
/// by world, so that they have standard errors and, with what is left with all groups off, add up to the difference.
public struct FactorAttribution: Codable, Sendable, Hashable {
    /// One group.
    public struct Factor: Codable, Sendable, Hashable {
        /// The group.
        public var group: String
        /// Its Shapley value: mean over worlds, standard error, single 95 % interval.
        public var value: StatedEstimate
        /// The difference with this group alone less that with none.
        public var alone: StatedEstimate
        /// The difference with all groups less that with all but this.
        public var last: StatedEstimate
    }

    /// Worlds that the coalitions share and in which every one of them is defined.
    public var worlds: Int
    /// Coalitions replayed in each.
    public var coalitions: Int
    /// The difference with all groups off.
    public var neutral: StatedEstimate
    /// The groups, the largest value first.
    public var factors: [Factor]
    /// The difference with all groups acting: `neutral` plus all values.
    public var total: StatedEstimate

    /// The groups a scenario uses, in their fixed order; recorded weather and traffic count where they happen.
    public static func groups(of experiment: Experiment) -> [PerturbationGroup] {
        let used = experiment.scenario.perturbations.map(\.declaration.group)
        return PerturbationGroup.allCases.filter(used.contains)
    }

    /// Replays all coalitions of an experiment of two strategies: the difference is the first less the second.
    ///
    /// - Throws: what a perturbation throws.
    init(
        _ experiment: Experiment, figure: ComparedFigure, worlds: Range<Int>, work: WorldWork
    ) throws {
        let groups = Self.groups(of: experiment)
        let scenario = experiment.scenario
        let worths = try work.map(worlds) { world in
            try (0..<(1 << groups.count)).map { coalition in
                let acting = groups.indices.filter { coalition & (1 << $0) != 0 }.map { groups[$0] }
                let sampled = try WorldSampler.sample(
                    exactly: scenario.perturbations.filter { acting.contains($0.declaration.group) },
                    dataset: experiment.dataset, settings: scenario.settings, seed: scenario.seed, replication: world)
                let outcomes = experiment.plan.replay(world: sampled, strategies: 0..<2)
                return figure.value(of: outcomes[0].measures) - figure.value(of: outcomes[1].measures)
            }
        }
        self.init(worths: worths, groups: groups.map(\.rawValue))
    }

    /// The attribution of worths by world and coalition; worlds with an undefined one are left out.
    init(worths: [[Double]], groups: [String]) {
        let defined = worths.filter { $0.allSatisfy(\.isFinite) }
        worlds = defined.count
        coalitions = 1 << groups.count
        let all = coalitions - 1
        func estimate(_ value: ([Double]) -> Double) -> StatedEstimate { StatedEstimate(ofDefined: defined.map(value)) }
        neutral = estimate { $0[0] }
        total = estimate { $0[all] }
        let values = defined.map { ShapleyValues.of($0, playerCount: groups.count) }
        factors = groups.enumerated().map { player, group in
            Factor(
                group: group, value: StatedEstimate(ofDefined: values.map { $0[player] }),
                alone: estimate { $0[1 << player] - $0[0] }, last: estimate { $0[all] - $0[all ^ (1 << player)] })
        }
        // Sorting is stable: equals keep the groups' order.
        factors.sort { abs($0.value.mean ?? 0) > abs($1.value.mean ?? 0) }
    }
}
