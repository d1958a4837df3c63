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

/// A rating that is the same for all strategies in one world: order, customer, product, lane, calendar, weather,
/// traffic, signals.
public protocol ExogenousRating: Rating {
    /// The value for a candidate.
    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double

    /// Fills `column` from `start` with the scaled values for a run of lanes (rows of the dataset's lane table): one call a batch.
    func fill(
        order: OrderFacts, lanes: Range<Int>, in context: ReplayContext, offset: Double,
        scale: Double, into column: inout [Double], at start: Int)
}

extension ExogenousRating {
    /// Calls ``value(order:lane:in:)`` for each lane; specialised where the member conforms.
    @inlinable
    public func fill(
        order: OrderFacts, lanes: Range<Int>, in context: ReplayContext, offset: Double,
        scale: Double, into column: inout [Double], at start: Int
    ) {
        for row in lanes {
            let value = value(order: order, lane: context.lane(row, for: order), in: context)
            column[start + row - lanes.lowerBound] = (value - offset) / scale
        }
    }
}

/// A rating that depends on what the strategy did before: stock, queue, utilisation, remaining capacity.
public protocol EndogenousRating: Rating {
    /// The value for a candidate at this state.
    func value(
        order: OrderFacts, lane: LaneFacts, in context: ReplayContext,
        state: NetworkState
    ) -> Double

    /// Adds `weight x scaled value` to `scores` (one a lane of `lanes`; +infinity = excluded): one call a decision.
    ///
    /// Returns the largest absolute term added, from which the engine derives its rounding bound.
    func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, lanes: Range<Int>,
        in context: ReplayContext, state: NetworkState, to scores: inout [Double]
    ) -> Double
}

extension EndogenousRating {
    /// Calls ``value(order:lane:in:state:)`` for each lane; specialised where the member conforms.
    @inlinable
    public func add(
        weight: Double, offset: Double, scale: Double, order: OrderFacts, lanes: Range<Int>,
        in context: ReplayContext, state: NetworkState, to scores: inout [Double]
    ) -> Double {
        var largest = 0.0
        for row in lanes where scores[row - lanes.lowerBound] < .infinity {
            let value = value(order: order, lane: context.lane(row, for: order), in: context, state: state)
            let term = weight * ((value - offset) / scale)
            scores[row - lanes.lowerBound] += term
            largest = max(largest, abs(term))
        }
        return largest
    }
}
