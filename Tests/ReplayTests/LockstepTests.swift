import Constraints
import DeterministicMath
import Domain
import History
import Ratings
@testable import Replay
import Sampling
import Storage
import TestKit
import Testing

/// Shorter ways to the same outcome: strategies decided together, and orders counted as they are assigned.
@Suite struct LockstepTests {
    /// Strategies that weigh ratings of every kind by chance, a few of them nothing at all, so that all candidates tie.
    private func strategies(_ one: RandomCase) throws -> [StrategySpecification] {
        let draws = Draws(seed: 0x10C_057E9, replication: UInt32(one.number))
        let names = [
            "queue_per_station", "stock_depth", "nominal_lateness_hours", "distance", "cost", "random",
            "expected_delivery_hours", "expected_lateness_hours", "utilisation", "stock_balance", "assigned_today",
            "remaining_carrier_capacity",
        ]
        return try (0..<13).map { number in
            var ratings: [WeightedRating] = []
            for (position, name) in names.enumerated() {
                let uniform = draws.uniform(.generation, entity: StableHash.of(number), draw: position)
                // Only two strategies weigh what cannot be asked for eight strategies at once.
                guard uniform < 0.6, name != "remaining_carrier_capacity" || number < 2 else { continue }
                ratings.append(
                    WeightedRating(
                        try RatingCatalogue.members.make(name, dataset: one.dataset),
                        weight: number % 5 == 4 ? 0 : uniform - 0.2, offset: uniform))
            }
            let rules = RuleSet(
                ratings: ratings, constraints: try constraints(number, dataset: one.dataset),
                split: SplitRule(mode: .mostLines, maximumSplits: number % 3), usesSafetyStock: number % 6 == 3)
            return StrategySpecification(
                name: "s\(number)", assignment: .scored([rules]),
                unmet: number % 2 == 0 ? .cancel : .wait(deadlineHours: 9),
                partial: number % 4 == 1, reroutesOnOutage: number % 4 == 0)
        }
    }

    /// What binds a strategy: nothing, the network's state, or the lane.
    private func constraints(_ number: Int, dataset: Dataset) throws -> [ConstraintUse] {
        let uses: [(String, [ParameterField])] =
            switch number % 7 {
            case 2: [("spare_capacity", [ParameterField("share", 0.6)])]
            case 5:
                [("minimum_stock_left", [ParameterField("units", 3)]), ("queue_limit", [ParameterField("hours", 0.5)])]
            case 6: [("maximum_distance", [ParameterField("kilometres", 300)])]
            default: []
            }
        return try uses.map { name, fields in
            ConstraintUse(try ConstraintCatalogue.members.make(name, fields, dataset: dataset))
        }
    }

