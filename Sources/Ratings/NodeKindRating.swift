import Domain
import History
import Replay

/// Whether the node is of a kind: 1 or 0. A negative weight prefers it: `store`, `warehouse`.
struct NodeKindRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Rating>(
        name: declaration.name, summary: declaration.summary,
        parameters: [ParameterDeclaration("kind", .reference(.nodeKind), summary: "a kind of node of the dataset")]
    ) { (parameters, dataset) throws(InputError) -> any Rating in
        let kind = try parameters.text("kind")
        return NodeKindRating(
            values: dataset.nodes.map { $0.kind == kind ? 1 : 0 }, key: declaration.name + parameters.key)
    }
    private static let declaration = RatingDeclaration(
        name: "node_kind", summary: "1 where the node is of a kind: warehouse, store ...", unit: "0 or 1")

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
