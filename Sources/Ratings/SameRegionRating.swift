import Replay

/// Whether the node lies in the region of the order's zone. 1 or 0; a negative weight seeks it.
struct SameRegionRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(SameRegionRating())

    let declaration = RatingDeclaration(
        name: "same_region", summary: "1 where node and customer are in one region (seek it by a negative weight)",
        unit: "0 or 1", scale: 1)

    var dependence: RatingDependence { .lane }
    var followsPlace: Bool { false }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        context.tables.nodes[lane.node].region == order.region ? 1 : 0
    }
}
