import Domain
import Experiments
import History
import Replay

/// An order whose decision shows what sets two strategies apart: for a report's one explanation.
public enum TellingOrder {
    /// The most orders of a world that are looked through: beyond it remembering all outcomes would cost more than the
    /// The most orders of a world that are looked through: remembering the outcomes of more, and replaying them anew for the
    /// picture, would cost more than all trials.
    public static let ordersMax = 200_000

    /// The id of the order that a strategy and another ship from different nodes with the largest gain in hours late, in one
    /// world; of equals the first placed. nil where no order is shipped from different nodes, or there are too many.
    public static func find(
        in experiment: Experiment, world: World, strategy: Int, against other: Int
    ) -> String? {
        let plan = experiment.plan
        guard strategy != other, plan.visits(in: world).count <= ordersMax else { return nil }
        let own = outcomes(of: strategy, plan: plan, world: world)
        let theirs = outcomes(of: other, plan: plan, world: world)
        var best: (order: Int, gain: Double)?
        for (left, right) in zip(own, theirs) {
            guard let node = left.shipments.last?.node, let otherNode = right.shipments.last?.node, node != otherNode,
                left.shipments.count == 1, left.isOnTime
            else { continue }
            let gain = right.latenessHours - left.latenessHours
            if gain > best?.gain ?? -.infinity { best = (left.order, gain) }
        }
        let dataset = world.book?.dataset ?? experiment.dataset
        return best.map { dataset.orders.ids[$0.order] }
    }

    /// What became of every order, by visit.
    private static func outcomes(of strategy: Int, plan: ReplayPlan, world: World) -> [OrderOutcome] {
        var outcomes: [OrderOutcome] = []
        _ = plan.replay(world: world, strategies: strategy..<(strategy + 1)) { _, outcome in outcomes.append(outcome) }
        return outcomes
    }
}
