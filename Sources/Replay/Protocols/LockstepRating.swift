import Storage

/// Stock and queues of up to eight strategies side by side, a strategy a SIMD lane: what they look at as they are decided
/// together.
public struct LockstepState: Sendable, BitwiseCopyable {
    /// Strategies side by side.
    public static let width = 8
    /// Number of nodes.
    public let nodeCount: Int
    /// Units available, product x node x strategy.
    @usableFromInline let available: Buffer<Int32>
    /// Shipments waiting, node x strategy.
    @usableFromInline let waiting: Buffer<Double>

    init(nodeCount: Int, available: Buffer<Int32>, waiting: Buffer<Double>) {
        self.nodeCount = nodeCount
        self.available = available
        self.waiting = waiting
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
}

/// A strategy's place in a ``LockstepState``.
struct NetworkMirror: Sendable, BitwiseCopyable {
    let available: Buffer<Int32>
    let waiting: Buffer<Double>
    /// Which of the eight it is.
    let member: Int
}

/// An endogenous rating that can be asked for eight strategies at once, which then are decided in lockstep.
public protocol LockstepRating: EndogenousRating {
    /// Sets `values`, eight a candidate, to the values under each strategy, each within a few roundings of
    /// ``EndogenousRating/value(order:lane:in:state:)``: where so little decides, the candidates are asked one by one.
    func fill(
        order: OrderFacts, candidates: CandidateRows, in context: ReplayContext, state: LockstepState,
        into values: Buffer<Double>)
}
