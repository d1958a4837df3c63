import Domain

/// A rule set with its ratings sorted out: what BLAS scores for all strategies at once, and what each decision adds.
final class CompiledRuleSet: Sendable {
    /// An exogenous rating with its column in the block of features.
    final class ExogenousTerm: Sendable {
        let rating: any ExogenousRating
        let weight: Double
        let offset: Double
        let scale: Double

        init(rating: any ExogenousRating, weight: Double, offset: Double, scale: Double) {
            self.rating = rating
            self.weight = weight
            self.offset = offset
            self.scale = scale
        }
    }
    /// An endogenous rating.
    final class EndogenousTerm: Sendable {
        let rating: any EndogenousRating
        let weight: Double
        let offset: Double
        let scale: Double

        init(rating: any EndogenousRating, weight: Double, offset: Double, scale: Double) {
            self.rating = rating
            self.weight = weight
            self.offset = offset
            self.scale = scale
        }
    }
    /// A constraint on exogenous facts.
    final class ExogenousRule: Sendable {
        let constraint: any ExogenousConstraint
        let softPrice: Double?

        init(constraint: any ExogenousConstraint, softPrice: Double?) {
            self.constraint = constraint
            self.softPrice = softPrice
        }
    }
    /// A constraint on the network's state.
    final class EndogenousRule: Sendable {
        let constraint: any EndogenousConstraint
        let softPrice: Double?

        init(constraint: any EndogenousConstraint, softPrice: Double?) {
            self.constraint = constraint
            self.softPrice = softPrice
        }
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
    /// Of the first rule set, asked at every decision: to take the rule set out counts references.
    let hasRules: Bool
    let usesSafetyStock: Bool
    /// Column of its first rule set in the block scores; nil where decisions are not taken from a block.
    let column: Int?
    /// The nodes of every visit ranked for all worlds, where that is possible.
    let rankedLanes: RankedLanes?
    /// The nodes by distance, where they are looked at in that order.
    let nearNodes: NearNodes?
    /// Seconds lines wait for stock before they are unserved; nil = they do not wait.
    let waitSeconds: Double?

    init(
        _ specification: StrategySpecification, column: Int? = nil, rankedLanes: RankedLanes? = nil,
        nearNodes: NearNodes? = nil
    ) {
        self.specification = specification
        self.column = column
        self.rankedLanes = rankedLanes
        self.nearNodes = nearNodes
        switch specification.assignment {
        case .scored(let rules):
            ruleSets = rules.map { CompiledRuleSet($0) }
            isAsHappened = false
        case .asHappened:
            ruleSets = []
            isAsHappened = true
        }
        hasRules = ruleSets.first?.hasRules ?? false
        usesSafetyStock = ruleSets.first?.usesSafetyStock ?? false
        switch specification.unmet {
        case .cancel: waitSeconds = nil
        case .wait(let hours): waitSeconds = hours * 3_600
        }
    }

    /// Whether the first rule set's whole-order decision is taken as an order is placed, and no broken constraint has a
    /// price: then it can be read off scores computed for many orders at once.
    static func decidesAtOnce(_ specification: StrategySpecification) -> Bool {
        guard case .scored(let rules) = specification.assignment, let first = rules.first else { return false }
        return specification.waveSeconds == nil && !first.constraints.contains { $0.softPrice != nil }
    }
}

/// The exogenous features that any strategy of a run wants, and everybody's weights of them, by what they depend on.
struct FeaturePlan: Sendable {
    /// One feature: a rating as it is. A block only preselects, so a weight may take in the scale, and an offset, which is
    /// the same for all candidates, may be left out; the bound of the rounding error keeps both.
    struct Feature: Sendable {
        let rating: any ExogenousRating
        /// The largest offset any strategy subtracts, absolute.
        var largestOffset: Double
    }
    /// The features that depend on the same things.
    struct Part: Sendable {
        /// The distinct features.
        private(set) var features: [Feature] = []
        /// The strategy columns that weigh any of them.
        private(set) var columns: [Int] = []
        /// Position of each strategy column in `columns`, -1 for those that weigh none.
        private(set) var position: [Int] = []
        /// Weights, feature x position, column-major.
        private(set) var weights: [Double] = []
        /// The only feature a column weighs, by position; -1 where there are several.
        private(set) var single: [Int] = []

