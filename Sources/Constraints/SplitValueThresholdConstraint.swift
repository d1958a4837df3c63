import Domain
import History
import Replay

/// An order is split only into parts worth it: what the candidate would carry and what it would leave are each worth at
/// least a value. A candidate that carries all is always allowed.
///
/// Left is everything of the order that the candidate does not carry, also what an earlier shipment of the same plan
/// took: the rule looks at each part against the rest.
struct SplitValueThresholdConstraint: ExogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration(
                "value", .number(.nonNegative), unit: "money", summary: "the least a part is worth")
        ]
    ) { (parameters, _) throws(InputError) -> any Constraint in
        SplitValueThresholdConstraint(value: try parameters.number("value"), key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "split_value_threshold", summary: "A split leaves parts that are each worth some money")

    /// The least a part is worth.
    let value: Double
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        if order.carriesWholeOrder(in: context.dataset) { return true }
        let orders = context.dataset.orders
        var total = 0.0
        for row in orders.lines(of: order.order) {
            total += orders.linePrices[row] * Double(orders.lineQuantities[row])
        }
        return order.parcel.value >= value && total - order.parcel.value >= value
    }
}
