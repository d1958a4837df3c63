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

    func fill(
        order: OrderFacts, lanes: Range<Int>, in context: ReplayContext, offset: Double, scale: Double,
        into column: inout [Double], at start: Int
    ) {
        // Handling once a node: a zone's lanes are sorted by node.
        var node = -1
        var handling = 0.0
        for row in lanes {
            let lane = context.lane(row, for: order)
            if lane.node != node {
                node = lane.node
                handling = context.handlingAndLabour(node: node, parcel: order.parcel)
            }
            let value = context.freight(lane, parcel: order.parcel) + handling
            column[start + row - lanes.lowerBound] = (value - offset) / scale
        }
    }
}
