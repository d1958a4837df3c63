import Replay
import Storage

/// Hours from now until the order is expected at the customer: the wait for the node to open, Q / stations x mean service
/// + mean service, the wait for the next collection, transit at the weather and traffic of now; Q is the pick queue.
///
/// Every shipment in the queue counts as long as this parcel's; carrier capacity is left out. At most 8,760.
struct ExpectedDeliveryHoursRating: EndogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(ExpectedDeliveryHoursRating())

    let declaration = RatingDeclaration(
        name: "expected_delivery_hours", summary: "Hours to the customer: queue, service, next collection, transit",
        unit: "h", scale: 24)

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState) -> Double {
        var expectation = ArrivalExpectation(order: order, in: context)
        return Self.hours(order, lane, state, &expectation)
    }

    func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, candidates: CandidateRows,
        in context: ReplayContext, state: NetworkState, to scores: Buffer<Double>
    ) -> Double {
        let arrivals = context.expectedArrivals(order: order, candidates: candidates, state: state)
        var largest = 0.0
        for index in 0..<candidates.count {
            let value = min(longestExpectedHours, (arrivals[index] - order.time) / 3_600)
            let term = weight * ((value - offset) / scale)
            scores[index] += term
            largest = max(largest, abs(term))
        }
        return largest
    }

    /// The value for a lane, given what is known of its node.
    @inline(__always)
    private static func hours(
        _ order: OrderFacts, _ lane: LaneFacts, _ state: NetworkState, _ expectation: inout ArrivalExpectation
    ) -> Double {
        let arrival = expectation.arrival(by: lane, waiting: Double(state.waiting[lane.node]))
        return min(longestExpectedHours, (arrival - order.time) / 3_600)
    }
}
