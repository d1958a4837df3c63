import Replay
import Storage

/// Hours by which the expected delivery (see `expected_delivery_hours`) misses the promise, by the day the end of the
/// promised day; 0 where it keeps it or nothing was promised. At most 8,760.
struct ExpectedLatenessHoursRating: EndogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(ExpectedLatenessHoursRating())

    let declaration = RatingDeclaration(
        name: "expected_lateness_hours", summary: "Expected delivery beyond the promise, 0 if in time", unit: "h",
        scale: 24)

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState) -> Double {
        var expectation = ArrivalExpectation(order: order, in: context)
        return Self.hours(lane, context.deadline(of: order.promisedAt), state, &expectation)
    }

    func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, candidates: CandidateRows,
        in context: ReplayContext, state: NetworkState, to scores: Buffer<Double>
    ) -> Double {
        let deadline = context.deadline(of: order.promisedAt)
        guard deadline < .infinity else { return addNothing(weight, offset, scale, candidates, to: scores) }
        let arrivals = context.expectedArrivals(order: order, candidates: candidates, state: state)
        var largest = 0.0
        for index in 0..<candidates.count {
            let value = min(longestExpectedHours, max(0, (arrivals[index] - deadline) / 3_600))
            let term = weight * ((value - offset) / scale)
            scores[index] += term
            largest = max(largest, abs(term))
        }
        return largest
    }

    /// Nothing was promised: 0 hours for every candidate.
    private func addNothing(
        _ weight: Double, _ offset: Double, _ scale: Double, _ candidates: CandidateRows, to scores: Buffer<Double>
    ) -> Double {
        let term = weight * ((0 - offset) / scale)
        for index in 0..<candidates.count { scores[index] += term }
        return abs(term)
    }

    /// The value for a lane, given what is known of its node.
    @inline(__always)
    private static func hours(
        _ lane: LaneFacts, _ deadline: Double, _ state: NetworkState, _ expectation: inout ArrivalExpectation
    ) -> Double {
        guard deadline < .infinity else { return 0 }
        let arrival = expectation.arrival(by: lane, waiting: Double(state.waiting[lane.node]))
        return min(longestExpectedHours, max(0, (arrival - deadline) / 3_600))
    }
}