    @Test("Strategies in lockstep, by themselves and recorded order by order end with the same figures to the last bit")
    func sameMeasures() throws {
        var lockstepCases = 0
        var different = 0
        for number in 0..<TestScale.cases(300) {
            let one = try RandomCase(number: number)
            let strategies = try strategies(one)
            let together = try ReplayPlan(dataset: one.dataset, settings: one.settings, strategies: strategies)
            let alone = try ReplayPlan(
                dataset: one.dataset, settings: one.settings, strategies: strategies, allowsLockstep: false)
            let portable = try ReplayPlan(
                dataset: one.dataset, settings: one.settings, strategies: strategies, vectorUnit: .portable)
            let recorded = CaseReplays.engine(together, world: one.world).trials.map(\.measures)
            let lockstep = together.replay(world: one.world, strategies: strategies.indices).map(\.measures)
            let scalar = alone.replay(world: one.world, strategies: strategies.indices).map(\.measures)
            #expect(lockstep == scalar, "case \(number)")
            #expect(
                portable.replay(world: one.world, strategies: strategies.indices).map(\.measures) == scalar,
                "case \(number)")
            #expect(scalar == recorded, "case \(number)")
            let part = together.replay(world: one.world, strategies: 3..<9).map(\.measures)
            #expect(part == Array(scalar[3..<9]), "case \(number)")
            for part in together.lockstepParts(threads: 2) {
                let cut = together.replay(world: one.world, strategies: part).map(\.measures)
                #expect(cut == part.map { scalar[$0] }, "case \(number)")
            }
            if strategies.indices.count(where: { together.decisionPath(ofStrategy: $0).kind == .lockstep }) > 8 {
                lockstepCases += 1
            }
            if Set(scalar.map { $0.facts[.kilometres] }).count > 6 { different += 1 }
        }
        #expect(lockstepCases > TestScale.cases(100))
        #expect(different > TestScale.cases(100))
    }

    @Test("Under every perturbation too lockstep and scalar end with the same figures to the last bit")
    func sampledWorlds() throws {
        for number in 0..<TestScale.cases(100) {
            let one = try RandomCase(number: number)
            let strategies = try strategies(one)
            let world = try SampledCase.world(one)
            let together = try ReplayPlan(dataset: one.dataset, settings: one.settings, strategies: strategies)
            let alone = try ReplayPlan(
                dataset: one.dataset, settings: one.settings, strategies: strategies, allowsLockstep: false)
            let lockstep = together.replay(world: world, strategies: strategies.indices).map(\.measures)
            let scalar = alone.replay(world: world, strategies: strategies.indices).map(\.measures)
            #expect(lockstep == scalar, "case \(number)")
            #expect(lockstep[0].facts[.orders] > 0 || world.book?.copies.isEmpty == true, "case \(number)")
        }
    }

    @Test("A rating asked for eight strategies at once gives what each of them is told by itself, but for rounding")
    func ratingValues() throws {
        let network = try SmallNetwork()
        let state = network.state(at: 36_000)
        let arena = Arena()
        let width = LockstepState.width
        var states = (0..<width).map { member in
            network.state(at: 36_000) { parts in
                for position in parts.available.indices { parts.available[position] += Int32(3 * member - position) }
                for node in parts.waiting.indices {
                    parts.waiting[node] = Int32(50 * member + node)
                    parts.assignedToday[node] = Int32(member * (node + 2))
                    parts.committedSecondsToday[node] = Double(1_000 * member + 77 * node)
                }
            }
        }
        var side = LockstepState(
            nodeCount: state.nodeCount, serviceCount: network.dataset.services.count,
            stockCount: state.available.count, candidates: network.dataset.lanes.count, memberCount: width,
            arena: arena)
        side.day = state.day
        for member in states.indices { side.mirror(&states[member], member: member) }
        var names: Set<String> = []
        for entry in RatingCatalogue.members.entries where !entry.parameters.contains(where: \.isRequired) {
            guard
                let rating = try RatingCatalogue.members.make(entry.name, dataset: network.dataset)
                    as? any LockstepRating
            else { continue }
            names.insert(entry.name)
            for order in 0..<2 {
                let facts = network.facts(order: order)
                let rows = network.dataset.lanes.rows(ofZone: facts.zone)
                side.scoring += 1
                let values = arena.buffer(repeating: -1.0, count: rows.count * width)
                rating.fill(
                    order: facts, candidates: CandidateRows(arena.buffer(rows.map { Int32($0) }), count: rows.count),
                    in: network.context, state: side, into: values)
                for (candidate, row) in rows.enumerated() {
                    for (member, state) in states.enumerated() {
                        let alone = rating.value(
                            order: facts, lane: network.context.lane(row, for: facts), in: network.context, state: state
                        )
                        let found = values[candidate * width + member]
                        #expect(abs(found - alone) <= 1e-13 * max(1, abs(alone)), "\(entry.name)")
                    }
                }
            }
        }
        #expect(
            names.isSuperset(of: [
                "queue_per_station", "stock_depth", "nominal_lateness_hours", "expected_delivery_hours",
                "expected_lateness_hours", "utilisation", "stock_balance", "assigned_today",
            ]))
    }
}
