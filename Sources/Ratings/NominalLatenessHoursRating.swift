import Domain
import Replay

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
        let node = context.tables.nodes[lane.node]
        var parcel = order.parcel
        if let items { parcel.items = items }
        let serviceHours = context.meanServiceSeconds(node: lane.node, parcel: parcel) / 3_600
        let shipments = 1 + Double(state.waiting[lane.node]) / Double(node.stations)
        return max(0, shipments * serviceHours + lane.baseHours - (deadline - order.time) / 3_600)
    }
}
