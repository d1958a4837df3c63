import History

/// What a strategy has done to the network so far: all that endogenous ratings and constraints may look at.
///
/// Stock is kept product by product (row = product, column = node), so that one line's stock at all nodes is one run.
public struct NetworkState: Sendable {
    /// Number of nodes: the row length of stock.
    public let nodeCount: Int
    /// The instant of the state, seconds.
    public internal(set) var time: Double
    /// Units on hand, less reserved, less safety stock; product x node. May be negative where safety stock was used.
    public internal(set) var available: [Int32]
    /// Shipments waiting in each node's pick queue: assigned, not started, not cancelled.
    public internal(set) var waiting: [Int32]
    /// Shipments assigned to each node this local day.
    public internal(set) var assignedToday: [Int32]
    /// Mean service seconds of the shipments assigned to each node this local day.
    public internal(set) var committedSecondsToday: [Double]
    /// Shipments assigned to each (node, service) this local day; row = node, column = service.
    public internal(set) var assignedTodayByService: [Int32]
    /// Nodes detected to be down.
    public internal(set) var isDown: [Bool]

    /// A state from its parts.
    public init(
        nodeCount: Int, time: Double, available: [Int32], waiting: [Int32], assignedToday: [Int32],
        committedSecondsToday: [Double], assignedTodayByService: [Int32], isDown: [Bool]
    ) {
        self.nodeCount = nodeCount
        self.time = time
        self.available = available
        self.waiting = waiting
        self.assignedToday = assignedToday
        self.committedSecondsToday = committedSecondsToday
        self.assignedTodayByService = assignedTodayByService
        self.isDown = isDown
    }

    /// Units available for routing.
    @inlinable
    public func available(node: Int, product: Int) -> Int32 {
        available[product * nodeCount + node]
    }
}
