import Domain
import History
import Replay

/// The node's place in a list of preferred nodes: 0 for the first; a node not listed comes after all that are.
struct NodeRankRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Rating>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration(
                "nodes", .list(.reference(.node)), summary: "node ids, the most preferred first")
        ]
    ) { (parameters, dataset) throws(InputError) -> any Rating in
        let listed = parameters.indices("nodes") ?? []
        var ranks = [Double](repeating: Double(listed.count), count: dataset.nodes.count)
        // From the last to the first, so that a node listed twice keeps its better place.
        for (position, node) in listed.enumerated().reversed() { ranks[node] = Double(position) }
        return NodeRankRating(ranks: ranks, key: declaration.name + parameters.key)
    }
    private static let declaration = RatingDeclaration(
        name: "node_rank", summary: "Place in a list of preferred nodes", unit: "places")

    /// Place by node.
    let ranks: [Double]
    let key: String
    var declaration: RatingDeclaration { Self.declaration }

    var dependence: RatingDependence { .lane }
    var followsPlace: Bool { false }

    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? { .level(0) }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        ranks[lane.node]
    }
}
