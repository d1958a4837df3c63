import Domain
import History
import Storage

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
            atNode = context.world.slowness.value(region: context.tables.nodes[node].region, at: order.time)
        }
        let collected = context.nextCollection(service: lane.service, after: packed)
        return collected + 3_600 * context.transitHours(lane, atNode: atNode, atZone: atZone)
    }
}

extension ReplayContext {
    /// When the order is expected at the customer by each candidate, as ``expectedArrival(order:lane:waiting:)`` tells it:
    /// computed once a decision, however many ratings ask.
    public func expectedArrivals(
        order: OrderFacts, candidates: CandidateRows, state: NetworkState
    ) -> Buffer<Double> {
        if state.scoring > 0, state.arrivalsOf[0] == state.scoring { return state.arrivals }
        // By service, the last instants between which nothing is collected, (after, at]: one answer serves nearby times.
        state.collectedAt.fill(-.infinity)
        let (after, at, arrivals) = (state.collectedAfter, state.collectedAt, state.arrivals)
        let (nodes, services, baseHours) = (tables.laneNodes, tables.laneServices, tables.laneBaseHours)
        let hasOrderPlaces = tables.hasOrderPlaces
        let isAtHandOver = settings.transitEffect == .atHandOver
        let hour = Int((order.time / 3_600).rounded(.down))
        let atZone = world.slowness.value(region: order.region, hour: hour)
        var node: Int32 = -1
        var packed = 0.0
        var atNode = 1.0
        for index in 0..<candidates.count {
            let row = candidates[index]
            if nodes[row] != node {
                node = nodes[row]
                packed = expectedPacking(order: order, node: Int(node), waiting: Double(state.waiting[Int(node)]))
                atNode = world.slowness.value(region: tables.nodes[Int(node)].region, hour: hour)
            }
            let service = Int(services[row])
            if !(packed > after[service] && packed <= at[service]) {
                after[service] = packed.nextDown
                at[service] = nextCollection(service: service, after: packed)
            }
            let base = hasOrderPlaces ? lane(row, for: order).baseHours : baseHours[row]
            let hours = isAtHandOver ? base * atNode : 0.5 * base * atNode + 0.5 * base * atZone
            arrivals[index] = at[service] + 3_600 * hours
        }
        state.arrivalsOf[0] = state.scoring
        return arrivals
    }
}
