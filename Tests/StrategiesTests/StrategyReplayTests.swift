import Domain
import History
import Replay
import Strategies
import TestKit
import Testing
import Worlds

/// The strategies of the catalogue in the engine, on the small network.
@Suite struct StrategyReplayTests {
    /// Where each order's live shipments went, `node/service`, by strategy.
    private func shipments(
        _ specifications: [StrategySpecification], _ network: SmallNetwork
    ) throws -> [[[String]]] {
        let settings = network.context.settings
        let plan = try ReplayPlan(dataset: network.dataset, settings: settings, strategies: specifications)
        let world = try WorldSampler.sample(
            [], dataset: network.dataset, settings: settings, seed: 1, replication: 0)
        var found = [[[String]]](
            repeating: [[String]](repeating: [], count: network.dataset.orders.count), count: specifications.count)
        let outcomes = plan.replay(world: world, strategies: 0..<specifications.count) { strategy, outcome in
            found[strategy][outcome.order] = outcome.shipments.filter { !$0.isVoid }.map {
                "\(network.dataset.nodes[$0.node].id)/\(network.dataset.services[$0.service].id)"
            }
        }
        #expect(outcomes.map(\.strategy) == specifications.map(\.name))
        return found
    }

    @Test("Each strategy ships the orders the way its name promises, where the stock allows")
    func assignments() throws {
        let network = try SmallNetwork(change: {
            $0.addHistory(order: "o1", node: "n3", service: "express")
            $0.addHistory(order: "o2", node: "n1")
        })
        let options = StrategyOptions()
        let expected: [(name: String, given: [ParameterField], first: String, second: String)] = [
            ("as_happened", [], "n3/express", "n1/express"),
            // Both products of the first order are at n1 and n3 only; the second needs 4 of a, which all have.
            ("nearest", [], "n1/van", "n2/van"),
            ("ranked_list", [ParameterField("nodes", ["n2", "n3"])], "n3/express", "n2/van"),
            // n2 and n3 have no handling: 4 + 0.5 x 8 + 3 = 11 from n2.
            ("cheapest", [], "n1/van", "n2/van"),
            // At 21:00 n2 is closed until 8:00; n1 is always open.
            ("fastest", [], "n1/express", "n1/express"),
            ("least_carbon", [], "n3/express", "n2/express"),
            ("fewest_splits", [], "n1/van", "n2/van"),
            ("capacity_matched", [], "n1/van", "n2/van"),
            ("stock_balanced", [], "n1/van", "n2/van"),
        ]
        let specifications = try expected.map {
            try options.applied(to: strategy($0.name, $0.given, in: network))
        }
        let found = try shipments(specifications, network)
        for (index, strategy) in expected.enumerated() {
            #expect(found[index] == [[strategy.first], [strategy.second]], "\(strategy.name)")
        }
    }

    @Test("An order that no node can ship whole is split once, by fewest splits over the fewest nodes")
    func splits() throws {
        let network = try SmallNetwork(change: { builder in
            builder.addProduct("c")
            builder.addStock(node: "n2", product: "c", onHand: 9)
            builder.addOrder("o3", placedAt: 40_000, zone: "z1", lines: [.init("a"), .init("b"), .init("c")])
        })
        let found = try shipments(
            [
                strategy("nearest", in: network), strategy("fewest_splits", in: network),
                {
                    var whole = StrategyOptions()
                    whole.maximumSplits = 0
                    whole.unmet = .cancel
                    whole.name = "whole"
                    return try whole.applied(to: strategy("nearest", in: network))
                }(),
            ], network)
        // Orders by time placed: o1, o3, o2.
        #expect(found[0][1] == ["n1/van", "n2/van"])
        #expect(Set(found[1][1]) == ["n1/van", "n2/van"])
        #expect(found[2][1].isEmpty)
    }

    @Test("Capacity-matched leaves a node that is four fifths full, and comes back where there is no other")
    func capacityMatched() throws {
        // n1 may take 10 orders a day; 12 orders for product b, which only n1 and n3 have, n3 being closed: without spare.
        let network = try SmallNetwork(change: { builder in
            builder.addProduct("c")
            for node in ["n1", "n2"] { builder.addStock(node: node, product: "c", onHand: 99) }
            builder.addProduct("d")
            builder.addStock(node: "n1", product: "d", onHand: 99)
            for number in 0..<10 {
                builder.addOrder(
                    "p\(number)", placedAt: 36_001 + Double(number), zone: "z1",
                    lines: [.init(number == 9 ? "d" : "c")])
            }
        })
        var options = StrategyOptions()
        options.unmet = .cancel
        let found = try shipments([options.applied(to: strategy("capacity_matched", in: network))], network)[0]
        // o1 is the first at n1; 20 % are free after the eighth, so the ninth goes to n2; d is at n1 alone.
        #expect(found[1...7].allSatisfy { $0 == ["n1/van"] })
        #expect(found[8] == ["n2/van"] && found[9] == ["n2/van"])
        #expect(found[10] == ["n1/van"])
    }
}
