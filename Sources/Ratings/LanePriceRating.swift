import Replay
import Storage

/// A rating that is a straight line over the kilometres for a parcel: a tariff's price, a service's emissions. The lines of
/// a parcel are summed once for a run of lanes.
protocol LanePriceRating: ExogenousRating {
    /// What a parcel with these prices comes to on a lane.
    func amount(_ lane: LaneFacts, prices: ParcelPrices) -> Double

    /// Whether the line is all there is to it for an order.
    func isStraight(_ order: OrderFacts, in context: ReplayContext) -> Bool
}

extension LanePriceRating {
    var dependence: RatingDependence { .order }

    func isStraight(_ order: OrderFacts, in context: ReplayContext) -> Bool { true }

    func fill(
        order: OrderFacts, lanes: Range<Int>, in context: ReplayContext, offset: Double, scale: Double,
        into column: Buffer<Double>, at start: Int
    ) {
        let prices = isStraight(order, in: context) ? context.prices(of: order.parcel) : nil
        for row in lanes {
            let value = amount(context.lane(row, for: order), prices: prices, order: order, in: context)
            column[start + row - lanes.lowerBound] = (value - offset) / scale
        }
    }

    func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, candidates: CandidateRows,
        in context: ReplayContext, to scores: Buffer<Double>
    ) -> Double {
        let prices = isStraight(order, in: context) ? context.prices(of: order.parcel) : nil
        return scores.addTerms(weight: weight, offset: offset, scale: scale, count: candidates.count) { index in
            amount(context.lane(candidates[index], for: order), prices: prices, order: order, in: context)
        }
    }

    /// What a parcel comes to on a lane, by its prices where they are all.
    private func amount(
        _ lane: LaneFacts, prices: ParcelPrices?, order: OrderFacts, in context: ReplayContext
    ) -> Double {
        prices.map { amount(lane, prices: $0) } ?? value(order: order, lane: lane, in: context)
    }
}
