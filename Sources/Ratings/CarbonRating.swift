import Replay
import Storage

/// Emissions of the parcel on the lane by its service's emission factor; 0 where the service states none.
struct CarbonRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(CarbonRating())

    let declaration = RatingDeclaration(
        name: "carbon", summary: "Emissions of the transport, kg CO2e", unit: "kg CO2e", scale: 1)

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        context.carbonKilograms(lane, parcel: order.parcel)
    }
    func fill(
        order: OrderFacts, lanes: Range<Int>, in context: ReplayContext, offset: Double, scale: Double,
        into column: Buffer<Double>, at start: Int
    ) {
        let prices = context.prices(of: order.parcel)
        for row in lanes {
            let value = prices.carbonKilograms(context.lane(row, for: order))
            column[start + row - lanes.lowerBound] = (value - offset) / scale
        }
    }

    func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, candidates: CandidateRows,
        in context: ReplayContext, to scores: Buffer<Double>
    ) -> Double {
        let prices = context.prices(of: order.parcel)
        var largest = 0.0
        for index in 0..<candidates.count {
            let value = prices.carbonKilograms(context.lane(candidates[index], for: order))
            let term = weight * ((value - offset) / scale)
            scores[index] += term
            largest = max(largest, abs(term))
        }
        return largest
    }
}
