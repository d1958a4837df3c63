import Replay

/// Value of the lines the candidate would carry. The same for all candidates of an order: of use in a `product`.
struct OrderValueRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(OrderValueRating())

    let declaration = RatingDeclaration(
        name: "order_value", summary: "Value of the lines; of use in a product with another rating", unit: "money",
        scale: 100)

    var dependence: RatingDependence { .order }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        order.parcel.value
    }
}
