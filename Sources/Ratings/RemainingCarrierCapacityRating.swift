import Domain
import History
import Replay

/// Shipments that the service could still take at the node today: its daily capacity - what was assigned to it today,
/// at most `cap`, which is also what a service without a limit counts for.
///
/// Below 0 where more was assigned than it takes; the rest is handed over on later days. A negative weight seeks room.
struct RemainingCarrierCapacityRating: EndogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Rating>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration(
                "cap", .number(.positive), unit: "shipments", default: 1_000,
                summary: "the most that counts, and what an unlimited service counts for")
        ]
    ) { (parameters, _) throws(InputError) -> any Rating in
        RemainingCarrierCapacityRating(cap: try parameters.number("cap"), key: declaration.name + parameters.key)
    }
    private static let declaration = RatingDeclaration(
        name: "remaining_carrier_capacity",
        summary: "Shipments the service can still take at the node today (seek it by a negative weight)",
        unit: "shipments", scale: 100)

    /// The most that counts.
    let cap: Double
    let key: String
    var declaration: RatingDeclaration { Self.declaration }

    func value(
        order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState
    ) -> Double {
        let services = context.dataset.services
        guard let capacity = services[lane.service].dailyCapacity else { return cap }
        let assigned = state.assignedTodayByService[lane.node * services.count + lane.service]
        return min(cap, Double(capacity) - Double(assigned))
    }
}
