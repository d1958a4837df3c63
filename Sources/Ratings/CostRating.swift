import Replay

/// Freight + handling + labour for the mean service time.
struct CostRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(CostRating())

    let declaration = RatingDeclaration(
        name: "cost", summary: "Freight + handling + mean labour", unit: "money", scale: 10)

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        context.freight(lane, parcel: order.parcel)
            + context.handlingAndLabour(node: lane.node, parcel: order.parcel)
    }
}
