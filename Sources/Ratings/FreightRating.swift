import Replay
import Storage

/// What the carrier asks: the lane's tariff for the parcel.
struct FreightRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(FreightRating())

    let declaration = RatingDeclaration(
        name: "freight", summary: "The carrier's price", unit: "money", scale: 10)

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        context.freight(lane, parcel: order.parcel)
    }
    func fill(
        order: OrderFacts, lanes: Range<Int>, in context: ReplayContext, offset: Double, scale: Double,
        into column: Buffer<Double>, at start: Int
    ) {
        let prices = context.prices(of: order.parcel)
        for row in lanes {
            let value = prices.freight(context.lane(row, for: order))
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
            let value = prices.freight(context.lane(candidates[index], for: order))
            let term = weight * ((value - offset) / scale)
            scores[index] += term
            largest = max(largest, abs(term))
        }
        return largest
    }
}
