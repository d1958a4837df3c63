import Domain
import History
import Replay

/// The listed nodes take orders until an hour of the local day only; at midnight they take them again.
struct NodeCutOffConstraint: ExogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration(
                "hour", .number(.from(0, to: 24)), unit: "h", summary: "hours after local midnight: 16.5 is 16:30"),
            ParameterDeclaration.rulesNodes,
        ]
    ) { (parameters, dataset) throws(InputError) -> any Constraint in
        NodeCutOffConstraint(
            minute: Int((try parameters.number("hour") * 60).rounded()),
            isBound: selection(parameters.indices("nodes"), count: dataset.nodes.count),
            key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "node_cut_off", summary: "The listed nodes take no more orders after an hour of the day")

    /// Minutes after local midnight.
    let minute: Int
    /// Whether the rule is about a node.
    let isBound: [Bool]
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        guard isBound[lane.node] else { return true }
        return order.time < context.calendar.instant(day: context.calendar.day(of: order.time), minute: minute)
    }
}
