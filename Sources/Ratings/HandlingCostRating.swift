import Replay

/// Handling of the parcel at the node + labour for its mean service time.
struct HandlingCostRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(HandlingCostRating())

    let declaration = RatingDeclaration(
        name: "handling_cost", summary: "Handling and mean labour cost at the node", unit: "money", scale: 10)

    var dependence: RatingDependence { .order }

    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? {
        FreightLine(fixed: context.lowestHandlingAndLabour(of: order.parcel), perKilometre: 0)
    }

    func straightLine(lane: Int, in context: ReplayContext) -> LaneLine? {
        context.handlingAndLabourOfAnyParcel(node: Int(context.tables.laneNodes[lane])).map { .level($0) }
    }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        context.handlingAndLabour(node: lane.node, parcel: order.parcel)
    }
}

extension ReplayContext {
    /// Handling of a parcel + labour cost per hour x mean service hours, money.
    func handlingAndLabour(node: Int, parcel: Parcel) -> Double {
        let hours = meanServiceSeconds(node: node, parcel: parcel) / 3_600
        return handling(node: node, parcel: parcel) + tables.nodes[node].labourCostPerHour * hours
    }

    /// The same where it is the same for all parcels; nil elsewhere.
    func handlingAndLabourOfAnyParcel(node: Int) -> Double? {
        let numbers = tables.nodes[node]
        guard numbers.handlingCostPerItem == 0, numbers.serviceSecondsPerItem == 0, numbers.handlingCostPerLine == 0,
            numbers.serviceSecondsPerLine == 0
        else { return nil }
        return numbers.handlingCostPerOrder + numbers.labourCostPerHour * (numbers.serviceSecondsPerOrder / 3_600)
    }
}
