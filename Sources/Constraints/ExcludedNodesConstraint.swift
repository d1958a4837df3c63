import Domain
import History
import Replay

/// The listed nodes may not ship.
struct ExcludedNodesConstraint: ExogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration("nodes", .list(.reference(.node)), summary: "node ids")
        ]
    ) { (parameters, dataset) throws(InputError) -> any Constraint in
        ExcludedNodesConstraint(
            isExcluded: selection(parameters.indices("nodes") ?? [], count: dataset.nodes.count),
            key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "excluded_nodes", summary: "The listed nodes may not ship")

    /// By node.
    let isExcluded: [Bool]
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        !isExcluded[lane.node]
    }
}
