/// A lane that takes lines of an order in a decision.
public struct DecisionStep: Sendable, Hashable {
    /// Row of the lane table.
    public var lane: Int
    /// Node index.
    public var node: Int
    /// Service index.
    public var service: Int
    /// What it takes: positions in the order's lines and units, by position.
    public var lines: [ShipmentOutcome.ShipmentLine]

    /// A step from its parts.
    public init(lane: Int, node: Int, service: Int, lines: [ShipmentOutcome.ShipmentLine]) {
        self.lane = lane
        self.node = node
        self.service = service
        self.lines = lines
    }
}

/// What a decision chose: one step a shipment, in order of choice; a step on a lane chosen before joins its shipment.
public struct DecisionPlan: Sendable, Hashable {
    /// Number of the rule set that placed something; nil where none did, or where the record decides.
    public var ruleSet: Int?
    /// The choices.
    public var steps: [DecisionStep]
    /// Whether every unit is placed.
    public var isComplete: Bool

    /// A plan from its parts.
    public init(ruleSet: Int?, steps: [DecisionStep], isComplete: Bool) {
        self.ruleSet = ruleSet
        self.steps = steps
        self.isComplete = isComplete
    }

    /// The nodes chosen, in order of choice.
    public var nodes: [Int] { steps.map(\.node) }
}

/// Why a candidate was none, in the order in which the engine asks; see <doc:ReplaySemantics>.
public enum CandidateRemoval: Sendable, Hashable {
    /// The node is detected to be down.
    case nodeDown
    /// The node's shipments assigned today have reached its daily limit.
    case dailyLimit(assigned: Int, limit: Int)
    /// The node lacks the tag of a temperature class in the lines.
    case nodeLacksTag
    /// The service lacks it.
    case serviceLacksTag
    /// A ban keeps it from a line.
    case banned
    /// The node has fewer units for routing than the lines ask for.
    case stock(product: Int, needed: Int, available: Int)
    /// A hard constraint of the rule set forbids it: its name and its key.
    case constraint(name: String, key: String)
    /// The engine excludes it for a reason of the world that has no case of its own here.
    case world
    /// It could carry, but fewer lines (or, of a divided line, units) than others of this step.
    case coversLess(covered: Int, most: Int)
    /// It could carry, but its node is not of the best set of nodes (`fewest_shipments`).
    case outsideChosenNodes
}

/// One term of a candidate's score.
public struct ScoreTerm: Sendable, Hashable {
    /// The rating's value, in its own unit.
    public var value: Double
    /// weight x ((value - offset) / scale).
    public var weighted: Double

    /// A term from its parts.
    public init(value: Double, weighted: Double) {
        self.value = value
        self.weighted = weighted
    }
}

/// A lane of the order's zone as one step of a decision saw it.
public struct CandidateRecord: Sendable {
    /// The lane, with this order's kilometres and hours.
    public var lane: LaneFacts
    /// What it would carry; of one that could carry nothing, what was asked for.
    public var lines: [ShipmentOutcome.ShipmentLine]
    /// Why it was out: empty for those whose scores competed. The first is what the funnel counts.
    public var removals: [CandidateRemoval]
    /// The terms of its score, in the order of ``DecisionAttempt/ratings``.
    public var terms: [ScoreTerm]
    /// The price of each soft constraint, in the order of ``DecisionAttempt/softConstraints``: 0 where it is kept.
    public var softPrices: [Double]
    /// The score that decides: the terms in order, then the prices, added one by one. The smallest wins.
    public var score: Double

    /// A record from its parts.
    public init(
        lane: LaneFacts, lines: [ShipmentOutcome.ShipmentLine], removals: [CandidateRemoval], terms: [ScoreTerm],
        softPrices: [Double], score: Double
    ) {
        self.lane = lane
        self.lines = lines
        self.removals = removals
        self.terms = terms
        self.softPrices = softPrices
        self.score = score
    }

    /// Whether its score competed.
    public var isScored: Bool { removals.isEmpty }
}

/// A rating as a rule set weighs it.
public struct DecisionRating: Sendable, Hashable {
    /// Name, unit, summary.
    public var declaration: RatingDeclaration
    /// Name and parameters.
    public var key: String
    /// Position in the rule set's declared ratings.
    public var position: Int
    /// Weight, offset and scale in this rule set.
    public var weight, offset, scale: Double
    /// Whether it depends on what the strategy did before.
    public var isEndogenous: Bool
}

/// One comparison of candidates: for the whole order, or for one shipment of a split.
public struct DecisionAttempt: Sendable {
    /// Number of the rule set.
    public var ruleSet: Int
    /// Number of the shipment in a split, from 0; nil where one candidate was to take everything.
    public var splitStep: Int?
    /// What was to be placed.
    public var lines: [ShipmentOutcome.ShipmentLine]
    /// The ratings, in the order in which the score adds their terms: exogenous, then endogenous.
    public var ratings: [DecisionRating]
    /// The keys of the constraints whose breach has a price, in the order in which the score adds it.
    public var softConstraints: [String]
    /// All lanes of the order's zone, by row.
    public var candidates: [CandidateRecord]
    /// Position of the candidate that was chosen; nil where none was.
    public var chosen: Int?
}

/// One decision of an order under one strategy in one world: who was asked, who was out and why, what each score is made
/// of, who was chosen.
public struct DecisionRecord: Sendable {
    /// Facts of the order at the instant of the decision; the parcel is all that was to be placed.
    public var order: OrderFacts
    /// Which decision of the order it is, from 0: one that waits, or leaves a failed node, is decided again.
    public var number: Int
    /// Local day of the calendar.
    public var day: Int
    /// Whether the record decides and nothing is scored.
    public var isAsHappened: Bool
    /// Comparisons in order: of each rule set tried the whole order, then the shipments of the split that was chosen.
    public var attempts: [DecisionAttempt]
    /// What was chosen.
    public var plan: DecisionPlan
}
