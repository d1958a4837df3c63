import Constraints
import Domain
import Replay
import TestKit
import Testing

@Suite struct OrderConstraintTests {
    @Test("A complete order is all lines, not some of them")
    func complete() throws {
        let network = try SmallNetwork()
        #expect(try allows("complete_order", in: network))
        #expect(try !allows("complete_order", in: network, lines: [1]))
    }

    @Test("A split is allowed where both parts are worth enough, the whole always")
    func splitValue() throws {
        let network = try SmallNetwork()
        // Line 0 is worth 20, line 1 is worth 100.
        func rule(_ value: Double) -> [ParameterField] { [ParameterField("value", ParameterValue(.number(value)))] }
        #expect(try allows("split_value_threshold", rule(20), in: network, lines: [0]))
        #expect(try allows("split_value_threshold", rule(20), in: network, lines: [1]))
        #expect(try !allows("split_value_threshold", rule(20.5), in: network, lines: [0]))
        #expect(try !allows("split_value_threshold", rule(20.5), in: network, lines: [1]))
        #expect(try allows("split_value_threshold", rule(1_000), in: network))
    }

    @Test("Limits of value, mass and carbon include their bound and bind the nodes and services listed only")
    func limits() throws {
        let network = try SmallNetwork()
        #expect(try allows("value_limit", [ParameterField("maximum", 120)], in: network))
        #expect(try !allows("value_limit", [ParameterField("maximum", 119)], in: network))
        let van = [ParameterField("maximum", 119), ParameterField("services", ["van"])]
        #expect(try !allows("value_limit", van, in: network))
        #expect(try allows("value_limit", van, in: network, service: "express"))
        #expect(try allows("mass_limit", [ParameterField("kilograms", 9)], in: network))
        #expect(try !allows("mass_limit", [ParameterField("kilograms", 8.9)], in: network))
        let edge = [ParameterField("kilograms", 8.9), ParameterField("nodes", ["n2"])]
        #expect(try nodesAllowed("mass_limit", edge, in: network) == ["n1", "n3"])
        // 9 kg over 30, 40 and 300 km at 0.001 kg a kg-km; express states no emissions.
        #expect(try nodesAllowed("carbon_cap", [ParameterField("kilograms", 0.3)], in: network) == ["n1"])
        #expect(
            try nodesAllowed("carbon_cap", [ParameterField("kilograms", 0)], in: network, service: "express").count == 3
        )
    }

    @Test("A share of the orders passes, the same ones each time, others under another salt; other nodes are free")
    func orderShare() throws {
        let network = try SmallNetwork()
        func passing(share: Double, salt: String) throws -> Set<Int> {
            let constraint = try #require(
                try ConstraintCatalogue.members.make(
                    "order_share",
                    [
                        ParameterField("nodes", ["n1"]), ParameterField("share", ParameterValue(.number(share))),
                        ParameterField("salt", ParameterValue(.text(salt))),
                    ], dataset: network.dataset) as? any ExogenousConstraint)
            var facts = network.facts(order: 0)
            let own = try network.lane(node: "n1", service: "van", for: facts)
            let other = try network.lane(node: "n2", service: "van", for: facts)
            var passing: Set<Int> = []
            for copy in 0..<4_000 {
                facts.entity = StableHash.of(copy)
                if constraint.allows(order: facts, lane: own, in: network.context) { passing.insert(copy) }
                #expect(constraint.allows(order: facts, lane: other, in: network.context))
            }
            return passing
        }
        let tenth = try passing(share: 0.1, salt: "x")
        // Four standard errors of a tenth of 4,000.
        #expect(abs(Double(tenth.count) - 400) < 4 * (4_000 * 0.09).squareRoot())
        #expect(try passing(share: 0.1, salt: "x") == tenth)
        #expect(try passing(share: 0.2, salt: "x").isSuperset(of: tenth))
        #expect(try passing(share: 0.1, salt: "y") != tenth)
        #expect(try passing(share: 0, salt: "x").isEmpty)
        #expect(try passing(share: 1, salt: "x").count == 4_000)
    }
}
