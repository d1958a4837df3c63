import Replay

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
        weight: Double, offset: Double, scale: Double, order: OrderFacts, lanes: Range<Int>,
        in context: ReplayContext, state: NetworkState, to scores: inout [Double]
    ) -> Double {
        let deadline = context.deadline(of: order.promisedAt)
        var expectation = ArrivalExpectation(order: order, in: context)
        var largest = 0.0
        for row in lanes where scores[row - lanes.lowerBound] < .infinity {
            let value = Self.hours(context.lane(row, for: order), deadline, state, &expectation)
            let term = weight * ((value - offset) / scale)
            scores[row - lanes.lowerBound] += term
            largest = max(largest, abs(term))
        }
        return largest
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
