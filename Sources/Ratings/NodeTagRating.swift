import Domain
import History
import Replay

/// Whether the node carries a tag: 1 or 0. A negative weight seeks it, a positive one shuns it.
struct NodeTagRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Rating>(
        name: declaration.name, summary: declaration.summary,
        parameters: [ParameterDeclaration("tag", .reference(.tag), summary: "a tag of the dataset")]
    ) { (parameters, dataset) throws(InputError) -> any Rating in
        let tag = try parameters.index("tag")
        return NodeTagRating(
            values: dataset.nodes.map { $0.tags.contains(tag) ? 1 : 0 }, key: declaration.name + parameters.key)
    }
    private static let declaration = RatingDeclaration(
        name: "node_tag", summary: "1 where the node carries a tag", unit: "0 or 1")

    /// 1 or 0 by node.
    let values: [Double]
    let key: String
    var declaration: RatingDeclaration { Self.declaration }

    var dependence: RatingDependence { .lane }
    var followsPlace: Bool { false }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        values[lane.node]
    }
}
