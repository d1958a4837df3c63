import Domain
import History
import Replay

/// Only nodes of the listed kinds may ship: `[store]` keeps warehouses out.
struct NodeKindConstraint: ExogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration("kinds", .list(.reference(.nodeKind)), summary: "kinds of node")
        ]
    ) { (parameters, dataset) throws(InputError) -> any Constraint in
        let kinds = try parameters.texts("kinds")
        return NodeKindConstraint(
            isAllowed: dataset.nodes.map { kinds.contains($0.kind) }, key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "node_kind", summary: "Only nodes of the listed kinds: warehouse, store ...")

    /// By node.
    let isAllowed: [Bool]
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        isAllowed[lane.node]
    }
}
