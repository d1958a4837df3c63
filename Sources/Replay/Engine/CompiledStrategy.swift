import Domain

/// A rule set with its ratings sorted out: what BLAS scores for all strategies at once, and what each decision adds.
struct CompiledRuleSet: Sendable {
    /// An exogenous rating with its column in the block of features.
    struct ExogenousTerm: Sendable {
        let rating: any ExogenousRating
        let weight: Double
        let offset: Double
        let scale: Double
    }
    /// An endogenous rating.
    struct EndogenousTerm: Sendable {
        let rating: any EndogenousRating
        let weight: Double
        let offset: Double
        let scale: Double
    }
    /// A constraint on exogenous facts.
    struct ExogenousRule: Sendable {
        let constraint: any ExogenousConstraint
        let softPrice: Double?
    }
    /// A constraint on the network's state.
    struct EndogenousRule: Sendable {
        let constraint: any EndogenousConstraint
        let softPrice: Double?
    }

    let exogenous: [ExogenousTerm]
    let endogenous: [EndogenousTerm]
    let exogenousRules: [ExogenousRule]
    let endogenousRules: [EndogenousRule]
    let split: SplitRule
    let usesSafetyStock: Bool
    /// Whether a broken constraint only costs: such rule sets are scored candidate by candidate.
    let hasSoftRules: Bool
    /// Whether any constraint at all binds.
    let hasRules: Bool

    init(_ rules: RuleSet) {
        var exogenous: [ExogenousTerm] = []
        var endogenous: [EndogenousTerm] = []
        for use in rules.ratings {
            if let rating = use.rating as? any ExogenousRating {
                exogenous.append(
                    ExogenousTerm(rating: rating, weight: use.weight, offset: use.offset, scale: use.scale))
            } else if let rating = use.rating as? any EndogenousRating {
                endogenous.append(
                    EndogenousTerm(rating: rating, weight: use.weight, offset: use.offset, scale: use.scale))
            } else {
                preconditionFailure("a rating is exogenous or endogenous: \(use.rating.key)")
            }
        }
        var exogenousRules: [ExogenousRule] = []
        var endogenousRules: [EndogenousRule] = []
        for use in rules.constraints {
            if let constraint = use.constraint as? any ExogenousConstraint {
                exogenousRules.append(ExogenousRule(constraint: constraint, softPrice: use.softPrice))
            } else if let constraint = use.constraint as? any EndogenousConstraint {
                endogenousRules.append(EndogenousRule(constraint: constraint, softPrice: use.softPrice))
            } else {
                preconditionFailure("a constraint is exogenous or endogenous: \(use.constraint.declaration.name)")
            }
        }
        self.exogenous = exogenous
        self.endogenous = endogenous
        self.exogenousRules = exogenousRules
        self.endogenousRules = endogenousRules
        split = rules.split
        usesSafetyStock = rules.usesSafetyStock
        hasSoftRules = rules.constraints.contains { $0.softPrice != nil }
        hasRules = !rules.constraints.isEmpty
    }
}

/// A strategy compiled for replay.
struct CompiledStrategy: Sendable {
    let specification: StrategySpecification
    /// Its rule sets in turn; none for as-happened.
    let ruleSets: [CompiledRuleSet]
    let isAsHappened: Bool
    /// Column of its first rule set in the block scores; nil where decisions are not taken in a block.
    let column: Int?
    /// Seconds lines wait for stock before they are unserved; nil = they do not wait.
    let waitSeconds: Double?

    init(_ specification: StrategySpecification, column: Int?) {
        self.specification = specification
        self.column = column
        switch specification.assignment {
        case .scored(let rules):
            ruleSets = rules.map { CompiledRuleSet($0) }
            isAsHappened = false
        case .asHappened:
            ruleSets = []
            isAsHappened = true
        }
        switch specification.unmet {
        case .cancel: waitSeconds = nil
        case .wait(let hours): waitSeconds = hours * 3_600
        }
    }

    /// Whether the first rule set's whole-order decision can be read off a block of scores.
    static func takesBlockPath(_ specification: StrategySpecification) -> Bool {
        guard case .scored(let rules) = specification.assignment, let first = rules.first else { return false }
        return specification.waveSeconds == nil && !first.constraints.contains { $0.softPrice != nil }
    }
}

/// The exogenous features that any strategy of a run wants, and everybody's weights of them.
struct FeaturePlan: Sendable {
    /// One feature: a rating with its references.
    struct Feature: Sendable {
        let rating: any ExogenousRating
        let offset: Double
        let scale: Double
    }
    /// The distinct features.
    let features: [Feature]
    /// Weights, feature x strategy column, column-major by strategy column.
    let weights: [Double]
    /// Number of strategy columns.
    let columns: Int

    /// Collects the features of the first rule sets that take the block path.
    init(strategies: [CompiledStrategy]) {
        var features: [Feature] = []
        var positions: [String: Int] = [:]
        var entries: [(column: Int, feature: Int, weight: Double)] = []
        var columns = 0
        for strategy in strategies {
            guard let column = strategy.column else { continue }
            columns = max(columns, column + 1)
            for term in strategy.ruleSets[0].exogenous {
                // The references are part of the feature: scaled values are what the product needs.
                let key = "\(term.rating.key)|\(term.offset)|\(term.scale)"
                let position = positions[key] ?? features.count
                if position == features.count {
                    positions[key] = position
                    features.append(Feature(rating: term.rating, offset: term.offset, scale: term.scale))
                }
                entries.append((column, position, term.weight))
            }
        }
        var weights = [Double](repeating: 0, count: features.count * columns)
        for entry in entries { weights[entry.column * features.count + entry.feature] += entry.weight }
        self.features = features
        self.weights = weights
        self.columns = columns
    }
}
