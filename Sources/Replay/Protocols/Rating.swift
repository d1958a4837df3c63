import Storage

/// What a rating says of itself.
///
/// In a score a rating counts as (value - offset) / scale: fixed references, never the candidates at hand.
public struct RatingDeclaration: Sendable, Hashable {
    /// The word in scenarios.
    public var name: String
    /// One line for `sandtable list ratings`.
    public var summary: String
    /// Unit of the value.
    public var unit: String
    /// Subtracted from the value.
    public var offset: Double
    /// Divides the value.
    public var scale: Double

    /// A declaration from its parts.
    public init(name: String, summary: String, unit: String, offset: Double = 0, scale: Double = 1) {
        self.name = name
        self.summary = summary
        self.unit = unit
        self.offset = offset
        self.scale = scale
    }
}

/// A feature of a candidate with a weight in the score. The smallest score wins, so a positive weight shuns large
/// values and a negative weight seeks them.
public protocol Rating: Sendable {
    /// Name, unit, references.
    var declaration: RatingDeclaration { get }

    /// Name and parameters as text: two ratings of one key give equal values, so that the engine computes them once.
    var key: String { get }
}

/// What an exogenous rating depends on besides the dataset: the engine computes it no more often than that.
public enum RatingDependence: Sendable, Hashable {
    /// The lane alone (node, service, zone, kilometres, base hours): once a world.
    case lane
    /// The lane and the hour of the decision, in the world: once an hour.
    case laneAndHour
    /// Of the lane, the node alone, and the hour: once an hour for all zones.
    case nodeAndHour
    /// The order, in whatever world: its parcel, customer, promise, instant. Once an order, for all worlds.
    case order
    /// The order and the world.
    case orderInWorld

    /// Whether all orders to a zone have the same value in an hour.
    var isOfLane: Bool { self == .lane || self == .laneAndHour || self == .nodeAndHour }

    /// Whether the value is the same in every world.
    public var isOfEveryWorld: Bool { self == .lane || self == .order }

    /// What a value made of two depends on.
    public func joined(_ other: RatingDependence) -> RatingDependence {
        switch (self, other) {
        case (.orderInWorld, _), (_, .orderInWorld), (.order, .laneAndHour), (.laneAndHour, .order),
            (.order, .nodeAndHour),
            (.nodeAndHour, .order):
            .orderInWorld
        case (.order, _), (_, .order): .order
        case (.nodeAndHour, .nodeAndHour): .nodeAndHour
        case (.laneAndHour, _), (_, .laneAndHour), (.nodeAndHour, _), (_, .nodeAndHour): .laneAndHour
        case (.lane, .lane): .lane
        }
    }
}

/// A rating that is the same for all strategies in one world: order, customer, product, lane, calendar, weather,
/// traffic, signals.
public protocol ExogenousRating: Rating {
    /// What the value depends on; `.orderInWorld` unless the member says otherwise.
    var dependence: RatingDependence { get }

    /// Whether the kilometres or base hours of the lane are in it: an order with a place of its own then has a value of its own.
    /// `true` unless the member says otherwise.
    var followsPlace: Bool { get }

    /// Whether the carrier's price is in it: a world with premiums then has values of its own. `false` unless the member says
    /// otherwise.
    var paysFreight: Bool { get }

    /// A line over the kilometres below which no lane's value for an order lies, not falling with them; nil where none is
    /// known, which is always right: then all lanes are scored.
    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine?

    /// The line over the kilometres that the value is on a lane (row of the lane table), but for rounding, whatever the order, and what
    /// an order's load adds to it; nil where there is none: then it is computed order by order.
    func straightLine(lane: Int, in context: ReplayContext) -> LaneLine?

    /// The value for a candidate.
    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double

    /// Fills `column` from `start` with the scaled values for a run of lanes (rows of the dataset's lane table): one call a batch.
    func fill(
        order: OrderFacts, lanes: Range<Int>, in context: ReplayContext, offset: Double,
        scale: Double, into column: Buffer<Double>, at start: Int)

    /// Adds `weight x scaled value` to `scores`, one a candidate; returns the largest absolute term added.
    func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, candidates: CandidateRows,
        in context: ReplayContext, to scores: Buffer<Double>
    ) -> Double
}

extension ExogenousRating {
    /// The order: always true, at the price of a computation per order.
    public var dependence: RatingDependence { .orderInWorld }

