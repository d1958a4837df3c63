import Replay
import Storage

/// Hours from now until the order is expected at the customer: the wait for the node to open, Q / stations x mean service
/// + mean service, the wait for the next collection, transit at the weather and traffic of now; Q is the pick queue.
///
/// Every shipment in the queue counts as long as this parcel's; carrier capacity is left out. At most 8,760.
struct ExpectedDeliveryHoursRating: RampRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(ExpectedDeliveryHoursRating())

    let declaration = RatingDeclaration(
        name: "expected_delivery_hours", summary: "Hours to the customer: queue, service, next collection, transit",
        unit: "h", scale: 24)

    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? {
        context.lowestTransitHours(at: order.time)
    }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState) -> Double {
        let arrival = context.expectedArrival(order: order, lane: lane, waiting: Double(state.waiting[lane.node]))
        return Self.hours(until: arrival, from: order.time)
    }

    func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, candidates: CandidateRows,
        in context: ReplayContext, state: NetworkState, to scores: Buffer<Double>
    ) -> Double {
        let arrivals = context.expectedArrivals(order: order, candidates: candidates, state: state)
        return scores.addTerms(weight: weight, offset: offset, scale: scale, count: candidates.count) { index in
            Self.hours(until: arrivals[index], from: order.time)
        }
    }

    func fill(
        order: OrderFacts, candidates: CandidateRows, in context: ReplayContext, state: LockstepState,
        into values: Buffer<Double>
    ) {
        let arrivals = context.expectedArrivals(order: order, candidates: candidates, state: state)
        for index in 0..<candidates.count {
            values[eight: index] = ((arrivals[eight: index] - order.time) * (1 / 3_600)).atMost(longestExpectedHours)
        }
    }

    var fusedForm: FusedForm { .ramp(floor: -.infinity, cap: longestExpectedHours) }

    func fillRamp(
        order: OrderFacts, lanes: Range<Int>, in context: ReplayContext, slopes: Buffer<Double>,
        intercepts: Buffer<Double>, at start: Int
    ) -> (slope: Double, intercept: Double) {
        context.fillExpectedHours(
            order: order, lanes: lanes, until: order.time, slopes: slopes, intercepts: intercepts, at: start)
    }

    /// Hours between two instants, at most ``longestExpectedHours``.
    @inline(__always)
    private static func hours(until arrival: Double, from time: Double) -> Double {
        min(longestExpectedHours, (arrival - time) / 3_600)
    }
}
