import Domain
import History
import Replay

/// Only the listed nodes may ship.
struct AllowedNodesConstraint: ExogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration("nodes", .list(.reference(.node)), summary: "node ids")
        ]
    ) { (parameters, dataset) throws(InputError) -> any Constraint in
        AllowedNodesConstraint(
            isAllowed: selection(parameters.indices("nodes") ?? [], count: dataset.nodes.count),
            key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "allowed_nodes", summary: "Only the listed nodes may ship")

    /// By node.
    let isAllowed: [Bool]
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        isAllowed[lane.node]
    }
}
