import Domain
import History
@testable import Replay
import TestKit
import Testing

/// Looking at a decision and forcing one, on random cases with every feature of a replay.
@Suite struct DecisionTests {
    static let caseNumbers = 0..<TestScale.cases(300)

    /// Calls `body` with some orders of some cases, each with the outcomes of an ordinary replay.
    private func eachOrder(
        _ body: (_ one: RandomCase, _ plan: ReplayPlan, _ strategy: Int, _ order: Int, _ ordinary: [OrderOutcome])
            throws
            -> Void
    ) throws {
        for number in Self.caseNumbers {
            let one = try RandomCase(number: number)
            let plan = try ReplayPlan(dataset: one.dataset, settings: one.settings, strategies: one.strategies)
            let ordinary = CaseReplays.engine(plan, world: one.world).orders
            for strategy in one.strategies.indices {
                let orders = plan.visits
                for order in [orders.lowerBound + orders.count / 3, orders.upperBound - 1] {
                    try body(one, plan, strategy, order, ordinary[strategy])
                }
            }
        }
    }

    /// What shipments of the plan's steps add up to, by lane in order of first choice.
    private func shipments(_ plan: DecisionPlan) -> [DecisionStep] {
        var merged: [DecisionStep] = []
        for step in plan.steps {
            if let known = merged.firstIndex(where: { $0.lane == step.lane }) {
                for line in step.lines {
                    if let position = merged[known].lines.firstIndex(where: { $0.line == line.line }) {
                        merged[known].lines[position].quantity += line.quantity
                    } else {
                        merged[known].lines.append(line)
                    }
                }
                merged[known].lines.sort { $0.line < $1.line }
            } else {
                merged.append(step)
            }
        }
        return merged
    }

    @Test("What is seen of a decision is what the ordinary replay decides, shipment by shipment")
    func plansAreTheShipments() throws {
        var splits = 0
        var again = 0
        try eachOrder { one, plan, strategy, order, ordinary in
            var times: [Double] = []
            let plans = plan.decisions(ofOrder: order, world: one.world, strategy: strategy) { moment in
                times.append(moment.state.time)
                return moment.plan()
            }
            let outcome = try #require(ordinary.first { $0.order == order })
            #expect(plans.isEmpty == (outcome.decidedAt == .infinity), "case \(one.number), order \(order)")
            let planned = plans.flatMap { shipments($0) }
            #expect(planned.map(\.node) == outcome.shipments.map(\.node), "case \(one.number), order \(order)")
            #expect(planned.map(\.service) == outcome.shipments.map(\.service), "case \(one.number), order \(order)")
            #expect(planned.map(\.lines) == outcome.shipments.map(\.lines), "case \(one.number), order \(order)")
            for (plan, time) in zip(plans, times) where !plan.steps.isEmpty {
                #expect(outcome.shipments.contains { $0.assignedAt == time }, "case \(one.number), order \(order)")
            }
            if plans.contains(where: { shipments($0).count > 1 }) { splits += 1 }
            if plans.count > 1 { again += 1 }
        }
        #expect(splits > TestScale.cases(50) && again > TestScale.cases(50))
    }

