import History
import Replay
import Sampling
import TestKit
import Testing

@testable import Explanations

/// What would have had to be otherwise, on random cases with every feature of a replay.
struct CounterfactualTests {
    #if DEBUG
        static let caseNumbers = 0..<12
    #else
        static let caseNumbers = 0..<120
    #endif

    /// A decision with its answers.
    private struct Answered {
        var one: RandomCase
        var plan: ReplayPlan
        var strategy: Int
        var order: Int
        var number: Int
        var record: DecisionRecord
        var inputs: DecisionInputs
        var answers: Counterfactuals
        var name: String { "case \(one.number), strategy \(strategy), order \(order), decision \(number)" }

        /// The decision taken again in a replay of its own under some values, and what `body` makes of the moment.
        func again<Result>(_ body: @escaping (inout DecisionMoment) -> Result) -> Result? {
            plan.decisions(ofOrder: order, world: one.world, strategy: strategy) { moment -> Result? in
                moment.number == number ? body(&moment) : nil
            }.compactMap { $0 }.first
        }

        /// The nodes chosen under some values.
        func nodes(_ values: [(input: ChangeableInput, value: Double)]) -> [Int] {
            again { [inputs] moment in moment.plan(under: inputs.change(values)).nodes } ?? []
        }

        func input(_ key: String) -> ChangeableInput? { inputs.inputs.first { $0.key == key } }

