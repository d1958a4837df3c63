import Domain
import History
import Replay

/// The work ahead in the node's pick queue, Q / stations x mean service of this parcel, is no more than some hours.
struct QueueLimitConstraint: EndogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration("hours", .number(.nonNegative), unit: "h", summary: "the most work ahead")
        ]
    ) { (parameters, _) throws(InputError) -> any Constraint in
        QueueLimitConstraint(seconds: try parameters.number("hours") * 3_600, key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "queue_limit", summary: "Hours of picking ahead of the order no more than a limit")

    /// The most work ahead, seconds.
    let seconds: Double
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(
        order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState
    ) -> Bool {
        let queue = Double(state.waiting[lane.node]) / Double(context.tables.nodes[lane.node].stations)
        return queue * context.meanServiceSeconds(node: lane.node, parcel: order.parcel) <= seconds
    }
}
