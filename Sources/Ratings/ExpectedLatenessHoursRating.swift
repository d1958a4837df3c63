import Replay

/// Hours by which the expected delivery (see `expected_delivery_hours`) misses the promise, by the day the end of the
/// promised day; 0 where it keeps it or nothing was promised. At most 8,760.
struct ExpectedLatenessHoursRating: EndogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(ExpectedLatenessHoursRating())

    let declaration = RatingDeclaration(
        name: "expected_lateness_hours", summary: "Expected delivery beyond the promise, 0 if in time", unit: "h",
        scale: 24)

    func value(
        order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState
    ) -> Double {
        min(
            longestExpectedHours,
            max(
                0,
                (context.expectedArrival(order: order, lane: lane, waiting: Double(state.waiting[lane.node]))
                    - context.deadline(of: order.promisedAt)) / 3_600))
    }
}