    @Test(
        "The terms of every candidate add up to its score to the last bit, and the smallest score among those that competed is the one chosen"
    )
    func termsAddUp() throws {
        var choices = 0
        var removals: Set<String> = []
        try eachOrder { one, plan, strategy, order, _ in
            let records = plan.decisions(ofOrder: order, world: one.world, strategy: strategy) { moment in
                let record = moment.record()
                #expect(record.plan == moment.plan())
                return record
            }
            for attempt in records.flatMap(\.attempts) {
                for candidate in attempt.candidates {
                    let sum = (candidate.terms.map(\.weighted) + candidate.softPrices).reduce(0, +)
                    #expect(sum == candidate.score, "case \(one.number), order \(order), lane \(candidate.lane.lane)")
                    for (term, rating) in zip(candidate.terms, attempt.ratings) {
                        let weighted = rating.weight * ((term.value - rating.offset) / rating.scale)
                        #expect(abs(weighted - term.weighted) <= 1e-12 * max(1, abs(weighted)), "\(rating.key)")
                    }
                    if let removal = candidate.removals.first { removals.insert(removal.caseName) }
                }
                guard let chosen = attempt.chosen else { continue }
                let winner = attempt.candidates[chosen]
                #expect(winner.isScored, "case \(one.number), order \(order): \(winner.removals)")
                for other in attempt.candidates where other.isScored {
                    let isBetter =
                        other.score < winner.score
                        || (other.score == winner.score && other.lane.lane < winner.lane.lane)
                    #expect(!isBetter, "case \(one.number), order \(order), step \(attempt.splitStep ?? -1)")
                }
                choices += 1
            }
            for record in records where !record.isAsHappened {
                let chosen = record.attempts.compactMap { attempt in
                    attempt.chosen.map { attempt.candidates[$0].lane.lane }
                }
                #expect(chosen == record.plan.steps.map(\.lane), "case \(one.number), order \(order)")
            }
        }
        #expect(choices > TestScale.cases(500))
        #expect(
            removals.isSuperset(of: [
                "nodeDown", "dailyLimit", "nodeLacksTag", "serviceLacksTag", "stock", "constraint", "coversLess",
                "outsideChosenNodes",
            ]), "\(removals.sorted())")
    }

    @Test("A dearer service costs the factor more on its lanes and nothing else changes")
    func dearerService() throws {
        for number in 0..<20 {
            let one = try RandomCase(number: number)
            let plan = try ReplayPlan(dataset: one.dataset, settings: one.settings, strategies: one.strategies)
            let dearer = ReplayTables(plan.tables, freightOf: 0, times: 1.5)
            var parcel = Parcel()
            (parcel.items, parcel.massKilograms) = (3, 4.5)
            let tariffsOnly = World(replication: 0, seed: 1, dataset: one.dataset)
            let contexts = [plan.tables, dearer].map { ReplayContext(tables: $0, world: tariffsOnly) }
            for row in 0..<one.dataset.lanes.count {
                let lanes = contexts.map { $0.tables.lanes[row] }
                let freight = zip(contexts, lanes).map { $0.freight($1, parcel: parcel, at: 0) }
                let factor = lanes[0].service == 0 ? 1.5 : 1
                #expect(abs(freight[1] - factor * freight[0]) <= 1e-12 * freight[0])
                #expect(contexts[1].withPrices(of: parcel) { $0.freight(lanes[1]) } == freight[1])
                let carbon = zip(contexts, lanes).map { $0.carbonKilograms($1, parcel: parcel) }
                #expect(carbon[0] == carbon[1] && lanes[0].kilometres == lanes[1].kilometres)
            }
        }
    }

    @Test("Deciding again under any change leaves the replay as it was, to the last bit")
    func lookingChangesNothing() throws {
        var changes = 0
        try eachOrder { one, plan, strategy, order, ordinary in
            let watch = DecisionWatch(
                order: order,
                look: { moment in
                    let before = moment.record()
                    let nodes = one.dataset.nodes.indices
                    let products = 0..<one.dataset.products.count
                    let empty = nodes.flatMap { node in
                        products.map { DecisionChange.Stock(node: node, product: $0, available: -1_000_000) }
                    }
                    #expect(moment.plan(under: DecisionChange(stock: empty)).steps.isEmpty)
                    let queues = nodes.map { DecisionChange.Queue(node: $0, waiting: 7 * ($0 + 1)) }
                    var world = one.world
                    world.slowness = Slowness(
                        series: HourlySeries(regionCount: one.dataset.regions.count, hourCount: 500, neutral: 3),
                        regionCount: one.dataset.regions.count)
                    let changed = moment.plan(under: DecisionChange(world: world, queues: queues))
                    if changed != before.plan { changes += 1 }
                    let after = moment.record()
                    #expect(before.plan == after.plan)
                    for (left, right) in zip(before.attempts, after.attempts) {
                        #expect(left.candidates.map(\.score) == right.candidates.map(\.score))
                    }
                })
            let replay = plan.replays(
                world: one.world, strategies: [strategy], isRecording: true, watch: watch)[0]
            let outcomes = replay.outcomes.sorted { $0.visit < $1.visit }
            #expect(outcomes == ordinary, "case \(one.number), order \(order)")
        }
        #expect(changes > TestScale.cases(20))
    }

    @Test(
        "A decision forced to be what it is anyway gives the same outcome of every order, to the last bit; another lane gives its own"
    )
    func forcedDecisions() throws {
        var others = 0
        try eachOrder { one, plan, strategy, order, ordinary in
            let records = plan.decisions(ofOrder: order, world: one.world, strategy: strategy) { $0.record() }
            for record in records {
                let natural = ForcedDecision(order: order, number: record.number, plan: record.plan)
                let same = plan.replay(world: one.world, strategy: strategy, forcing: natural)
                #expect(same.failed.isEmpty && same.orders == ordinary, "case \(one.number), order \(order)")
            }
            guard let first = records.first, let attempt = first.attempts.first(where: { $0.chosen != nil }),
                let other = attempt.candidates.last(where: { $0.isScored }),
                let chosen = attempt.chosen, other.lane.lane != attempt.candidates[chosen].lane.lane
            else { return }
            let step = DecisionStep(
                lane: other.lane.lane, node: other.lane.node, service: other.lane.service, lines: other.lines)
            let plan2 = DecisionPlan(
                ruleSet: attempt.ruleSet, steps: [step], isComplete: first.plan.isComplete)
            let forced = plan.replay(
                world: one.world, strategy: strategy,
                forcing: ForcedDecision(order: order, number: 0, plan: plan2))
            guard forced.failed.isEmpty else { return }
            let outcome = try #require(forced.orders.first { $0.order == order })
            #expect(outcome.shipments.first?.node == step.node && outcome.shipments.first?.service == step.service)
            others += 1
        }
        #expect(others > TestScale.cases(100))
    }
}

extension CandidateRemoval {
    /// The name of the case.
    fileprivate var caseName: String { String(String(describing: self).prefix { $0 != "(" }) }
}
