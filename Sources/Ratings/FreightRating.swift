import Replay

/// What the carrier asks: the lane's tariff for the parcel, times the premium of the hour.
struct FreightRating: LanePriceRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(FreightRating())

    let declaration = RatingDeclaration(
        name: "freight", summary: "The carrier's price", unit: "money", scale: 10)

    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? {
        context.lowestFreight(of: order.parcel)
    }

    func straightLine(lane: Int, in context: ReplayContext) -> LaneLine? {
        context.world.freightMultiplier.hourCount == 0
            ? context.tables.laneLine(tariff: Int(context.tables.laneTariffs[lane])) : nil
    }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        context.freight(lane, parcel: order.parcel, at: order.time)
    }

    func amount(_ lane: LaneFacts, prices: ParcelPrices) -> Double { prices.freight(lane) }

    var paysFreight: Bool { true }
}
