import Domain
import Replay

/// Replays of a case by the engine, all strategies at once as an experiment does it.
public enum CaseReplays {
    /// What became of every order, by strategy, then visit number; and each strategy's measures.
    ///
    /// - Throws: `InputError` when the engine refuses the case.
    public static func engine(
        _ plan: ReplayPlan, world: World, strategies: Range<Int>? = nil
    ) -> (orders: [[OrderOutcome]], trials: [TrialOutcome]) {
        let run = strategies ?? plan.strategies.indices
        var orders = run.map { _ in [OrderOutcome]() }
        let trials = plan.replay(world: world, strategies: run) { strategy, outcome in
            orders[strategy - run.lowerBound].append(outcome)
        }
        return (orders, trials)
    }

    /// What engine and plain simulator say differently of a case, and what the plain simulator met.
    ///
    /// - Throws: `InputError` when the engine refuses the case.
    public static func compare(
        _ one: RandomCase
    ) throws(InputError) -> (differences: [String], features: [ReplayFeature: Int], orderCount: Int) {
        let plan = try ReplayPlan(dataset: one.dataset, settings: one.settings, strategies: one.strategies)
        let engine = Self.engine(plan, world: one.world).orders
        var differences: [String] = []
        var features: [ReplayFeature: Int] = [:]
        var orderCount = 0
        for (index, strategy) in one.strategies.enumerated() {
            let plain = PlainSimulator.replayCounting(
                dataset: one.dataset, settings: one.settings, strategy: strategy, world: one.world)
            features.merge(plain.features) { $0 + $1 }
            orderCount += plain.outcomes.count
            differences += OutcomeComparison.differences(
                between: engine[index], and: plain.outcomes, dataset: one.dataset
            ).map { "\(strategy.name), \($0)" }
        }
        return (differences, features, orderCount)
    }
}
