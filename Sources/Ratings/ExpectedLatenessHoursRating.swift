import Replay
import Storage

/// Hours by which the expected delivery (see `expected_delivery_hours`) misses the promise, by the day the end of the
/// promised day; 0 where it keeps it or nothing was promised. At most 8,760.
struct ExpectedLatenessHoursRating: RampRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(ExpectedLatenessHoursRating())

    let declaration = RatingDeclaration(
        name: "expected_lateness_hours", summary: "Expected delivery beyond the promise, 0 if in time", unit: "h",
        scale: 24)

    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? { .level(0) }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState) -> Double {
        let deadline = context.deadline(of: order.promisedAt)
        guard deadline < .infinity else { return 0 }
        let arrival = context.expectedArrival(order: order, lane: lane, waiting: Double(state.waiting[lane.node]))
        return Self.hours(arrival, beyond: deadline)
    }

    func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, candidates: CandidateRows,
        in context: ReplayContext, state: NetworkState, to scores: Buffer<Double>
    ) -> Double {
        let deadline = context.deadline(of: order.promisedAt)
        guard deadline < .infinity else {
            return scores.addTerms(weight: weight, offset: offset, scale: scale, count: candidates.count) { _ in 0 }
        }
        let arrivals = context.expectedArrivals(order: order, candidates: candidates, state: state)
        return scores.addTerms(weight: weight, offset: offset, scale: scale, count: candidates.count) { index in
            Self.hours(arrivals[index], beyond: deadline)
        }
    }

    func fill(
        order: OrderFacts, candidates: CandidateRows, in context: ReplayContext, state: LockstepState,
        into values: Buffer<Double>
    ) {
        let deadline = context.deadline(of: order.promisedAt)
        guard deadline < .infinity else {
            for index in 0..<candidates.count { values[eight: index] = SIMD8() }
            return
        }
        let arrivals = context.expectedArrivals(order: order, candidates: candidates, state: state)
        for index in 0..<candidates.count {
            let late = (arrivals[eight: index] - deadline) * (1 / 3_600)
            values[eight: index] = late.atLeast(0).atMost(longestExpectedHours)
        }
    }

    var fusedForm: FusedForm { .ramp(floor: 0, cap: longestExpectedHours) }

    func fillRamp(
        order: OrderFacts, lanes: Range<Int>, in context: ReplayContext, slopes: Buffer<Double>,
        intercepts: Buffer<Double>, at start: Int
    ) -> (slope: Double, intercept: Double) {
        let deadline = context.deadline(of: order.promisedAt)
        guard deadline < .infinity else {
            for offset in 0..<lanes.count {
                slopes[start + offset] = 0
                intercepts[start + offset] = 0
            }
            return (0, 0)
        }
        return context.fillExpectedHours(
            order: order, lanes: lanes, until: deadline, slopes: slopes, intercepts: intercepts, at: start)
    }

    /// Hours by which an arrival misses a deadline, at most ``longestExpectedHours``.
    @inline(__always)
    private static func hours(_ arrival: Double, beyond deadline: Double) -> Double {
        min(longestExpectedHours, max(0, (arrival - deadline) / 3_600))
    }
}
