import Replay

/// The node's opening hours hold the moment of the decision.
struct NodeOpenConstraint: ExogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(NodeOpenConstraint())

    let declaration = ConstraintDeclaration(
        name: "node_open", summary: "The node is open now")

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        context.isOpen(node: lane.node, at: order.time)
    }
}
