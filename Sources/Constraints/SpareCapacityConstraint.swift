import Domain
import History
import Replay

/// More than a share of the node's day is still free: 1 - utilisation > share, utilisation as the rating of that name.
struct SpareCapacityConstraint: EndogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration("share", .number(.share), default: 0.2, summary: "the share that must be free")
        ]
    ) { (parameters, _) throws(InputError) -> any Constraint in
        SpareCapacityConstraint(share: try parameters.number("share"), key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "spare_capacity", summary: "More than a share of the node's day is still free")

    /// The share that must be free.
    let share: Double
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(
        order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState
    ) -> Bool {
        1 - context.utilisation(node: lane.node, state: state) > share
    }
}
