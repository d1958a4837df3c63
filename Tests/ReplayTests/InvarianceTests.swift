import Domain
import History
import Replay
import TestKit
import Testing

/// Changes that must change nothing: another replication without noise, another strategy beside, another future.
@Suite struct InvarianceTests {
    static let caseNumbers = 0..<TestScale.cases(300)

    private func outcomes(
        _ dataset: Dataset, _ settings: ReplaySettings, _ strategies: [StrategySpecification], _ world: World
    ) throws -> [[OrderOutcome]] {
        let plan = try ReplayPlan(dataset: dataset, settings: settings, strategies: strategies)
        return CaseReplays.engine(plan, world: world).orders
    }

    /// With all noise off every replication is equal.
    @Test func replicationsWithoutNoise() throws {
        for number in Self.caseNumbers {
            let one = try RandomCase(number: number)
            var settings = one.settings
            for rule in settings.screening.indices { settings.screening[rule].share = 1 }
            let replays = try [3, 4].map { replication in
                var world = World(replication: replication, seed: 5, dataset: one.dataset)
                world.outages = one.world.outages
                world.slowness = one.world.slowness
                world.serviceMultiplier = one.world.serviceMultiplier
                return try outcomes(one.dataset, settings, one.strategies, world)
            }
            #expect(replays[0] == replays[1], "case \(number)")
        }
    }

    /// With noise on, replications differ: the test above can fail.
    @Test func replicationsWithNoise() throws {
        var differing = 0
        for number in 0..<40 {
            let one = try RandomCase(number: number)
            let replays = try [3, 4].map { replication in
                var world = World(replication: replication, seed: 5, dataset: one.dataset)
                world.hasServiceNoise = true
                world.hasTransitNoise = true
                return try outcomes(one.dataset, one.settings, one.strategies, world)
            }
            if replays[0] != replays[1] { differing += 1 }
        }
        #expect(differing > 20)
    }

    /// A strategy listed twice gets the same outcome twice, and strategies beside it leave a strategy's outcomes as they
    /// are, to the last bit.
    @Test func strategiesSideBySide() throws {
        for number in Self.caseNumbers {
            let one = try RandomCase(number: number)
            let alone = try one.strategies.map { strategy in
                try outcomes(one.dataset, one.settings, [strategy], one.world)[0]
            }
            var twin = one.strategies[0]
            twin.name = "twin"
            let together = try outcomes(one.dataset, one.settings, one.strategies + [twin], one.world)
            #expect(together == alone + [alone[0]], "case \(number)")
            // A run of some of a plan's strategies.
            let plan = try ReplayPlan(dataset: one.dataset, settings: one.settings, strategies: one.strategies)
            let last = one.strategies.count - 1
            let some = CaseReplays.engine(plan, world: one.world, strategies: last..<(last + 1))
            #expect(some.orders == [alone[last]], "case \(number)")
        }
    }

    /// Nodes ranked once for all worlds are chosen as they are where each world is scored by itself, to the last bit.
    @Test func rankedForAllWorlds() throws {
        var rankedStrategies = 0
        for number in Self.caseNumbers {
            let one = try RandomCase(number: number)
            let strategies = one.strategies.map { withRatingsOfEveryWorld($0) }
            let plan = try ReplayPlan(
                dataset: one.dataset, settings: one.settings, strategies: strategies, worldCount: 50)
            let scored = try outcomes(one.dataset, one.settings, strategies, one.world)
            // Twice, since the second replay finds the ranking of the first.
            for _ in 0..<2 {
                #expect(CaseReplays.engine(plan, world: one.world).orders == scored, "case \(number)")
            }
            rankedStrategies += strategies.indices.count { plan.isRanked(strategy: $0) }
        }
        #expect(rankedStrategies > Self.caseNumbers.count / 2)
    }

    /// A strategy without the ratings that differ from world to world or depend on what was decided before.
    private func withRatingsOfEveryWorld(_ strategy: StrategySpecification) -> StrategySpecification {
        guard case .scored(let ruleSets) = strategy.assignment else { return strategy }
        var result = strategy
        result.assignment = .scored(
            ruleSets.map { rules in
                var kept = rules
                kept.ratings.removeAll { !(($0.rating as? any ExogenousRating)?.dependence.isOfEveryWorld ?? false) }
                return kept
            })
        return result
    }

    /// Two worlds that agree up to t give identical decisions up to t, whatever comes after: outages, slow hours, service
    /// times, cancellations, stock and orders.
    @Test func noDecisionSeesTheFuture() throws {
        var decisions = 0
        var changed = 0
        for number in Self.caseNumbers {
            let one = try RandomCase(number: number)
            // A full hour, because hourly series change at full hours.
            let turn = ((one.settings.from + 0.5 * (one.settings.to - one.settings.from)) / 3_600).rounded() * 3_600
            let orders = one.dataset.orders
            let early = (0..<orders.count).filter {
                orders.placedAt[$0] < turn && orders.placedAt[$0] >= one.settings.from
            }
            guard !early.isEmpty else { continue }
            let other = try RandomCase(number: number, future: turn)
            let first = try outcomes(one.dataset, one.settings, one.strategies, one.world)
            let second = try outcomes(other.dataset, other.settings, other.strategies, other.world)
            for (left, right) in zip(first, second) {
                for visit in early.indices {
                    let past = decisionsBefore(turn, left[visit])
                    decisions += past.count
                    #expect(past == decisionsBefore(turn, right[visit]), "case \(number), visit \(visit)")
                }
                if left != right { changed += 1 }
            }
        }
        // Two or three strategies a case: most see another future, and much is decided before it.
        #expect(changed > Self.caseNumbers.count && decisions > 20 * Self.caseNumbers.count)
    }

    /// What was decided of an order before an instant, and which picks have started by then.
    private func decisionsBefore(_ time: Double, _ order: OrderOutcome) -> [String] {
        order.shipments.filter { $0.assignedAt < time }.map { shipment in
            let start = shipment.pickStart < time ? "\(shipment.pickStart)" : "later"
            return
                "\(shipment.ordinal) at \(shipment.assignedAt): \(shipment.node) \(shipment.service) \(shipment.lines) \(start)"
        }
    }
}
