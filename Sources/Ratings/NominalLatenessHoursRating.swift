import Domain
import Replay
import Storage

/// Hours by which a planner's sum misses the promise: (1 + Q / stations) x mean service + base transit hours, Q the pick
/// queue; 0 where it keeps it or nothing was promised.
///
/// The mean service is that of a parcel of `items` units (the order's own unless given), for the order and for every
/// shipment before it. Opening hours, cut-offs, weather and traffic are left out: `expected_lateness_hours` counts them.
struct NominalLatenessHoursRating: RampRating {
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

    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? { .level(0) }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState) -> Double {
        hours(
            node: lane.node, baseHours: lane.baseHours, parcel: pickedParcel(order), left: hoursLeft(order, context),
            in: context, state: state)
    }

    func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, candidates: CandidateRows,
        in context: ReplayContext, state: NetworkState, to scores: Buffer<Double>
    ) -> Double {
        let parcel = pickedParcel(order)
        let left = hoursLeft(order, context)
        let nodes = context.tables.laneNodes
        return scores.addTerms(weight: weight, offset: offset, scale: scale, count: candidates.count) { index in
            let row = candidates[index]
            return hours(
                node: Int(nodes[row]), baseHours: context.baseHours(row, for: order), parcel: parcel, left: left,
                in: context, state: state)
        }
    }

    func fill(
        order: OrderFacts, candidates: CandidateRows, in context: ReplayContext, state: LockstepState,
        into values: Buffer<Double>
    ) {
        let parcel = pickedParcel(order)
        let left = hoursLeft(order, context)
        for index in 0..<candidates.count {
            let row = candidates[index]
            let node = Int(context.tables.laneNodes[row])
            let serviceHours = context.meanServiceSeconds(node: node, parcel: parcel) / 3_600
            // Rounded as for a strategy by itself: what is left after the subtraction may be small beside its parts.
            let shipments = 1 + state.waiting(node: node) / Double(context.tables.nodes[node].stations)
            let hours = shipments * serviceHours + context.baseHours(row, for: order) - left
            values[eight: index] = hours.atLeast(0)
        }
    }

    var fusedForm: FusedForm { .ramp(floor: 0, cap: .infinity) }

    var followsWorld: Bool { false }

    func fillRamp(
        order: OrderFacts, lanes: Range<Int>, in context: ReplayContext, slopes: Buffer<Double>,
        intercepts: Buffer<Double>, at start: Int
    ) -> (slope: Double, intercept: Double) {
        let parcel = pickedParcel(order)
        let left = hoursLeft(order, context)
        let (laneNodes, nodes) = (context.tables.laneNodes, context.tables.nodes)
        var (steepest, highest) = (0.0, 0.0)
        for offset in 0..<lanes.count {
            let row = lanes.lowerBound + offset
            let node = Int(laneNodes[row])
            let serviceHours = context.meanServiceSeconds(node: node, parcel: parcel) * hoursPerSecond
            let slope = serviceHours * nodes[node].inverseStations
            let hours = serviceHours + context.baseHours(row, for: order)
            slopes[start + offset] = slope
            intercepts[start + offset] = hours - left
            steepest = slope > steepest ? slope : steepest
            highest = hours > highest ? hours : highest
        }
        // Without a promise the value is 0 whatever the rest.
        return (steepest, left < .infinity ? highest + abs(left) : 0)
    }

    /// Hours until the promise is broken; +infinity where nothing was promised.
    private func hoursLeft(_ order: OrderFacts, _ context: ReplayContext) -> Double {
        (context.deadline(of: order.promisedAt) - order.time) / 3_600
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
        node: Int, baseHours: Double, parcel: Parcel, left: Double, in context: ReplayContext, state: NetworkState
    ) -> Double {
        let serviceHours = context.meanServiceSeconds(node: node, parcel: parcel) / 3_600
        let shipments = 1 + Double(state.waiting[node]) / Double(context.tables.nodes[node].stations)
        return max(0, shipments * serviceHours + baseHours - left)
    }
}
