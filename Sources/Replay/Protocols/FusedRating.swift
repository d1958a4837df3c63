import Storage

/// How the value of an endogenous rating follows from what the fused loop keeps of a node.
public enum FusedForm: Sendable, Hashable {
    /// Orders waiting / stations.
    case queuePerStation
    /// Units ordered / units available, of an order of one line.
    case stockDepth
    /// Mean service seconds assigned today / station seconds on offer today.
    case shareOfDay
    /// A straight line over the orders waiting, see ``RampRating``, not below a floor and not above a cap.
    case ramp(floor: Double, cap: Double)
}

/// An endogenous rating that the fused loop can add itself, where it decides and replays orders in one shipment in one go.
///
/// It is asked so only of orders of one line, in networks of nodes that are always open and services that collect at any time.
public protocol FusedRating: LockstepRating {
    /// How its value is found.
    var fusedForm: FusedForm { get }
}

/// A rating whose value is a straight line over the orders waiting, between a floor and a cap.
public protocol RampRating: FusedRating {
    /// Whether the line may be another one in another world: `true` unless the member says otherwise.
    var followsWorld: Bool { get }

    /// Sets slope and intercept for each of a run of lanes, from `start` on: so that slope x waiting + intercept, between floor and
    /// cap, is the value within a few roundings of what it is made of.
    ///
    /// Returns the largest absolute slope, and a bound of what an intercept and the value itself are made of.
    func fillRamp(
        order: OrderFacts, lanes: Range<Int>, in context: ReplayContext, slopes: Buffer<Double>,
        intercepts: Buffer<Double>, at start: Int
    ) -> (slope: Double, intercept: Double)
}

extension RampRating {
    /// A world changes the line: always true, at the price of a computation a world.
    public var followsWorld: Bool { true }
}
