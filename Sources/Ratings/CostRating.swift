import Replay
import Storage

/// Freight + handling + labour for the mean service time.
struct CostRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(CostRating())

    let declaration = RatingDeclaration(
        name: "cost", summary: "Freight + handling + mean labour", unit: "money", scale: 10)

    var dependence: RatingDependence { .order }
    var paysFreight: Bool { true }

    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? {
        context.lowestFreight(of: order.parcel).map { line in
            FreightLine(
                fixed: line.fixed + context.lowestHandlingAndLabour(of: order.parcel), perKilometre: line.perKilometre)
        }
    }

    func straightLine(lane: Int, in context: ReplayContext) -> LaneLine? {
        guard let freight = FreightRating().straightLine(lane: lane, in: context),
            let rest = context.handlingAndLabourOfAnyParcel(node: Int(context.tables.laneNodes[lane]))
        else { return nil }
        return LaneLine(
            fixed: freight.fixed + rest, perKilometre: freight.perKilometre, perItem: freight.perItem,
            perKilogram: freight.perKilogram)
    }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        context.freight(lane, parcel: order.parcel, at: order.time)
            + context.handlingAndLabour(node: lane.node, parcel: order.parcel)
    }

    func fill(
        order: OrderFacts, lanes: Range<Int>, in context: ReplayContext, offset: Double, scale: Double,
        into column: Buffer<Double>, at start: Int
    ) {
        // Handling once a node, the price line once a tariff: a zone's lanes are sorted by node.
        let nodes = context.tables.laneNodes
        let (tariffs, distances) = (context.tables.laneTariffs, context.tables.laneKilometres)
        let hasOrderPlaces = context.tables.hasOrderPlaces
        let hasPremium = context.hasPremium(at: order.time)
        context.withFreight(of: order.parcel) { prices in
            var node: Int32 = -1
            var handling = 0.0
            for row in lanes {
                if nodes[row] != node {
                    node = nodes[row]
                    handling = context.handlingAndLabour(node: Int(node), parcel: order.parcel)
                }
                let kilometres = hasOrderPlaces ? context.lane(row, for: order).kilometres : distances[row]
                var freight = prices.line(tariff: Int(tariffs[row])).price(kilometres: kilometres)
                if hasPremium {
                    freight *= context.freightMultiplier(service: Int(context.tables.laneServices[row]), at: order.time)
                }
                let value = freight + handling
                column[start &+ row &- lanes.lowerBound] = (value - offset) / scale
            }
        }
    }

    func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, candidates: CandidateRows,
        in context: ReplayContext, to scores: Buffer<Double>
    ) -> Double {
        // As in `fill`; for a few candidates the prices of all tariffs would be too many.
        guard candidates.count > Self.fewCandidates else {
            return scores.addTerms(weight: weight, offset: offset, scale: scale, count: candidates.count) { index in
                value(order: order, lane: context.lane(candidates[index], for: order), in: context)
            }
        }
        let nodes = context.tables.laneNodes
        let (tariffs, distances) = (context.tables.laneTariffs, context.tables.laneKilometres)
        let hasOrderPlaces = context.tables.hasOrderPlaces
        let hasPremium = context.hasPremium(at: order.time)
        return context.withFreight(of: order.parcel) { prices in
            var node: Int32 = -1
            var handling = 0.0
            return scores.addTerms(weight: weight, offset: offset, scale: scale, count: candidates.count) { index in
                let row = candidates[index]
                if nodes[row] != node {
                    node = nodes[row]
                    handling = context.handlingAndLabour(node: Int(node), parcel: order.parcel)
                }
                let kilometres = hasOrderPlaces ? context.lane(row, for: order).kilometres : distances[row]
                var freight = prices.line(tariff: Int(tariffs[row])).price(kilometres: kilometres)
                if hasPremium {
                    freight *= context.freightMultiplier(service: Int(context.tables.laneServices[row]), at: order.time)
                }
                return freight + handling
            }
        }
    }

    /// Up to this many candidates are priced one by one.
    private static let fewCandidates = 4
}
