import Constraints
import Domain
import History
import Ratings
import Replay
import Strategies
import TestKit
import Testing

/// A strategy of the catalogue on the small network.
func strategy(
    _ name: String, _ given: [ParameterField] = [], in network: SmallNetwork
) throws -> StrategySpecification {
    try StrategyCatalogue.members.make(name, given, dataset: network.dataset)
}

/// The rule sets of a scored strategy.
func ruleSets(_ specification: StrategySpecification) throws -> [RuleSet] {
    guard case .scored(let rules) = specification.assignment else {
        throw InputError(found: "'\(specification.name)', which copies history", expected: "a scored strategy")
    }
    return rules
}

/// The candidate a rule set finds best for an order of the small network, `node/service`, stock aside.
///
/// Adds up weight x ((value - offset) / scale) by itself: the definition of a score, without the engine.
func best(
    _ rules: RuleSet, _ network: SmallNetwork, order: Int = 0,
    state change: (inout SmallNetwork.StateParts) -> Void = { _ in }
) throws -> String {
    let facts = network.facts(order: order)
    let state = network.state(at: facts.time, change: change)
    var best = (score: Double.infinity, name: "none")
    for row in network.dataset.lanes.rows(ofZone: facts.zone) {
        let lane = network.context.lane(row, for: facts)
        var score = 0.0
        for use in rules.ratings {
            let value =
                switch use.rating {
                case let rating as any ExogenousRating: rating.value(order: facts, lane: lane, in: network.context)
                case let rating as any EndogenousRating:
                    rating.value(order: facts, lane: lane, in: network.context, state: state)
                default: throw InputError(found: use.rating.key, expected: "exogenous or endogenous")
                }
            score += use.weight * ((value - use.offset) / use.scale)
        }
        if score < best.score {
            best = (score, "\(network.dataset.nodes[lane.node].id)/\(network.dataset.services[lane.service].id)")
        }
    }
    return best.name
}

@Suite struct StrategyMemberTests {
    @Test("A user who says nothing gets one split, two days of waiting for stock, whole orders and decisions at once")
    func defaults() throws {
        let network = try SmallNetwork()
        for name in ["random", "nearest", "cheapest", "fastest", "least_carbon", "weighted", "stock_balanced"] {
            let specification = try strategy(name, in: network)
            #expect(specification.name == name)
            #expect(specification.unmet == .wait(deadlineHours: 48))
            #expect(!specification.partial && !specification.reroutesOnOutage)
            #expect(specification.waveSeconds == nil)
            let rules = try ruleSets(specification)
            #expect(rules.count == 1)
            #expect(rules[0].split == SplitRule(mode: .mostLines, maximumSplits: 1))
            #expect(rules[0].constraints.isEmpty && !rules[0].usesSafetyStock)
        }
    }

    @Test("Nearest takes the nearest node, and of its services the cheapest")
    func nearest() throws {
        let network = try SmallNetwork()
        let rules = try ruleSets(strategy("nearest", in: network))
        #expect(try best(rules[0], network) == "n1/van")
        #expect(try best(rules[0], network, order: 1) == "n2/van")
    }

    @Test("A ranked list goes before distance and money")
    func rankedList() throws {
        let network = try SmallNetwork()
        let rules = try ruleSets(strategy("ranked_list", [ParameterField("nodes", ["n3", "n2"])], in: network))
        // By express, which does not charge for the 300 km.
        #expect(try best(rules[0], network) == "n3/express")
    }

    @Test("Cheapest minds handling, fastest minds the queue, least carbon minds neither")
    func singleObjectives() throws {
        let network = try SmallNetwork()
        // n1 by van costs 11.5 + 4.25, n2 by van 12.5 and no handling.
        #expect(try best(ruleSets(strategy("cheapest", in: network))[0], network) == "n2/van")
        let fastest = try ruleSets(strategy("fastest", in: network))[0]
        #expect(try best(fastest, network) == "n1/express")
        #expect(try best(fastest, network, state: { $0.waiting[0] = 400 }) == "n2/express")
        // Express states no emissions at any node; the cheapest of the three is n2 or n3 without handling.
        #expect(try best(ruleSets(strategy("least_carbon", in: network))[0], network) == "n2/express")
    }

