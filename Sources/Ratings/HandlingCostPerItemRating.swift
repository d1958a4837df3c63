import Replay

/// What the node asks for handling one further unit, whatever the order: a measure of how dear its hands are.
struct HandlingCostPerItemRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(HandlingCostPerItemRating())

    let declaration = RatingDeclaration(
        name: "handling_cost_per_item", summary: "What the node asks for handling a unit", unit: "money", scale: 10)

    var dependence: RatingDependence { .lane }
    var followsPlace: Bool { false }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        context.tables.nodes[lane.node].handlingCostPerItem
    }
}
