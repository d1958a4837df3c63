import Domain
import History
import Replay

/// now + mean service + buffer is no later than the service's last collection at the node's local day: the parcel can leave
/// today. A service that collects at any time must find it packed by the end of the day. The queue is left out.
struct SameDayReachableConstraint: ExogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration(
                "buffer_minutes", .number(.nonNegative), unit: "min", default: 30,
                summary: "kept in reserve before the collection")
        ]
    ) { (parameters, _) throws(InputError) -> any Constraint in
        SameDayReachableConstraint(
            bufferSeconds: try parameters.number("buffer_minutes") * 60, key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "same_day_reachable", summary: "Packed before the last collection of today")

    /// Kept in reserve, seconds.
    let bufferSeconds: Double
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        let packed =
            order.time + context.meanServiceSeconds(node: lane.node, parcel: order.parcel) + bufferSeconds
        let endOfDay = context.calendar.midnights[context.calendar.day(of: order.time) + 1]
        return context.nextCollection(service: lane.service, after: packed) < endOfDay
    }
}