        /// Collects the terms of one kind.
        init(_ terms: [(column: Int, term: CompiledRuleSet.ExogenousTerm)], columnCount: Int) {
            position = [Int](repeating: -1, count: columnCount)
            var known: [String: Int] = [:]
            var entries: [(position: Int, feature: Int, weight: Double)] = []
            for (column, term) in terms {
                let key = Self.key(of: term)
                let feature = known[key] ?? features.count
                if feature == features.count {
                    known[key] = feature
                    features.append(Feature(rating: term.rating, largestOffset: 0))
                }
                features[feature].largestOffset = max(features[feature].largestOffset, abs(term.offset))
                if position[column] < 0 {
                    position[column] = columns.count
                    columns.append(column)
                }
                entries.append((position[column], feature, term.weight / term.scale))
            }
            weights = [Double](repeating: 0, count: features.count * columns.count)
            for entry in entries { weights[entry.position * features.count + entry.feature] += entry.weight }
            single = columns.indices.map { position in
                let used = Set(entries.filter { $0.position == position }.map(\.feature))
                return used.count == 1 ? used.first ?? -1 : -1
            }
        }

        /// Products of a feature and a weight that the scores of so many candidates take.
        func products(rows: Int) -> Int { rows * features.count * columns.count }

        /// What a feature is.
        static func key(of term: CompiledRuleSet.ExogenousTerm) -> String { term.rating.key }
    }
    /// Features of the lane alone.
    let lanePart: Part
    /// Features of lane and hour.
    let hourPart: Part
    /// Features of node and hour.
    let nodePart: Part
    /// Features of the order that several strategies weigh.
    let orderPart: Part
    /// Features of the order that one strategy alone weighs, by strategy column: computed for its candidates only.
    let ownTerms: [[CompiledRuleSet.ExogenousTerm]]
    /// Number of strategy columns.
    let columns: Int
    /// Whether no strategy takes the block path.
    var isEmpty: Bool { columns == 0 }

    /// Whether a strategy weighs anything of the lane, alone or with the hour.
    func weighsLanes(_ column: Int) -> Bool {
        [lanePart, hourPart, nodePart].contains { $0.position[column] >= 0 }
    }

    /// Collects the features of the first rule sets that take the block path. With `hasOrderPlaces` the kilometres of a
    /// lane are the order's, so that what follows them does not depend on the lane alone. With `sharesAll` what one strategy alone weighs is
    /// computed for all lanes too. Ratings of `leftOut`, by key, are left out. Without `hoists` every feature is taken for one of the
    /// order: the same scores but for rounding, at the price of all products.
    init(
        strategies: [CompiledStrategy], hasOrderPlaces: Bool, sharesAll: Bool = false, leftOut: Set<String> = [],
        hoists: Bool = true
    ) {
        var terms: [RatingDependence: [(column: Int, term: CompiledRuleSet.ExogenousTerm)]] = [:]
        var columns = 0
        for strategy in strategies {
            guard let column = strategy.column else { continue }
            columns = max(columns, column + 1)
            for term in strategy.ruleSets[0].exogenous where !leftOut.contains(term.rating.key) {
                let isOfOrder = !hoists || term.rating.isOfOrder(hasOrderPlaces: hasOrderPlaces)
                terms[isOfOrder ? .orderInWorld : term.rating.dependence, default: []].append((column, term))
            }
        }
        self.columns = columns
        lanePart = Part(terms[.lane] ?? [], columnCount: columns)
        hourPart = Part(terms[.laneAndHour] ?? [], columnCount: columns)
        nodePart = Part(terms[.nodeAndHour] ?? [], columnCount: columns)
        let byOrder = terms[.orderInWorld] ?? []
        var users: [String: Set<Int>] = [:]
        for (column, term) in byOrder { users[Part.key(of: term), default: []].insert(column) }
        var ownTerms = [[CompiledRuleSet.ExogenousTerm]](repeating: [], count: columns)
        var shared: [(column: Int, term: CompiledRuleSet.ExogenousTerm)] = []
        for (column, term) in byOrder {
            if !sharesAll, users[Part.key(of: term)]?.count == 1 {
                ownTerms[column].append(term)
            } else {
                shared.append((column, term))
            }
        }
        self.ownTerms = ownTerms
        orderPart = Part(shared, columnCount: columns)
    }
}

extension ExogenousRating {
    /// Whether the orders of a zone may have different values in an hour.
    func isOfOrder(hasOrderPlaces: Bool) -> Bool { (hasOrderPlaces && followsPlace) || !dependence.isOfLane }
}
