import Domain
import History
import Ratings
import Replay
import TestKit
import Testing

@Suite struct RatingCatalogueTests {
    /// Parameters for the members that require some.
    private let given: [String: [ParameterField]] = [
        "node_rank": [ParameterField("nodes", ["n1"])],
        "node_tag": [ParameterField("tag", "pharmacist")],
        "node_kind": [ParameterField("kind", "store")],
        "service_tag": [ParameterField("tag", "morning")],
        "signal": [ParameterField("name", "premium")],
        "product": [ParameterField("first", "distance"), ParameterField("second", "freight")],
    ]

    @Test("Every rating has a name of its own, a summary, described parameters and references that can divide")
    func documented() throws {
        let network = try stormyNetwork()
        let members = RatingCatalogue.members
        #expect(Set(members.names).count == members.names.count)
        for entry in members.entries {
            #expect(!entry.summary.isEmpty && entry.summary.count <= 100, "\(entry.name)")
            #expect(entry.parameters.allSatisfy { !$0.summary.isEmpty }, "\(entry.name)")
            let rating = try members.make(entry.name, given[entry.name] ?? [], dataset: network.dataset)
            #expect(rating.declaration.name == entry.name)
            #expect(!rating.declaration.unit.isEmpty, "\(entry.name)")
            #expect(rating.declaration.scale > 0, "\(entry.name)")
            #expect(rating is any ExogenousRating || rating is any EndogenousRating, "\(entry.name)")
        }
    }

    @Test("Keys tell ratings apart by name and parameters, and are equal for equal parameters")
    func keys() throws {
        let network = try stormyNetwork()
        var keys: [String] = []
        for entry in RatingCatalogue.members.entries {
            let rating = try RatingCatalogue.members.make(
                entry.name, given[entry.name] ?? [], dataset: network.dataset)
            let again = try RatingCatalogue.members.make(
                entry.name, given[entry.name] ?? [], dataset: network.dataset)
            #expect(rating.key == again.key)
            keys.append(rating.key)
        }
        #expect(Set(keys).count == keys.count)
        let node = try RatingCatalogue.members.make(
            "congestion", [ParameterField("at", "node")], dataset: network.dataset)
        let zone = try RatingCatalogue.members.make(
            "congestion", [ParameterField("at", "zone")], dataset: network.dataset)
        #expect(node.key != zone.key)
    }

    @Test("A misspelt rating names the nearest right one")
    func misspelt() throws {
        let network = try SmallNetwork()
        let error = #expect(throws: InputError.self) {
            try RatingCatalogue.members.make("distanse", dataset: network.dataset)
        }
        #expect(error?.suggestion == "distance")
    }
}
