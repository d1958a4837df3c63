import Storage

/// Stock and queues of up to eight strategies side by side, a strategy a SIMD lane: what they look at as they are decided
/// together.
public struct LockstepState: Sendable, BitwiseCopyable {
    /// Strategies side by side.
    public static let width = 8
    /// Number of nodes.
    public let nodeCount: Int
    /// Strategies there are: values beyond them mean nothing.
    let memberCount: Int
    /// The local day.
    public internal(set) var day = 0
    /// Number of the scoring in progress, within which nothing changes.
    var scoring = 0
    /// Units available, product x node x strategy.
    @usableFromInline let available: Buffer<Int32>
    /// Shipments waiting, node x strategy.
    @usableFromInline let waiting: Buffer<Double>

    /// Shipments assigned today and their mean service seconds, node x strategy.
    @usableFromInline let assignedToday: Buffer<Double>
    @usableFromInline let committedSecondsToday: Buffer<Double>
    /// Expected arrivals, candidate x strategy, and the scoring they are of.
    let arrivals: Buffer<Double>
    let arrivalsOf: Buffer<Int>
    /// When each strategy would have a parcel packed at the node at hand.
    let packed: Buffer<Double>
    /// What the calendar last answered.
    let calendar: CalendarMemory

    /// The networks of some strategies; `stockCount` is products x nodes, `candidates` the most a decision may have.
    init(nodeCount: Int, serviceCount: Int, stockCount: Int, candidates: Int, memberCount: Int, arena: Arena) {
        self.nodeCount = nodeCount
        self.memberCount = memberCount
        available = arena.buffer(repeating: 0, count: stockCount * Self.width)
        waiting = arena.buffer(repeating: 0, count: nodeCount * Self.width)
        assignedToday = arena.buffer(repeating: 0, count: nodeCount * Self.width)
        committedSecondsToday = arena.buffer(repeating: 0, count: nodeCount * Self.width)
        arrivals = arena.buffer(repeating: 0, count: candidates * Self.width)
        arrivalsOf = arena.buffer(repeating: -1, count: 1)
        packed = arena.buffer(repeating: 0, count: Self.width)
        calendar = CalendarMemory(nodeCount: nodeCount, serviceCount: serviceCount, arena: arena)
    }

    /// Takes over a strategy's network, which from now on keeps its place here up to date.
    func mirror(_ network: inout NetworkState, member: Int) {
        let mirror = NetworkMirror(
            available: available, waiting: waiting, assignedToday: assignedToday,
            committedSecondsToday: committedSecondsToday, member: member)
        network.mirror = mirror
        for position in network.available.indices {
            available[position * Self.width + member] = network.available[position]
        }
        for node in 0..<nodeCount {
            waiting[node * Self.width + member] = Double(network.waiting[node])
            assignedToday[node * Self.width + member] = Double(network.assignedToday[node])
            committedSecondsToday[node * Self.width + member] = network.committedSecondsToday[node]
        }
    }

    /// Units of a product that each strategy has available for routing at a node.
    @inlinable
    @inline(__always)
    public func available(node: Int, product: Int) -> SIMD8<Double> {
        let units = available[eight: product * nodeCount + node]
        return SIMD8(
            Double(units[0]), Double(units[1]), Double(units[2]), Double(units[3]), Double(units[4]),
            Double(units[5]), Double(units[6]), Double(units[7]))
    }

    /// Shipments waiting in a node's pick queue under each strategy.
    @inlinable
    @inline(__always)
    public func waiting(node: Int) -> SIMD8<Double> { waiting[eight: node] }

    /// Shipments assigned to a node today under each strategy.
    @inlinable
    @inline(__always)
    public func assignedToday(node: Int) -> SIMD8<Double> { assignedToday[eight: node] }

    /// Mean service seconds of the shipments assigned to a node today under each strategy.
    @inlinable
    @inline(__always)
    public func committedSecondsToday(node: Int) -> SIMD8<Double> { committedSecondsToday[eight: node] }
}

/// A strategy's place in a ``LockstepState``.
struct NetworkMirror: Sendable, BitwiseCopyable {
    let available: Buffer<Int32>
    let waiting: Buffer<Double>
    let assignedToday: Buffer<Double>
    let committedSecondsToday: Buffer<Double>
    /// Which of the eight it is.
    let member: Int
}

/// An endogenous rating that can be asked for eight strategies at once; others are asked for one at a time, in lockstep too.
public protocol LockstepRating: EndogenousRating {
    /// Sets `values`, eight a candidate, to the values under each strategy, each within a few roundings of its own
    /// size of ``EndogenousRating/value(order:lane:in:state:)``: where so little decides, the candidates are asked one by one.
    /// Before a difference that may be small beside its parts, round as `value` does. One that ``isByNode`` is asked for a
    /// candidate of each node.
    func fill(
        order: OrderFacts, candidates: CandidateRows, in context: ReplayContext, state: LockstepState,
        into values: Buffer<Double>)
}

extension SIMD8<Double> {
    /// The smaller of each value and a bound.
    @inlinable
    @inline(__always)
    public func atMost(_ bound: Double) -> SIMD8 { replacing(with: bound, where: self .> bound) }

    /// The larger of each value and a bound.
    @inlinable
    @inline(__always)
    public func atLeast(_ bound: Double) -> SIMD8 { replacing(with: bound, where: self .< bound) }

    /// The smallest value; NaN passed over unless all are.
    @inline(__always)
    var smallest: Double {
        let four = lowHalf.replacing(with: highHalf, where: highHalf .< lowHalf)
        let two = four.lowHalf.replacing(with: four.highHalf, where: four.highHalf .< four.lowHalf)
        return two.y < two.x ? two.y : two.x
    }

    /// The largest value; NaN passed over unless all are.
    @inline(__always)
    var largest: Double {
        let four = lowHalf.replacing(with: highHalf, where: highHalf .> lowHalf)
        let two = four.lowHalf.replacing(with: four.highHalf, where: four.highHalf .> four.lowHalf)
        return two.y > two.x ? two.y : two.x
    }

    /// Square roots.
    @inline(__always)
    var squareRoots: SIMD8 {
        var roots = self
        for lane in 0..<8 { roots[lane] = self[lane].squareRoot() }
        return roots
    }

    /// Absolute values.
    @inline(__always)
    var magnitudes: SIMD8 { replacing(with: -self, where: self .< 0) }
}
