import Constraints
import Domain
import Replay
import TestKit
import Testing

@Suite struct ConstraintCatalogueTests {
    /// Parameters for the members that require some.
    private let given: [String: [ParameterField]] = [
        "allowed_nodes": [ParameterField("nodes", ["n1"])],
        "excluded_nodes": [ParameterField("nodes", ["n1"])],
        "node_tag": [ParameterField("tag", "pharmacist")],
        "node_group": [ParameterField("groups", ["edge"])],
        "node_kind": [ParameterField("kinds", ["store"])],
        "allowed_services": [ParameterField("services", ["van"])],
        "service_tag": [ParameterField("tag", "morning")],
        "tag_match": [ParameterField("require", "pharmacist")],
        "maximum_distance": [ParameterField("kilometres", 10)],
        "served_regions": [ParameterField("regions", ["east"])],
        "node_cut_off": [ParameterField("hour", 16)],
        "effective_dates": [ParameterField("nodes", ["n1"])],
        "split_value_threshold": [ParameterField("value", 10)],
        "value_limit": [ParameterField("maximum", 10)],
        "mass_limit": [ParameterField("kilograms", 10)],
        "carbon_cap": [ParameterField("kilograms", 10)],
        "order_share": [ParameterField("nodes", ["n1"]), ParameterField("share", 0.5)],
        "queue_limit": [ParameterField("hours", 10)],
        "daily_orders": [ParameterField("maximum", 10)],
        "minimum_stock_left": [ParameterField("units", 10)],
    ]

    @Test("Every constraint has a name and key of its own, a summary and described parameters")
    func documented() throws {
        let network = try SmallNetwork()
        let members = ConstraintCatalogue.members
        #expect(Set(members.names).count == members.names.count)
        var keys: [String] = []
        for entry in members.entries {
            #expect(!entry.summary.isEmpty && entry.summary.count <= 100, "\(entry.name)")
            #expect(entry.parameters.allSatisfy { !$0.summary.isEmpty }, "\(entry.name)")
            let constraint = try members.make(entry.name, given[entry.name] ?? [], dataset: network.dataset)
            #expect(constraint.declaration.name == entry.name)
            #expect(
                constraint is any ExogenousConstraint || constraint is any EndogenousConstraint, "\(entry.name)")
            keys.append(constraint.key)
        }
        #expect(Set(keys).count == keys.count)
    }

    @Test("Keys tell constraints of one name apart by their parameters")
    func keys() throws {
        let network = try SmallNetwork()
        func key(_ kilometres: ParameterValue) throws -> String {
            try ConstraintCatalogue.members.make(
                "maximum_distance", [ParameterField("kilometres", kilometres)], dataset: network.dataset
            ).key
        }
        #expect(try key(10) == key(10))
        #expect(try key(10) != key(10.5))
    }

    @Test("A parameter out of range, or naming what the dataset does not have, is an error that says what is right")
    func wrongParameters() throws {
        let network = try SmallNetwork()
        let negative = #expect(throws: InputError.self) {
            try allows("maximum_distance", [ParameterField("kilometres", -1)], in: network)
        }
        #expect(
            negative?.description
                == "found -1 for 'kilometres' of constraint 'maximum_distance', expected a number at least 0")
        let unknown = #expect(throws: InputError.self) {
            try allows("node_tag", [ParameterField("tag", "farmacist")], in: network)
        }
        #expect(unknown?.suggestion == "pharmacist")
    }
}