    @Test("Random takes the smallest of the candidates' draws")
    func random() throws {
        let network = try SmallNetwork()
        let rules = try ruleSets(strategy("random", in: network))[0]
        #expect(rules.ratings.map(\.rating.key) == ["random"])
        #expect(rules.ratings[0].weight > 0)
    }

    @Test("Fewest splits searches sets of nodes, with two splits at most")
    func fewestSplits() throws {
        let rules = try ruleSets(strategy("fewest_splits", in: SmallNetwork()))
        #expect(rules[0].split == SplitRule(mode: .fewestShipments, maximumSplits: 2))
    }

    @Test("Weighted divides by the dataset's own references, and its weights are parameters")
    func weighted() throws {
        let network = try SmallNetwork()
        let ratings = try ruleSets(strategy("weighted", in: network))[0].ratings
        #expect(
            ratings.map(\.rating.key) == [
                "cost", "expected_delivery_hours", "expected_lateness_hours", "carbon", "utilisation",
            ])
        #expect(ratings.map(\.weight) == [0.4, 0.2, 0.3, 0.05, 0.05])
        // Lanes of 30, 40, 300 and 40, 30, hypot(30, 260) = 440 + hypot km; one unit of 3.5 kg; express costs 30 flat, emits nothing.
        let far: Double = (30.0 * 30 + 260 * 260).squareRoot()
        let kilometres: Double = 440 + far
        let van: Double = 6 * (4 + 0.5 * 3.5) + 0.1 * kilometres
        let freight: Double = (6 * 30 + van) / 12
        #expect(abs(ratings[0].scale - freight) < 1e-12 * freight)
        #expect(abs(ratings[3].scale - 0.001 * 3.5 * kilometres / 12) < 1e-15)
        #expect(ratings[1].scale == 24 && ratings[2].scale == 24 && ratings[4].scale == 1)
        let costOnly = ["speed", "lateness", "carbon", "workload"].map { ParameterField($0, 0) }
        #expect(try ruleSets(strategy("weighted", costOnly, in: network))[0].ratings.map(\.rating.key) == ["cost"])
        #expect(throws: InputError.self) { try strategy("weighted", [ParameterField("cost", -1)], in: network) }
    }

    @Test("Capacity-matched asks for spare capacity first and does without it second")
    func capacityMatched() throws {
        let network = try SmallNetwork()
        let rules = try ruleSets(strategy("capacity_matched", in: network))
        #expect(rules.map { $0.constraints.map(\.constraint.key) } == [["spare_capacity(share: 0.2)"], []])
        #expect(rules[0].constraints[0].softPrice == nil)
        #expect(rules.allSatisfy { $0.ratings[0].rating.key == "distance" })
        let fast = try ruleSets(
            strategy("capacity_matched", [ParameterField("prefer", "expected_delivery_hours")], in: network))
        #expect(fast.allSatisfy { $0.ratings[0].rating.key == "expected_delivery_hours" })
    }

    @Test("Stock-balanced leaves the cheapest node once its share of the stock has fallen far enough")
    func stockBalanced() throws {
        let network = try SmallNetwork()
        let rules = try ruleSets(strategy("stock_balanced", in: network))[0]
        #expect(try best(rules, network) == "n2/van")
        // n2 has sold out of product a: its share fell from 1/6 to 0.
        #expect(try best(rules, network, state: { $0.available[1] = 0 }) == "n1/van")
        let careless = try ruleSets(strategy("stock_balanced", [ParameterField("balance", 0)], in: network))[0]
        #expect(try best(careless, network, state: { $0.available[1] = 0 }) == "n2/van")
    }

    @Test("As-happened needs a record")
    func asHappened() throws {
        #expect(throws: InputError.self) { try strategy("as_happened", in: SmallNetwork()) }
        let recorded = try SmallNetwork(change: { $0.addHistory(order: "o1", node: "n2", service: "van") })
        guard case .asHappened = try strategy("as_happened", in: recorded).assignment else {
            Issue.record("as_happened does not copy history")
            return
        }
    }
}
