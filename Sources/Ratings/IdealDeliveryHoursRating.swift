import Replay

/// Hours from now to the customer as if the pick queue were empty: next opening, mean service, next collection, transit.
///
/// At most 8,760.
struct IdealDeliveryHoursRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(IdealDeliveryHoursRating())

    let declaration = RatingDeclaration(
        name: "ideal_delivery_hours", summary: "Hours to the customer if no other order were in the queue", unit: "h",
        scale: 24)

    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? {
        context.lowestTransitHours(at: order.time)
    }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        min(
            longestExpectedHours,
            (context.expectedArrival(order: order, lane: lane, waiting: 0) - order.time) / 3_600)
    }
}
