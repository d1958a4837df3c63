import Replay
import Storage

/// Shipments waiting in the node's pick queue / its stations.
struct QueuePerStationRating: FusedRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(QueuePerStationRating())

    let declaration = RatingDeclaration(
        name: "queue_per_station", summary: "Shipments in the node's pick queue per station", unit: "shipments",
        scale: 10)

    var isByNode: Bool { true }
    var fusedForm: FusedForm { .queuePerStation }

    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? { .level(0) }

    func value(
        order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState
    ) -> Double {
        Double(state.waiting[lane.node]) / Double(context.tables.nodes[lane.node].stations)
    }

    func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, candidates: CandidateRows,
        in context: ReplayContext, state: NetworkState, to scores: Buffer<Double>
    ) -> Double {
        let laneNodes = context.tables.laneNodes
        let nodes = context.tables.nodes
        return scores.addTerms(weight: weight, offset: offset, scale: scale, count: candidates.count) { index in
            let node = Int(laneNodes[candidates[index]])
            return Double(state.waiting[node]) / Double(nodes[node].stations)
        }
    }

    func fill(
        order: OrderFacts, candidates: CandidateRows, in context: ReplayContext, state: LockstepState,
        into values: Buffer<Double>
    ) {
        for index in 0..<candidates.count {
            let node = Int(context.tables.laneNodes[candidates[index]])
            values[eight: index] = state.waiting(node: node) * (1 / Double(context.tables.nodes[node].stations))
        }
    }
}
