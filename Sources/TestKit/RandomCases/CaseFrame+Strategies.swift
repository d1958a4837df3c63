import Constraints
import Domain
import History
import Ratings
import Replay

extension CaseFrame {
    /// Two or three strategies, as-happened among them in a share of the cases with history.
    func strategies(dataset: Dataset) throws(InputError) -> [StrategySpecification] {
        var dice = dice("strategies")
        var strategies: [StrategySpecification] = []
        for index in 0..<dice.integer(2...3) {
            var strategy = StrategySpecification(name: "strategy \(index)", assignment: .asHappened)
            if !hasHistory || dataset.history == nil || dice.chance(0.85) {
                var ruleSets: [RuleSet] = []
                for rules in 0..<dice.one(of: [1, 1, 2, 3]) {
                    ruleSets.append(try ruleSet(part: "rules-\(index)-\(rules)", dataset: dataset))
                }
                strategy.assignment = .scored(ruleSets)
            }
            strategy.unmet = dice.chance(0.35) ? .cancel : .wait(deadlineHours: dice.one(of: [0, 1, 8, 30, 100]))
            strategy.partial = dice.chance(0.5)
            strategy.waveSeconds = dice.chance(0.3) ? dice.one(of: [600, 3_600, 7_000]) : nil
            strategy.reroutesOnOutage = dice.chance(0.5)
            strategies.append(strategy)
        }
        return strategies
    }

    private func ruleSet(part: String, dataset: Dataset) throws(InputError) -> RuleSet {
        var dice = dice(part)
        var rules = RuleSet(ratings: [])
        for name in dice.some(of: PlainRun.knownRatings, probability: 0.35) {
            let weight = isCoarse ? dice.one(of: [-1, 0.5, 1, 2]) : dice.number(-0.5...2)
            rules.ratings.append(
                WeightedRating(
                    try RatingCatalogue.members.make(name, dataset: dataset), weight: weight,
                    offset: dice.chance(0.2) ? 3 : nil, scale: dice.chance(0.2) ? 7 : nil))
        }
        for _ in 0..<dice.one(of: [0, 0, 1, 2]) {
            let constraint = try constraint(&dice, dataset: dataset)
            rules.constraints.append(
                ConstraintUse(constraint, softPrice: dice.chance(0.5) ? dice.one(of: [0.5, 3]) : nil))
        }
        rules.split = SplitRule(
            mode: dice.chance(0.6) ? .mostLines : .fewestShipments, maximumSplits: dice.integer(0...3),
            dividesLines: dice.chance(0.35))
        rules.usesSafetyStock = dice.chance(0.3)
        return rules
    }

    private func constraint(_ dice: inout CaseDice, dataset: Dataset) throws(InputError) -> any Constraint {
        let choices: [(name: String, parameter: String?, values: [ParameterValue])] = [
            ("maximum_distance", "kilometres", [30, 60, 100]), ("mass_limit", "kilograms", [2, 8]),
            ("value_limit", "maximum", [50, 150]), ("node_open", nil, [0]), ("complete_order", nil, [0]),
            ("queue_limit", "hours", [0, 1, 4]), ("spare_capacity", "share", [0.2, 0.9]),
            ("daily_orders", "maximum", [2, 5]), ("minimum_stock_left", "units", [0, 1]),
        ]
        let choice = dice.one(of: choices)
        let value = dice.one(of: choice.values)
        let fields = choice.parameter.map { [ParameterField($0, value)] } ?? []
        return try ConstraintCatalogue.members.make(choice.name, fields, dataset: dataset)
    }
}
