import Replay
import Storage

/// A rating that is a straight line over the kilometres for a parcel: a tariff's price, a service's emissions. The lines of
/// a parcel are summed once for a run of lanes.
protocol LanePriceRating: ExogenousRating {
    /// What a parcel with these prices comes to on a lane.
    func amount(_ lane: LaneFacts, prices: ParcelPrices) -> Double
}

extension LanePriceRating {
    var dependence: RatingDependence { .order }

    func fill(
        order: OrderFacts, lanes: Range<Int>, in context: ReplayContext, offset: Double, scale: Double,
        into column: Buffer<Double>, at start: Int
    ) {
        let hasPremium = paysFreight && context.hasPremium(at: order.time)
        context.withPrices(of: order.parcel) { prices in
            for row in lanes {
                let lane = context.lane(row, for: order)
                var value = amount(lane, prices: prices)
                if hasPremium { value *= context.freightMultiplier(service: lane.service, at: order.time) }
                column[start + row - lanes.lowerBound] = (value - offset) / scale
            }
        }
    }

    func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, candidates: CandidateRows,
        in context: ReplayContext, to scores: Buffer<Double>
    ) -> Double {
        let hasPremium = paysFreight && context.hasPremium(at: order.time)
        return context.withPrices(of: order.parcel) { prices in
            scores.addTerms(weight: weight, offset: offset, scale: scale, count: candidates.count) { index in
                let lane = context.lane(candidates[index], for: order)
                let amount = amount(lane, prices: prices)
                return hasPremium ? amount * context.freightMultiplier(service: lane.service, at: order.time) : amount
            }
        }
    }
}
