import Domain
import History
import Replay

/// The listed nodes take a share of the orders only (a probability rule): those whose hash with `salt` lies below the
/// share. The same orders in every world and for every strategy; another salt chooses others.
struct OrderShareConstraint: ExogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration("nodes", .list(.reference(.node)), summary: "the nodes the rule is about"),
            ParameterDeclaration("share", .number(.share), summary: "share of the orders they may take"),
            ParameterDeclaration("salt", .text, default: "", summary: "another text chooses other orders"),
        ]
    ) { (parameters, dataset) throws(InputError) -> any Constraint in
        OrderShareConstraint(
            isBound: selection(parameters.indices("nodes") ?? [], count: dataset.nodes.count),
            share: try parameters.number("share"), salt: StableHash.of(try parameters.text("salt")),
            key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "order_share", summary: "The listed nodes take a share of the orders only, chosen by hash")

    /// Whether the rule is about a node.
    let isBound: [Bool]
    /// Share of the orders.
    let share: Double
    /// Hash of the salt.
    let salt: UInt64
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        guard isBound[lane.node] else { return true }
        // The upper 53 bits as a number in [0, 1): exact.
        return Double(StableHash.combine(order.entity, salt) >> 11) * 0x1p-53 < share
    }
}
