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

    @Test("Filled or added for all lanes at once, every rating is the same to the last bit as lane by lane")
    func batches() throws {
        let network = try stormyNetwork()
        let busy: (inout SmallNetwork.StateParts) -> Void = {
            $0.available = [3, 8, 29, 1, 0, 4]
            $0.waiting = [7, 0, 2]
            $0.assignedToday = [3, 1, 2]
            $0.committedSecondsToday = [500, 120, 40]
            $0.assignedTodayByService = [1, 2, 0, 1, 2, 0]
        }
        for entry in RatingCatalogue.members.entries {
            let rating = try RatingCatalogue.members.make(
                entry.name, given[entry.name] ?? [], dataset: network.dataset)
            for order in 0..<2 {
                let facts = network.facts(order: order)
                let lanes = network.dataset.lanes.rows(ofZone: facts.zone)
                let state = network.state(at: facts.time, change: busy)
                // Position 2 of the run is excluded, where endogenous ratings must leave it alone.
                var found = [Double](repeating: 0.25, count: lanes.count + 1)
                if rating is any EndogenousRating { found[2] = .infinity }
                if let rating = rating as? any ExogenousRating {
                    rating.fill(
                        order: facts, lanes: lanes, in: network.context, offset: 0.3, scale: 0.7, into: &found, at: 1)
                    found.removeFirst()
                } else if let rating = rating as? any EndogenousRating {
                    _ = rating.add(
                        weight: 0.9, offset: 0.3, scale: 0.7, order: facts, lanes: lanes, in: network.context,
                        state: state, to: &found)
                }
                for (position, row) in lanes.enumerated() {
                    let lane = network.context.lane(row, for: facts)
                    let expected =
                        switch rating {
                        case let rating as any ExogenousRating:
                            (rating.value(order: facts, lane: lane, in: network.context) - 0.3) / 0.7
                        case let rating as any EndogenousRating where position != 2:
                            0.25 + 0.9
                                * ((rating.value(order: facts, lane: lane, in: network.context, state: state) - 0.3)
                                    / 0.7)
                        default: Double.infinity
                        }
                    #expect(found[position] == expected, "\(entry.name), order \(order), lane \(position)")
                }
            }
        }
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
