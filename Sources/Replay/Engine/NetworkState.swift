import History
import Storage

/// What a strategy has done to the network so far: all that endogenous ratings and constraints may look at.
///
/// Stock is kept product by product (row = product, column = node), so that one line's stock at all nodes is one run.
public struct NetworkState: Sendable {
    /// Number of nodes: the row length of stock.
    public let nodeCount: Int
    /// The instant of the state, seconds.
    public internal(set) var time: Double
    /// Its local day.
    public internal(set) var day: Int
    /// Units on hand, less reserved, less safety stock; product x node. May be negative where safety stock was used.
    public let available: Buffer<Int32>
    /// Shipments waiting in each node's pick queue: assigned, not started, not cancelled.
    public let waiting: Buffer<Int32>
    /// Shipments assigned to each node this local day.
    public let assignedToday: Buffer<Int32>
    /// Mean service seconds of the shipments assigned to each node this local day.
    public let committedSecondsToday: Buffer<Double>
    /// Shipments assigned to each (node, service) this local day; row = node, column = service.
    public let assignedTodayByService: Buffer<Int32>
    /// Nodes detected to be down.
    public let isDown: Buffer<Bool>
    /// 1 for nodes that are not.
    let isUp: Buffer<Int32>
    /// Number of the scoring in progress, within which nothing changes; 0 where nobody counts.
    var scoring = 0
    /// Expected arrivals by candidate, and the scoring they are of.
    let arrivals: Buffer<Double>
    let arrivalsOf: Buffer<Int>
    /// What the calendar last answered: decisions come in time order, so that it mostly holds for the next one too.
    let calendar: CalendarMemory
    /// What the buffers live in.
    let arena: Arena
    /// The same stock and queues side by side with those of other strategies, where several are decided together.
    var mirror: NetworkMirror?

    /// A state from its parts, which it copies; `candidates` is the most a decision may have. Copies of a state
    /// share them.
    public init(
        nodeCount: Int, time: Double, day: Int, available: [Int32], waiting: [Int32], assignedToday: [Int32],
        committedSecondsToday: [Double], assignedTodayByService: [Int32], isDown: [Bool], candidates: Int
    ) {
        self.nodeCount = nodeCount
        self.time = time
        self.day = day
        arena = Arena()
        arrivals = arena.buffer(repeating: 0, count: candidates)
        arrivalsOf = arena.buffer(repeating: -1, count: 1)
        let serviceCount = nodeCount == 0 ? 0 : assignedTodayByService.count / nodeCount
        calendar = CalendarMemory(nodeCount: nodeCount, serviceCount: serviceCount, arena: arena)
        self.available = arena.buffer(available)
        self.waiting = arena.buffer(waiting)
        self.assignedToday = arena.buffer(assignedToday)
        self.committedSecondsToday = arena.buffer(committedSecondsToday)
        self.assignedTodayByService = arena.buffer(assignedTodayByService)
        self.isDown = arena.buffer(isDown)
        isUp = arena.buffer(isDown.map { $0 ? 0 : 1 })
    }

    /// Notes that a node is found down, or is up again.
    func setDown(_ isDown: Bool, node: Int) {
        self.isDown[node] = isDown
        isUp[node] = isDown ? 0 : 1
    }

    /// Puts units on a node's stock, or takes them.
    @inline(__always)
    func addStock(_ units: Int32, node: Int, product: Int) {
        let position = product * nodeCount + node
        available[position] += units
        if let mirror { mirror.available[position * LockstepState.width + mirror.member] += units }
    }

    /// As ``addStock(_:node:product:)``; with a mirror ``available`` falls behind until ``loadStock(product:)``, and no
    /// memory is touched for it.
    @inline(__always)
    func addMirroredStock(_ units: Int32, node: Int, product: Int) {
        let position = product * nodeCount + node
        if let mirror {
            mirror.available[position * LockstepState.width + mirror.member] += units
        } else {
            available[position] += units
        }
    }

    /// Brings a product's stock up to its mirror, before anybody looks at it.
    func loadStock(product: Int) {
        guard let mirror else { return }
        for position in (product * nodeCount)..<((product + 1) * nodeCount) {
            available[position] = mirror.available[position * LockstepState.width + mirror.member]
        }
    }

    /// Lengthens a node's queue, or shortens it.
    @inline(__always)
    func addWaiting(_ shipments: Int32, node: Int) {
        waiting[node] += shipments
        if let mirror { mirror.waiting[node * LockstepState.width + mirror.member] += Double(shipments) }
    }

    /// Counts a shipment of a service in a node's day, or takes it back.
    @inline(__always)
    func addAssigned(_ shipments: Int32, node: Int, service: Int, serviceCount: Int) {
        assignedToday[node] += shipments
        assignedTodayByService[node * serviceCount + service] += shipments
        if let mirror { mirror.assignedToday[node * LockstepState.width + mirror.member] += Double(shipments) }
    }

    /// Sets what a node's day is committed to.
    @inline(__always)
    func setCommittedSeconds(_ seconds: Double, node: Int) {
        committedSecondsToday[node] = seconds
        if let mirror { mirror.committedSecondsToday[node * LockstepState.width + mirror.member] = seconds }
    }

    /// A day begins, with nothing assigned.
    mutating func begin(day: Int) {
        self.day = day
        assignedToday.fill(0)
        committedSecondsToday.fill(0)
        assignedTodayByService.fill(0)
        guard let mirror else { return }
        for node in 0..<nodeCount {
            mirror.assignedToday[node * LockstepState.width + mirror.member] = 0
            mirror.committedSecondsToday[node * LockstepState.width + mirror.member] = 0
        }
    }

    /// Units available for routing.
    @inlinable
    public func available(node: Int, product: Int) -> Int32 {
        available[product * nodeCount + node]
    }
}

/// Answers of the calendar with the times for which they hold.
struct CalendarMemory: BitwiseCopyable {
    /// When a node opens next, and until when that is the answer: for instants in [since, until).
    struct Opening: BitwiseCopyable {
        var since: Double
        var until: Double
        /// The answer is the later of this and the instant asked for.
        var opensAt: Double
    }
    /// When a service collects next: `at` for instants in (after, at], `next` for those in (at, next].
    struct Collection: BitwiseCopyable {
        var after: Double
        var at: Double
        var next: Double
    }
    /// By node.
    let openings: Buffer<Opening>
    /// By service.
    let collections: Buffer<Collection>
    /// The slowness of each node's region, and the hour of which it is.
    let slowness: Buffer<Double>
    let slownessHour: Buffer<Int>

    /// Remembers nothing.
    init(nodeCount: Int, serviceCount: Int, arena: Arena) {
        openings = arena.buffer(
            repeating: Opening(since: .infinity, until: -.infinity, opensAt: .nan), count: nodeCount)
        collections = arena.buffer(
            repeating: Collection(after: .infinity, at: -.infinity, next: -.infinity), count: serviceCount)
        slowness = arena.buffer(repeating: .nan, count: nodeCount)
        slownessHour = arena.buffer(repeating: .min, count: 1)
    }
}
