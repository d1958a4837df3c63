import Replay
import Storage

/// The share of the node's local day that is spoken for: mean service seconds of the shipments assigned today / station
/// seconds on offer today, or shipments assigned today / daily order limit, whichever is larger; 1 if closed all day.
///
/// May pass 1: a queue can be assigned more than a day's work.
struct UtilisationRating: FusedRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(UtilisationRating())

    let declaration = RatingDeclaration(
        name: "utilisation", summary: "Share of the node's day that is spoken for", unit: "share", scale: 1)

    var isByNode: Bool { true }
    var fusedForm: FusedForm { .shareOfDay }

    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? { .level(0) }

    func value(
        order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState
    ) -> Double {
        context.utilisation(node: lane.node, state: state)
    }

    func fill(
        order: OrderFacts, candidates: CandidateRows, in context: ReplayContext, state: LockstepState,
        into values: Buffer<Double>
    ) {
        for index in 0..<candidates.count {
            let node = Int(context.tables.laneNodes[candidates[index]])
            values[eight: index] = context.utilisation(node: node, state: state)
        }
    }
}
