import Domain
import History
import Replay

/// Only nodes of the listed groups may ship.
struct NodeGroupConstraint: ExogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration("groups", .list(.reference(.nodeGroup)), summary: "node groups")
        ]
    ) { (parameters, dataset) throws(InputError) -> any Constraint in
        let groups = try parameters.texts("groups")
        return NodeGroupConstraint(
            isAllowed: dataset.nodes.map { groups.contains($0.group) }, key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "node_group", summary: "Only nodes of the listed groups")

    /// By node.
    let isAllowed: [Bool]
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        isAllowed[lane.node]
    }
}