    /// The way: always true, at the price of a computation per order where orders have places of their own.
    public var followsPlace: Bool { true }

    /// No freight.
    public var paysFreight: Bool { false }

    /// None is known.
    public func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? { nil }

    /// None is known.
    public func straightLine(lane: Int, in context: ReplayContext) -> LaneLine? { nil }

    /// Calls ``value(order:lane:in:)`` for each lane; specialised where the member conforms.
    @inlinable
    public func fill(
        order: OrderFacts, lanes: Range<Int>, in context: ReplayContext, offset: Double,
        scale: Double, into column: Buffer<Double>, at start: Int
    ) {
        for row in lanes {
            let value = value(order: order, lane: context.lane(row, for: order), in: context)
            column[start + row - lanes.lowerBound] = (value - offset) / scale
        }
    }

    /// Calls ``value(order:lane:in:)`` for each candidate; specialised where the member conforms.
    @inlinable
    public func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, candidates: CandidateRows,
        in context: ReplayContext, to scores: Buffer<Double>
    ) -> Double {
        scores.addTerms(weight: weight, offset: offset, scale: scale, count: candidates.count) { index in
            value(order: order, lane: context.lane(candidates[index], for: order), in: context)
        }
    }
}

extension Buffer<Double> {
    /// Adds `weight x ((value - offset) / scale)` to the first `count` scores: what every ``ExogenousRating`` and
    /// ``EndogenousRating`` means by adding. Returns the largest absolute term, NaN passed over.
    ///
    /// Four at a time: a division by itself takes as long as two or four side by side.
    @inlinable
    @inline(__always)
    public func addTerms(
        weight: Double, offset: Double, scale: Double, count: Int, value: (_ candidate: Int) -> Double
    ) -> Double {
        var largest = SIMD4<Double>()
        var index = 0
        // The same number, without the division.
        let isScaled = offset != 0 || scale != 1
        while index &+ 4 <= count {
            let values = SIMD4(value(index), value(index &+ 1), value(index &+ 2), value(index &+ 3))
            let terms = weight * (isScaled ? (values - offset) / scale : values)
            for lane in 0..<4 { self[index &+ lane] += terms[lane] }
            let sizes = terms.replacing(with: -terms, where: terms .< 0)
            largest.replace(with: sizes, where: sizes .> largest)
            index &+= 4
        }
        var bound = Swift.max(Swift.max(largest.x, largest.y), Swift.max(largest.z, largest.w))
        while index < count {
            let term = weight * ((value(index) - offset) / scale)
            self[index] += term
            bound = Swift.max(bound, abs(term))
            index &+= 1
        }
        return bound
    }
}

/// A rating that depends on what the strategy did before: stock, queue, utilisation, remaining capacity.
public protocol EndogenousRating: Rating {
    /// Whether the value is the same for all lanes of a node.
    var isByNode: Bool { get }

    /// As ``ExogenousRating/lowerLine(order:in:)``, at any state.
    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine?

    /// The value for a candidate at this state.
    func value(
        order: OrderFacts, lane: LaneFacts, in context: ReplayContext,
        state: NetworkState
    ) -> Double

    /// Adds `weight x scaled value` to `scores`, one a candidate: one call a decision.
    ///
    /// Returns the largest absolute term added, from which the engine derives its rounding bound.
    func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, candidates: CandidateRows,
        in context: ReplayContext, state: NetworkState, to scores: Buffer<Double>
    ) -> Double
}

extension EndogenousRating {
    /// Not unless the member says so.
    public var isByNode: Bool { false }

    /// None is known.
    public func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? { nil }

    /// Calls ``value(order:lane:in:state:)`` for each candidate; specialised where the member conforms.
    @inlinable
    public func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, candidates: CandidateRows,
        in context: ReplayContext, state: NetworkState, to scores: Buffer<Double>
    ) -> Double {
        var largest = 0.0
        var node: Int32 = -1
        var term = 0.0
        let isByNode = isByNode
        let nodes = context.tables.laneNodes
        for index in 0..<candidates.count {
            let row = candidates[index]
            if !isByNode || nodes[row] != node {
                node = nodes[row]
                let lane = context.lane(row, for: order)
                let value = value(order: order, lane: lane, in: context, state: state)
                term = weight * ((value - offset) / scale)
                largest = max(largest, abs(term))
            }
            scores[index] += term
        }
        return largest
    }
}
