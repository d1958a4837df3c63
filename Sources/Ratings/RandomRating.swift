import Domain
import History
import Replay
import Sampling
import Storage

/// A number drawn uniformly from (0, 1) for each order, node and service: alone with a weight it makes a strategy that
/// chooses among the possible candidates with equal probability.
///
/// Draw 0 of purpose ``DrawPurpose/randomStrategy``, entity = order and copy, gives the order 64 bits; with the hashes of
/// the node's and the service's id mixed in they are the candidate's: independent of the other candidates at hand, and of
/// how often the order is decided. One draw an order, because drawing for each lane costs more than all else a decision
/// does.
struct RandomRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Rating>(name: declaration.name, summary: declaration.summary) {
        (_, dataset) throws(InputError) -> any Rating in
        RandomRating(
            nodes: dataset.nodes.map { StableHash.of($0.id) }, services: dataset.services.map { StableHash.of($0.id) })
    }
    private static let declaration = RatingDeclaration(
        name: "random", summary: "A uniform random number per order, node and service", unit: "0 to 1")

    /// Hashes of the nodes' ids.
    let nodes: [UInt64]
    /// Hashes of the services' ids.
    let services: [UInt64]
    var declaration: RatingDeclaration { Self.declaration }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        var numbers = Numbers(order: order, context: context, rating: self)
        return numbers.next(node: Int32(lane.node), service: Int32(lane.service))
    }

    func fill(
        order: OrderFacts, lanes: Range<Int>, in context: ReplayContext, offset: Double, scale: Double,
        into column: Buffer<Double>, at start: Int
    ) {
        let (nodes, services) = (context.tables.laneNodes, context.tables.laneServices)
        var numbers = Numbers(order: order, context: context, rating: self)
        for row in lanes {
            let value = numbers.next(node: nodes[row], service: services[row])
            column[start + row - lanes.lowerBound] = (value - offset) / scale
        }
    }

    func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, candidates: CandidateRows,
        in context: ReplayContext, to scores: Buffer<Double>
    ) -> Double {
        let (nodes, services) = (context.tables.laneNodes, context.tables.laneServices)
        var numbers = Numbers(order: order, context: context, rating: self)
        return scores.addTerms(weight: weight, offset: offset, scale: scale, count: candidates.count) { index in
            let row = candidates[index]
            return numbers.next(node: nodes[row], service: services[row])
        }
    }

    /// The numbers of one order's candidates; what a node's have in common is worked out once for lanes in a run.
    private struct Numbers {
        private let rating: RandomRating
        private let order: StableHashPairing
        private var node: Int32 = -1
        private var orderAtNode: StableHashPairing

        init(order: OrderFacts, context: ReplayContext, rating: RandomRating) {
            self.rating = rating
            self.order = StableHash.pairing(context.world.draws.bits(.randomStrategy, entity: order.entity))
            orderAtNode = self.order
        }

        /// The number of a lane.
        @inline(__always)
        mutating func next(node: Int32, service: Int32) -> Double {
            if node != self.node {
                self.node = node
                orderAtNode = StableHash.pairing(order.with(rating.nodes[Int(node)]))
            }
            return Draws.uniform(bits: orderAtNode.with(rating.services[Int(service)]))
        }
    }
}
