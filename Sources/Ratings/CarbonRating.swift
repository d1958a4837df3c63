import Replay
import Storage

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

    func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, candidates: CandidateRows,
        in context: ReplayContext, to scores: Buffer<Double>
    ) -> Double {
        // A service has one emission factor: its line over the kilometres is summed once an order.
        let (services, distances) = (context.tables.laneServices, context.tables.laneKilometres)
        let hasOrderPlaces = context.tables.hasOrderPlaces
        return context.withEmissions(of: order.parcel) { emissions in
            scores.addTerms(weight: weight, offset: offset, scale: scale, count: candidates.count) { index in
                let row = candidates[index]
                let kilometres = hasOrderPlaces ? context.lane(row, for: order).kilometres : distances[row]
                return emissions.kilograms(service: Int(services[row]), kilometres: kilometres)
            }
        }
    }
}
