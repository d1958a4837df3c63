import Replay

/// Emissions of the parcel on the lane by its service's emission factor; 0 where the service states none.
struct CarbonRating: LanePriceRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(CarbonRating())

    let declaration = RatingDeclaration(
        name: "carbon", summary: "Emissions of the transport, kg CO2e", unit: "kg CO2e", scale: 1)

    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? {
        context.lowestCarbonKilograms(of: order.parcel)
    }

    func straightLine(lane: Int, in context: ReplayContext) -> LaneLine? {
        let emission = context.tables.services[Int(context.tables.laneServices[lane])].emission
        return emission < 0 ? .level(0) : context.tables.laneLine(tariff: emission)
    }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        context.carbonKilograms(lane, parcel: order.parcel)
    }

    func amount(_ lane: LaneFacts, prices: ParcelPrices) -> Double { prices.carbonKilograms(lane) }
}
