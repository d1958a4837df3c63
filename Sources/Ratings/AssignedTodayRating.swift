import Replay

/// Shipments assigned to the node this local day: a positive weight spreads them evenly.
struct AssignedTodayRating: EndogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(AssignedTodayRating())

    let declaration = RatingDeclaration(
        name: "assigned_today", summary: "Shipments assigned to the node this local day", unit: "shipments", scale: 100)

    var isByNode: Bool { true }

    func value(
        order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState
    ) -> Double {
        Double(state.assignedToday[lane.node])
    }
}
