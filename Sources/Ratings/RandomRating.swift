import Domain
import History
import Replay
import Sampling
import Storage

/// A number drawn uniformly from (0, 1) for each order, node and service: alone with a weight it makes a strategy that
/// chooses among the possible candidates with equal probability.
///
/// Draw 0 of purpose ``DrawPurpose/randomStrategy``, entity = order and copy, node id, service id: independent of the
/// other candidates at hand, and of how often the order is decided.
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
        let entity = StableHash.combine(
            StableHash.combine(order.entity, nodes[lane.node]), services[lane.service])
        return context.world.draws.uniform(.randomStrategy, entity: entity)
    }

    func fill(
        order: OrderFacts, lanes: Range<Int>, in context: ReplayContext, offset: Double, scale: Double,
        into column: Buffer<Double>, at start: Int
    ) {
        // The hash of order and node once a node: a zone's lanes are sorted by node.
        let table = context.dataset.lanes
        let draws = context.world.draws
        var node: Int32 = -1
        var orderAtNode: UInt64 = 0
        for row in lanes {
            if table.nodes[row] != node {
                node = table.nodes[row]
                orderAtNode = StableHash.combine(order.entity, nodes[Int(node)])
            }
            let entity = StableHash.combine(orderAtNode, services[Int(table.services[row])])
            let value = draws.uniform(.randomStrategy, entity: entity)
            column[start + row - lanes.lowerBound] = (value - offset) / scale
        }
    }

    func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, candidates: CandidateRows,
        in context: ReplayContext, to scores: Buffer<Double>
    ) -> Double {
        let tables = context.tables
        let draws = context.world.draws
        var node: Int32 = -1
        var orderAtNode: UInt64 = 0
        var four = SIMD4<Double>()
        return scores.addTerms(weight: weight, offset: offset, scale: scale, count: candidates.count) { index in
            if index & 3 == 0 {
                var entities = SIMD4<UInt64>()
                for ahead in 0..<min(4, candidates.count - index) {
                    let row = candidates[index + ahead]
                    if tables.laneNodes[row] != node {
                        node = tables.laneNodes[row]
                        orderAtNode = StableHash.combine(order.entity, nodes[Int(node)])
                    }
                    entities[ahead] = StableHash.combine(orderAtNode, services[Int(tables.laneServices[row])])
                }
                four = draws.uniforms(.randomStrategy, entities: entities)
            }
            return four[index & 3]
        }
    }
}
