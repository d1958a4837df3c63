/// A routing strategy, ready to replay: how candidates are scored, which are excluded, what happens to what is left.
public struct StrategySpecification: Sendable {
    /// How an order's node and service are found.
    public enum Assignment: Sendable {
        /// The best score of the rule sets, in turn.
        case scored([RuleSet])
        /// What history records.
        case asHappened
    }
    /// The name in results; unique in a run.
    public var name: String
    /// How assignments are found.
    public var assignment: Assignment
    /// What happens to what no rule set places.
    public var unmet: UnmetAction
    /// Whether some lines may ship while others follow the unmet action.
    public var partial: Bool
    /// Seconds between waves; nil decides at once.
    public var waveSeconds: Double?
    /// Whether queued shipments of a node found down are decided again.
    public var reroutesOnOutage: Bool

    /// A strategy from its parts.
    public init(
        name: String, assignment: Assignment, unmet: UnmetAction = .cancel, partial: Bool = false,
        waveSeconds: Double? = nil, reroutesOnOutage: Bool = false
    ) {
        self.name = name
        self.assignment = assignment
        self.unmet = unmet
        self.partial = partial
        self.waveSeconds = waveSeconds
        self.reroutesOnOutage = reroutesOnOutage
    }
}

/// What happens to lines that no rule set places.
public enum UnmetAction: Sendable, Hashable {
    /// They are unserved.
    case cancel
    /// They wait for stock this many hours, then are unserved.
    case wait(deadlineHours: Double)
}

/// Weights, constraints and split rule that hold together.
public struct RuleSet: Sendable {
    /// Ratings with weights, in declared order.
    public var ratings: [WeightedRating]
    /// Constraints, hard or soft.
    public var constraints: [ConstraintUse]
    /// How an order may be split.
    public var split: SplitRule
    /// Whether safety stock may be routed.
    public var usesSafetyStock: Bool

    /// A rule set from its parts.
    public init(
        ratings: [WeightedRating], constraints: [ConstraintUse] = [], split: SplitRule = SplitRule(),
        usesSafetyStock: Bool = false
    ) {
        self.ratings = ratings
        self.constraints = constraints
        self.split = split
        self.usesSafetyStock = usesSafetyStock
    }
}

/// A rating, its weight and its references.
public struct WeightedRating: Sendable {
    /// The rating: an ``ExogenousRating`` or an ``EndogenousRating``.
    public var rating: any Rating
    /// Its weight in the score.
    public var weight: Double
    /// Subtracted from the value.
    public var offset: Double
    /// Divides the value.
    public var scale: Double

    /// A weighted rating; references are the declaration's unless given.
    public init(_ rating: any Rating, weight: Double, offset: Double? = nil, scale: Double? = nil) {
        self.rating = rating
        self.weight = weight
        self.offset = offset ?? rating.declaration.offset
        self.scale = scale ?? rating.declaration.scale
    }
}

/// A constraint and what breaking it costs.
public struct ConstraintUse: Sendable {
    /// The constraint: an ``ExogenousConstraint`` or an ``EndogenousConstraint``.
    public var constraint: any Constraint
    /// Added to the score of a candidate that breaks it; nil excludes the candidate.
    public var softPrice: Double?

    /// A use of a constraint.
    public init(_ constraint: any Constraint, softPrice: Double? = nil) {
        self.constraint = constraint
        self.softPrice = softPrice
    }
}

/// How an order may be split.
public struct SplitRule: Sendable, Hashable {
    /// Which split is sought.
    public enum Mode: String, Sendable, Hashable, CaseIterable {
        /// Repeatedly the best-scoring of the candidates that cover the most remaining lines.
        case mostLines = "most_lines"
        /// The smallest number of nodes first, the score second.
        case fewestShipments = "fewest_shipments"
    }
    /// Which split is sought.
    public var mode: Mode
    /// An order leaves in at most `maximumSplits + 1` shipments of one decision.
    public var maximumSplits: Int
    /// Whether a line's quantity may be divided.
    public var dividesLines: Bool

    /// A split rule; orders stay whole unless said otherwise.
    public init(mode: Mode = .mostLines, maximumSplits: Int = 0, dividesLines: Bool = false) {
        self.mode = mode
        self.maximumSplits = maximumSplits
        self.dividesLines = dividesLines
    }
}
