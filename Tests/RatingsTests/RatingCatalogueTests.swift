import Domain
import History
import Ratings
import Replay
import Storage
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
                // The candidate at position 2 is left out, position 0 of the run is somebody else's.
                let rows = lanes.filter { $0 != lanes.lowerBound + 2 }
                let arena = Arena()
                let candidates = CandidateRows(arena.buffer(rows.map { Int32($0) }), count: rows.count)
                let filled = arena.buffer(repeating: 0.25, count: lanes.count + 1)
                let added = arena.buffer(repeating: 0.25, count: rows.count)
                var largest = 0.0
                if let rating = rating as? any ExogenousRating {
                    rating.fill(
                        order: facts, lanes: lanes, in: network.context, offset: 0.3, scale: 0.7, into: filled, at: 1)
                    largest = rating.add(
                        weight: 0.9, offset: 0.3, scale: 0.7, order: facts, candidates: candidates,
                        in: network.context, to: added)
                } else if let rating = rating as? any EndogenousRating {
                    largest = rating.add(
                        weight: 0.9, offset: 0.3, scale: 0.7, order: facts, candidates: candidates,
                        in: network.context, state: state, to: added)
                }
                #expect(filled[0] == 0.25)
                var expectedLargest = 0.0
                for (position, row) in rows.enumerated() {
                    let scaled = try (scaledValue(rating, row, facts, network, state) - 0.3) / 0.7
                    if rating is any ExogenousRating { #expect(filled[1 + row - lanes.lowerBound] == scaled) }
                    #expect(added[position] == 0.25 + 0.9 * scaled, "\(entry.name), order \(order), row \(row)")
                    expectedLargest = max(expectedLargest, abs(0.9 * scaled))
                }
                #expect(largest == expectedLargest, "\(entry.name)")
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

    /// The value of a rating for a candidate, whichever kind it is.
    private func scaledValue(
        _ rating: any Rating, _ row: Int, _ facts: OrderFacts, _ network: SmallNetwork, _ state: NetworkState
    ) throws -> Double {
        let lane = network.context.lane(row, for: facts)
        if let rating = rating as? any ExogenousRating {
            return rating.value(order: facts, lane: lane, in: network.context)
        }
        let endogenous = try #require(rating as? any EndogenousRating)
        return endogenous.value(order: facts, lane: lane, in: network.context, state: state)
    }

    @Test(
        "What a rating says it depends on is all it depends on: no other world, order, hour or lane of the node changes it"
    )
    func dependence() throws {
        let network = try stormyNetwork()
        let lanes = network.dataset.lanes.rows(ofZone: network.facts(order: 0).zone)
        for entry in RatingCatalogue.members.entries {
            let rating = try RatingCatalogue.members.make(
                entry.name, given[entry.name] ?? [], dataset: network.dataset)
            if let rating = rating as? any ExogenousRating, rating.dependence.isOfEveryWorld {
                let calm = ReplayContext(
                    tables: network.context.tables, world: World(replication: 9, seed: 99, dataset: network.dataset))
                for row in lanes {
                    let facts = network.facts(order: 0)
                    let lane = network.context.lane(row, for: facts)
                    let value = rating.value(order: facts, lane: lane, in: network.context)
                    #expect(rating.value(order: facts, lane: lane, in: calm) == value, "\(entry.name)")
                }
            }
            if let rating = rating as? any ExogenousRating,
                [.lane, .laneAndHour, .nodeAndHour].contains(rating.dependence)
            {
                for row in lanes {
                    var facts = network.facts(order: 0)
                    let lane = network.context.lane(row, for: facts)
                    let value = rating.value(order: facts, lane: lane, in: network.context)
                    facts.parcel = Parcel()
                    facts.promisedAt = .infinity
                    facts.entity = 1
                    facts.segment = 0
                    facts.channel = 0
                    facts.tags = TagSet()
                    facts.order = -1
                    // Within the hour, or at any time where the lane is all.
                    facts.time = rating.dependence == .lane ? 0 : (facts.time / 3_600).rounded(.down) * 3_600
                    #expect(rating.value(order: facts, lane: lane, in: network.context) == value, "\(entry.name)")
                }
            }
            if let rating = rating as? any EndogenousRating, rating.isByNode {
                let facts = network.facts(order: 0)
                let state = network.state(at: facts.time) {
                    $0.available = [3, 8, 29, 1, 0, 4]
                    $0.waiting = [7, 0, 2]
                    $0.assignedTodayByService = [1, 2, 0, 1, 2, 0]
                }
                var byNode: [Int: Double] = [:]
                for row in lanes {
                    let lane = network.context.lane(row, for: facts)
                    let value = rating.value(order: facts, lane: lane, in: network.context, state: state)
                    #expect(byNode[lane.node, default: value] == value, "\(entry.name)")
                    byNode[lane.node] = value
                }
            }
            let facts = network.facts(order: 0)
            if let rating = rating as? any EndogenousRating,
                let line = rating.lowerLine(order: facts, in: network.context)
            {
                for state in [
                    network.state(at: facts.time), network.state(at: facts.time) { $0.available = [0, 8, 0, 9, 0, 1] },
                ] {
                    for row in lanes {
                        let lane = network.context.lane(row, for: facts)
                        #expect(
                            rating.value(order: facts, lane: lane, in: network.context, state: state)
                                >= line.price(kilometres: lane.kilometres) * (1 - 1e-12) - 1e-12,
                            "\(entry.name)")
                    }
                }
            }
        }
    }
}
