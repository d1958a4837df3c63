import Domain
import History

/// When an order is expected at the customer, lane after lane: what depends on the node alone is computed once for lanes of
/// one node in a row, as a zone's lanes are sorted.
public struct ArrivalExpectation {
    private let order: OrderFacts
    private let context: ReplayContext
    /// Slowness of the zone's region now.
    private let atZone: Double
    /// The node of the last lane, -1 before the first.
    private var node = -1
    /// Its queue.
    private var waiting = 0.0
    /// When it is expected to have packed the order.
    private var packed = 0.0
    /// Slowness of its region now.
    private var atNode = 1.0

    /// The expectations for one order.
    public init(order: OrderFacts, in context: ReplayContext) {
        self.order = order
        self.context = context
        atZone = context.world.slowness.value(region: order.region, at: order.time)
    }

    /// The arrival by a lane from a node with a queue: packing, the next collection whatever its capacity, transit.
    public mutating func arrival(by lane: LaneFacts, waiting: Double) -> Double {
        if lane.node != node || waiting != self.waiting {
            node = lane.node
            self.waiting = waiting
            packed = context.expectedPacking(order: order, node: node, waiting: waiting)
            atNode = context.world.slowness.value(region: context.dataset.nodes[node].region, at: order.time)
        }
        let collected = context.nextCollection(service: lane.service, after: packed)
        return collected + 3_600 * context.transitHours(lane, atNode: atNode, atZone: atZone)
    }
}
