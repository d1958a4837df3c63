import Replay

/// Hours on the way at the weather and traffic of now: half the base hours x the slowness of the node's region, half x that
/// of the zone's (all at the node's with `transit_effect: at_hand_over`).
struct TransitHoursRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(TransitHoursRating())

    let declaration = RatingDeclaration(
        name: "transit_hours", summary: "Base transit hours x weather and traffic of now", unit: "h", scale: 24)

    var dependence: RatingDependence { .laneAndHour }

    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? {
        context.lowestTransitHours(at: order.time)
    }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        context.transitHours(lane, zoneRegion: order.region, at: order.time)
    }
}