        /// The values of a counterfactual.
        func values(_ found: Counterfactual) throws -> [(input: ChangeableInput, value: Double)] {
            try found.parts.map { part in (try #require(input(part.key)), part.to) }
        }
    }

    /// The answers on the last decision of some orders of random cases that weigh anything.
    private func answered(frozen: [String] = [], _ body: (Answered) throws -> Void) throws {
        for number in Self.caseNumbers {
            let one = try RandomCase(number: number)
            let plan = try ReplayPlan(dataset: one.dataset, settings: one.settings, strategies: one.strategies)
            for strategy in one.strategies.indices {
                for order in [plan.visits.lowerBound + plan.visits.count / 2, plan.visits.upperBound - 1] {
                    typealias Found = (DecisionRecord, DecisionInputs, Counterfactuals)
                    let all = plan.decisions(ofOrder: order, world: one.world, strategy: strategy) { moment -> Found? in
                        let record = moment.record()
                        guard !record.isAsHappened, moment.number < 3 else { return nil }
                        let inputs = DecisionInputs(
                            record: record, moment: moment, frozen: frozen, transitPerLevel: 0.1)
                        var search = CounterfactualSearch(record: record, inputs: inputs, dataset: one.dataset)
                        return (record, inputs, search.answers(at: &moment))
                    }
                    guard let decision = all.lastIndex(where: { $0 != nil }), let found = all[decision] else {
                        continue
                    }
                    try body(
                        Answered(
                            one: one, plan: plan, strategy: strategy, order: order, number: decision,
                            record: found.0, inputs: found.1, answers: found.2))
                }
            }
        }
    }

    @Test(
        "Every change makes the strategy choose another node when the decision is taken again, and stays in its range")
    func validity() throws {
        var kinds: [ChangeableInput.Kind: Int] = [:]
        var none = 0
        var joint = 0
        try answered { decision in
            let natural = Set(decision.record.plan.nodes)
            let together = [decision.answers.weights, decision.answers.features].compactMap { $0 }
            for found in decision.answers.alone.compactMap(\.smallest) + together {
                let values = try decision.values(found)
                let nodes = decision.nodes(values)
                #expect(!nodes.isEmpty && Set(nodes) != natural, "\(decision.name): \(found)")
                #expect(nodes.map { decision.one.dataset.nodes[$0].id } == found.nodes, "\(decision.name)")
                for (part, value) in zip(found.parts, values) {
                    #expect(value.input.isPlausible(part.to), "\(decision.name): \(part)")
                    #expect(part.from == value.input.value && part.to != part.from, "\(decision.name): \(part)")
                    #expect(!value.input.isInteger || part.to == part.to.rounded(), "\(decision.name): \(part)")
                    kinds[value.input.kind, default: 0] += 1
                }
                let distance = values.reduce(0) { $0 + abs($1.value - $1.input.value) / $1.input.spread }
                #expect(abs(distance - found.distance) <= 1e-12 * distance)
            }
            joint += together.count { $0.parts.count > 1 }
            none += decision.answers.alone.count { $0.matters && $0.smallest == nil }
        }
        for kind in [ChangeableInput.Kind.stock, .queue, .weight, .congestion, .premium] {
            #expect(kinds[kind, default: 0] > Self.caseNumbers.count / 10, "\(kind): \(kinds)")
        }
        #expect(none > Self.caseNumbers.count && joint > 0, "\(none), \(joint)")
    }

    @Test("Of stock and queues the change is the smallest of all whole numbers, or there is none in the range")
    func wholeNumbers() throws {
        var found = 0
        var none = 0
        try answered { decision in
            let natural = Set(decision.record.plan.nodes)
            for answer in decision.answers.alone where answer.input.isInteger && answer.matters {
                let input = answer.input
                guard input.high - input.low < 400 else { continue }
                let inputs = decision.inputs
                let distances = decision.again { moment in
                    (Int(input.low)...Int(input.high)).compactMap { value -> Double? in
                        let nodes = moment.plan(under: inputs.change([(input, Double(value))])).nodes
                        return nodes.isEmpty || Set(nodes) == natural ? nil : abs(Double(value) - input.value)
                    }
                }
                let expected = try #require(distances).min()
                let given = answer.smallest.map { abs($0.parts[0].to - input.value) }
                #expect(given == expected, "\(decision.name): \(input.key)")
                #expect(answer.smallest.map { $0.proof == .provedSmallest } ?? true)
                if expected == nil { none += 1 } else { found += 1 }
            }
        }
        #expect(found > Self.caseNumbers.count && none > Self.caseNumbers.count, "\(found), \(none)")
    }

    @Test("Below a proved smallest change of weights, alone or together, no change of less distance does it")
    func provedWeights() throws {
        var tried = 0
        let draws = Draws(seed: 0x0DEC_1DE, replication: 0)
        var count = 0
        func uniform() -> Double {
            count += 1
            return draws.uniform(.test, entity: 0, draw: count)
        }
        try answered { decision in
            let natural = Set(decision.record.plan.nodes)
            let inputs = decision.inputs
            for (part, found) in decision.answers.alone.map({ ([$0.input], $0.smallest) })
                + [(inputs.inputs.filter { $0.kind == .weight }, decision.answers.weights)]
            {
                guard let found, found.proof == .provedSmallest, part.allSatisfy({ $0.kind == .weight }) else {
                    continue
                }
                let trials = (0..<20).map { _ in
                    // Shares of less than the distance found, by sign.
                    let shares = part.map { _ in uniform() }
                    let sum = shares.reduce(0, +)
                    return zip(part, shares).map { input, share in
                        let change = share / sum * found.distance * 0.999_999 * input.spread
                        let value = input.value + (uniform() < 0.5 ? change : -change)
                        return (input: input, value: min(max(value, input.low), input.high))
                    }
                }
                let changed = decision.again { moment in
                    trials.count { trial in
                        let nodes = moment.plan(under: inputs.change(trial)).nodes
                        return !nodes.isEmpty && Set(nodes) != natural
                    }
                }
                #expect(changed == 0, "\(decision.name): \(found)")
                tried += 1
            }
        }
        #expect(tried > Self.caseNumbers.count)
    }

    @Test("Inputs that are frozen, by kind or by key, stay and are in no answer")
    func frozen() throws {
        var stayed = 0
        try answered(frozen: ["weight", "stock"]) { decision in
            #expect(decision.answers.weights == nil)
            for answer in decision.answers.alone {
                let isFrozen = [.weight, .stock].contains(answer.input.kind)
                #expect(answer.input.isFrozen == isFrozen)
                if isFrozen {
                    #expect(answer.smallest == nil)
                    stayed += 1
                }
            }
            guard let free = decision.answers.alone.first(where: { $0.smallest != nil })?.input else { return }
            let inputs = decision.again { moment in
                DecisionInputs(
                    record: decision.record, moment: moment, frozen: [free.key], transitPerLevel: 0.1
                ).inputs.filter(\.isFrozen).map(\.key)
            }
            #expect(inputs == [free.key])
        }
        #expect(stayed > Self.caseNumbers.count)
    }

    @Test("The contributions of every candidate add up to the difference of the scores, to 1e-9")
    func contributions() throws {
        var candidates = 0
        try answered(frozen: ChangeableInput.Kind.allCases.map(\.rawValue)) { decision in
            for attempt in decision.record.attempts {
                guard
                    let part = DecisionContributions(attempt, order: decision.order, dataset: decision.one.dataset)
                else { continue }
                for candidate in part.candidates {
                    let sum = candidate.contributions.reduce(0, +)
                    let scale = max(1, abs(candidate.score))
                    #expect(abs(sum - candidate.difference) <= 1e-9 * scale, "\(decision.name): \(candidate)")
                    candidates += 1
                }
                #expect(part.candidates.count { $0.isChosen } == 1)
                #expect(part.chosen?.difference == 0)
                let funnel = DecisionFunnel(attempt, dataset: decision.one.dataset)
                let removed = funnel.removals.reduce(0) { $0 + $1.lanes }
                #expect(funnel.candidates == funnel.scored + removed, "\(decision.name)")
            }
        }
        #expect(candidates > 1_000)
    }

    @Test("A warning is raised to its level at every lead, lowered where it is above, in the hour it is issued alone")
    func warnings() {
        var warnings = WarningSeries(leadCount: 3, regionCount: 2, hourCount: 20)
        warnings.set(3, region: 1, hour: 6, lead: 1)
        warnings.set(1, region: 1, hour: 7, lead: 2)
        #expect(warnings.highest(region: 1, issued: 5) == 3 && warnings.highest(region: 0, issued: 5) == 0)
        func levels() -> [Int] { (0..<3).map { warnings.level(region: 1, validHour: 5 + $0, lead: $0) } }
        warnings.set(2, region: 1, issued: 5)
        #expect(levels() == [0, 2, 1])
        warnings.set(4, region: 1, issued: 5)
        #expect(levels() == [4, 4, 4])
        #expect((0..<20).filter { warnings.highest(region: 1, issued: $0) > 0 } == [5])
        #expect((0..<20).allSatisfy { warnings.highest(region: 0, issued: $0) == 0 })
        // Beyond the series nothing is warned of, and nothing can be.
        warnings.set(4, region: 0, issued: 19)
        #expect(warnings.level(region: 0, validHour: 19, lead: 0) == 4)
        #expect(warnings.level(region: 0, validHour: 20, lead: 1) == 0)
    }

    @Test("Congestion and storms of a region move for all its candidates, in the hour of the decision alone")
    func sharedInputs() throws {
        let one = try RandomCase(number: 3)
        let regions = one.dataset.regions.count
        var world = World(replication: 0, seed: 1, dataset: one.dataset)
        world.setCongestion(2, region: 0, hour: 7, regionCount: regions)
        world.setStormLevel(5, region: 0, hour: 7, regionCount: regions, transitPerLevel: 0.1)
        for region in 0..<regions {
            for hour in [6, 7, 8] {
                let isChanged = region == 0 && hour == 7
                #expect(world.congestion.value(region: region, hour: hour) == (isChanged ? 2 : 1))
                #expect(world.weather.stormLevel(region: region, at: hour) == (isChanged ? 5 : 0))
                #expect(world.slowness.value(region: region, at: 3_600 * Double(hour)) == (isChanged ? 3 : 1))
            }
        }
    }
}
