import Replay

/// Emissions of the parcel on the lane (see `carbon`) / units in it: how clean the way is, whatever the order's size.
struct CarbonPerItemRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(CarbonPerItemRating())

    let declaration = RatingDeclaration(
        name: "carbon_per_item", summary: "Emissions of the transport, kg CO2e a unit", unit: "kg CO2e", scale: 1)

    var dependence: RatingDependence { .order }

    func straightLine(lane: Int, in context: ReplayContext) -> LaneLine? {
        let emission = context.tables.services[Int(context.tables.laneServices[lane])].emission
        return emission < 0 ? .level(0) : context.tables.laneLineOfAnItem(tariff: emission)
    }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        // A parcel has a unit at least.
        context.carbonKilograms(lane, parcel: order.parcel) / max(1, order.parcel.items)
    }
}
