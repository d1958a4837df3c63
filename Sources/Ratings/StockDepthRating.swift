import Replay
import Storage

/// How deep the order digs into the node's stock: units ordered / units available, of the product where that is
/// largest. 1 takes the last unit, 0.01 one in a hundred.
///
/// Less than one unit available (safety stock in use) counts as one.
struct StockDepthRating: FusedRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(StockDepthRating())

    let declaration = RatingDeclaration(
        name: "stock_depth", summary: "Units ordered / units available at the node, worst line", unit: "share")

    var isByNode: Bool { true }
    var fusedForm: FusedForm { .stockDepth }

    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? { .level(0) }

    func value(
        order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState
    ) -> Double {
        var deepest = 0.0
        order.forEachProduct(in: context.dataset) { product, quantity in
            let available = max(1, Double(state.available(node: lane.node, product: product)))
            deepest = max(deepest, Double(quantity) / available)
        }
        return deepest
    }

    func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, candidates: CandidateRows,
        in context: ReplayContext, state: NetworkState, to scores: Buffer<Double>
    ) -> Double {
        let nodes = context.tables.laneNodes
        guard let (product, quantity) = order.onlyProduct(in: context.dataset) else {
            return scores.addTerms(weight: weight, offset: offset, scale: scale, count: candidates.count) { index in
                value(order: order, lane: context.lane(candidates[index], for: order), in: context, state: state)
            }
        }
        // Most orders have one line: then there is no worst one to look for.
        let available = state.available.from(product * state.nodeCount)
        return scores.addTerms(weight: weight, offset: offset, scale: scale, count: candidates.count) { index in
            Double(quantity) / max(1, Double(available[Int(nodes[candidates[index]])]))
        }
    }

    func fill(
        order: OrderFacts, candidates: CandidateRows, in context: ReplayContext, state: LockstepState,
        into values: Buffer<Double>
    ) {
        for index in 0..<candidates.count { values[eight: index] = SIMD8() }
        order.forEachProduct(in: context.dataset) { product, quantity in
            for index in 0..<candidates.count {
                let node = Int(context.tables.laneNodes[candidates[index]])
                let depth = Double(quantity) / state.available(node: node, product: product).atLeast(1)
                values[eight: index].replace(with: depth, where: depth .> values[eight: index])
            }
        }
    }
}
