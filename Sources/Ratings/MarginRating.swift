import Replay

/// What the parcel earns: value - cost of goods - freight - handling - labour for the mean service time.
///
/// The smallest score wins, so a negative weight seeks it.
struct MarginRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(MarginRating())

    let declaration = RatingDeclaration(
        name: "margin", summary: "Value - goods - freight - handling (seek it by a negative weight)", unit: "money",
        scale: 10)

    var dependence: RatingDependence { .order }
    var paysFreight: Bool { true }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        order.parcel.value - order.parcel.goodsCost - context.freight(lane, parcel: order.parcel, at: order.time)
            - context.handlingAndLabour(node: lane.node, parcel: order.parcel)
    }
}
