import History
import Replay
import Storage

/// How far a node's share of the network's stock has fallen below its opening share, in points of share.
///
/// For a product p with available units a(n, p): now s(n, p) = a(n, p) / sum over m of a(m, p), at time 0 the same of
/// the opening stock; the value is the mean of s0(n, p) - s(n, p) over the products of the order. Above 0 the node has
/// been drawn on more than the others, so a positive weight spares it; below 0 it holds more than its share.
/// Stock below 0 counts as 0, and a product of which there is none anywhere has share 0. Over all nodes the values of a
/// product sum to 0. O(products x nodes) a decision.
struct StockBalanceRating: LockstepRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(StockBalanceRating())

    let declaration = RatingDeclaration(
        name: "stock_balance", summary: "Opening share of the network's stock - share now", unit: "share", scale: 0.1)

    var isByNode: Bool { true }

    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? { .level(-1) }

    func value(
        order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState
    ) -> Double {
        var sum = 0.0
        var count = 0.0
        order.forEachProduct(in: context.dataset) { product, _ in
            sum += Self.shift(
                Self.totals(of: product, in: context, state: state), node: lane.node, product, context, state)
            count += 1
        }
        return count == 0 ? 0 : sum / count
    }

    func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, candidates: CandidateRows,
        in context: ReplayContext, state: NetworkState, to scores: Buffer<Double>
    ) -> Double {
        // Totals once a decision instead of once a candidate.
        var products: [(product: Int, totals: Totals)] = []
        order.forEachProduct(in: context.dataset) { product, _ in
            products.append((product, Self.totals(of: product, in: context, state: state)))
        }
        let nodes = context.tables.laneNodes
        var largest = 0.0
        var node = -1
        var term = 0.0
        for index in 0..<candidates.count {
            let next = Int(nodes[candidates[index]])
            if next != node {
                node = next
                var sum = 0.0
                for (product, totals) in products { sum += Self.shift(totals, node: node, product, context, state) }
                let value = products.isEmpty ? 0 : sum / Double(products.count)
                term = weight * ((value - offset) / scale)
                largest = max(largest, abs(term))
            }
            scores[index] += term
        }
        return largest
    }

    func fill(
        order: OrderFacts, candidates: CandidateRows, in context: ReplayContext, state: LockstepState,
        into values: Buffer<Double>
    ) {
        for index in 0..<candidates.count { values[eight: index] = SIMD8() }
        let nodes = context.tables.laneNodes
        var count = 0.0
        order.forEachProduct(in: context.dataset) { product, _ in
            count += 1
            let first = product * state.nodeCount
            let opening = context.tables.openingTotals[product]
            var now = SIMD8<Double>()
            for node in 0..<state.nodeCount {
                now += state.available(node: node, product: product).atLeast(0)
            }
            for index in 0..<candidates.count {
                let node = Int(nodes[candidates[index]])
                let before = max(0, Double(context.tables.openingAvailable[first + node]))
                // As `share` rounds: a difference of shares may be small beside them.
                let share = (state.available(node: node, product: product).atLeast(0) / now)
                    .replacing(with: 0, where: now .== 0)
                values[eight: index] += (opening == 0 ? 0 : before / opening) - share
            }
        }
        if count > 1 { for index in 0..<candidates.count { values[eight: index] /= SIMD8(repeating: count) } }
    }

    /// The network's stock of a product.
    private struct Totals {
        var opening: Int
        var now: Int
    }

    /// Sums a product's stock over the nodes, then and now: whole numbers, exact in any order.
    private static func totals(of product: Int, in context: ReplayContext, state: NetworkState) -> Totals {
        var totals = Totals(opening: 0, now: 0)
        let first = product * state.nodeCount
        for position in first..<(first + state.nodeCount) {
            totals.opening += max(0, Int(context.tables.openingAvailable[position]))
            totals.now += max(0, Int(state.available[position]))
        }
        return totals
    }

    /// A node's opening share - its share now.
    private static func shift(
        _ totals: Totals, node: Int, _ product: Int, _ context: ReplayContext, _ state: NetworkState
    ) -> Double {
        let position = product * state.nodeCount + node
        let opening = share(max(0, Int(context.tables.openingAvailable[position])), of: totals.opening)
        return opening - share(max(0, Int(state.available[position])), of: totals.now)
    }

    /// A part of a whole; 0 of nothing.
    private static func share(_ part: Int, of whole: Int) -> Double {
        whole == 0 ? 0 : Double(part) / Double(whole)
    }
}
