import Domain
import Replay
import Storage

/// Hours by which a planner's sum misses the promise: (1 + Q / stations) x mean service + base transit hours, Q the pick
/// queue; 0 where it keeps it or nothing was promised.
///
/// The mean service is that of a parcel of `items` units (the order's own unless given), for the order and for every
/// shipment before it. Opening hours, cut-offs, weather and traffic are left out: `expected_lateness_hours` counts them.
struct NominalLatenessHoursRating: EndogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Rating>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration(
                "items", .number(.positive), unit: "units", isOptional: true,
                summary: "units a parcel is taken to have in a pick; the order's own unless given")
        ]
    ) { (parameters, _) throws(InputError) -> any Rating in
        NominalLatenessHoursRating(
            items: try parameters.optionalNumber("items"), key: declaration.name + parameters.key)
    }
    private static let declaration = RatingDeclaration(
        name: "nominal_lateness_hours", summary: "Mean queue, service and transit beyond the promise, 0 if in time",
        unit: "h", scale: 24)

    /// Units of a parcel in a pick; nil = the order's.
    let items: Double?
    let key: String
    var declaration: RatingDeclaration { Self.declaration }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState) -> Double {
        let deadline = context.deadline(of: order.promisedAt)
        guard deadline < .infinity else { return 0 }
        return hours(
            lane, parcel: pickedParcel(order), left: (deadline - order.time) / 3_600, in: context, state: state)
    }

    func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, candidates: CandidateRows,
        in context: ReplayContext, state: NetworkState, to scores: Buffer<Double>
    ) -> Double {
        let deadline = context.deadline(of: order.promisedAt)
        guard deadline < .infinity else {
            return scores.addTerms(weight: weight, offset: offset, scale: scale, count: candidates.count) { _ in 0 }
        }
        let parcel = pickedParcel(order)
        let left = (deadline - order.time) / 3_600
        return scores.addTerms(weight: weight, offset: offset, scale: scale, count: candidates.count) { index in
            hours(context.lane(candidates[index], for: order), parcel: parcel, left: left, in: context, state: state)
        }
    }

    /// The parcel as it is taken to be in a pick.
    private func pickedParcel(_ order: OrderFacts) -> Parcel {
        var parcel = order.parcel
        if let items { parcel.items = items }
        return parcel
    }

    /// Hours beyond those that are left.
    @inline(__always)
    private func hours(
        _ lane: LaneFacts, parcel: Parcel, left: Double, in context: ReplayContext, state: NetworkState
    ) -> Double {
        let serviceHours = context.meanServiceSeconds(node: lane.node, parcel: parcel) / 3_600
        let shipments = 1 + Double(state.waiting[lane.node]) / Double(context.tables.nodes[lane.node].stations)
        return max(0, shipments * serviceHours + lane.baseHours - left)
    }
}
