import Replay

/// Kilometres of the lane: from the node to the order's place.
struct DistanceRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(DistanceRating())

    let declaration = RatingDeclaration(
        name: "distance", summary: "Kilometres from node to customer", unit: "km", scale: 100)

    var dependence: RatingDependence { .lane }

    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? {
        FreightLine(fixed: 0, perKilometre: 1)
    }

    func straightLine(lane: Int, in context: ReplayContext) -> LaneLine? { LaneLine(fixed: 0, perKilometre: 1) }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        lane.kilometres
    }
}
