/// What a constraint says of itself.
public struct ConstraintDeclaration: Sendable, Hashable {
    /// The word in scenarios.
    public var name: String
    /// One line for `sandtable list constraints`.
    public var summary: String

    /// A declaration from its parts.
    public init(name: String, summary: String) {
        self.name = name
        self.summary = summary
    }
}

/// A rule that takes a candidate out, or (soft) makes it dearer.
public protocol Constraint: Sendable {
    /// Name and summary.
    var declaration: ConstraintDeclaration { get }

    /// Name and parameters as text: two constraints of one key allow the same candidates.
    var key: String { get }
}

/// A constraint that is the same for all strategies in one world.
public protocol ExogenousConstraint: Constraint {
    /// Whether the candidate keeps the rule.
    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool
}

/// A constraint on what the strategy did before: queue, capacity, stock.
public protocol EndogenousConstraint: Constraint {
    /// Whether the candidate keeps the rule at this state.
    func allows(
        order: OrderFacts, lane: LaneFacts, in context: ReplayContext,
        state: NetworkState
    ) -> Bool
}
