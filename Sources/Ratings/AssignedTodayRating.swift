import Replay
import Storage

/// Shipments assigned to the node this local day: a positive weight spreads them evenly.
struct AssignedTodayRating: LockstepRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(AssignedTodayRating())

    let declaration = RatingDeclaration(
        name: "assigned_today", summary: "Shipments assigned to the node this local day", unit: "shipments", scale: 100)

    var isByNode: Bool { true }

    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? { .level(0) }

    func value(
        order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState
    ) -> Double {
        Double(state.assignedToday[lane.node])
    }

    func fill(
        order: OrderFacts, candidates: CandidateRows, in context: ReplayContext, state: LockstepState,
        into values: Buffer<Double>
    ) {
        for index in 0..<candidates.count {
            values[eight: index] = state.assignedToday(node: Int(context.tables.laneNodes[candidates[index]]))
        }
    }
}
