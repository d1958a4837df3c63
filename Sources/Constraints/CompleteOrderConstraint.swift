import History
import Replay

/// The candidate would carry every line of the order: complete stock at one node, no split.
struct CompleteOrderConstraint: ExogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(CompleteOrderConstraint())

    let declaration = ConstraintDeclaration(
        name: "complete_order", summary: "All lines of the order from one node")

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        order.carriesWholeOrder(in: context.dataset)
    }
}

extension OrderFacts {
    /// Whether the parcel holds every unit of the order.
    func carriesWholeOrder(in dataset: Dataset) -> Bool {
        var units = 0
        for row in dataset.orders.lines(of: order) { units += Int(dataset.orders.lineQuantities[row]) }
        return parcel.items == Double(units)
    }
}
