import Replay

/// Mean pick-and-pack hours of the parcel at the node, without queueing.
struct ProcessingHoursRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(ProcessingHoursRating())

    let declaration = RatingDeclaration(
        name: "processing_hours", summary: "Mean pick-and-pack hours at the node", unit: "h", scale: 1)

    var dependence: RatingDependence { .order }

    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? { .level(0) }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        context.meanServiceSeconds(node: lane.node, parcel: order.parcel) / 3_600
    }
}
