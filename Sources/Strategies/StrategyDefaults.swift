import Constraints
import Domain
import History
import Ratings
import Replay

/// What a strategy does unless its member or the scenario says otherwise.
enum StrategyDefaults {
    /// An order may leave in two shipments.
    static let split = SplitRule(mode: .mostLines, maximumSplits: 1)
    /// What cannot be placed waits two days for stock.
    static let unmet = UnmetAction.wait(deadlineHours: 48)
    /// The weight of a rating that only decides between candidates that are alike in all others: small enough never to
    /// outweigh a difference that matters, large enough to be felt in float64.
    static let tieBreak = 1e-6

    /// A scored strategy under these defaults.
    static func scored(_ name: String, _ ratings: [WeightedRating]) -> StrategySpecification {
        scored(name, rules: [RuleSet(ratings: ratings, split: split)])
    }

    /// A strategy of several rule sets under these defaults.
    static func scored(_ name: String, rules: [RuleSet]) -> StrategySpecification {
        StrategySpecification(name: name, assignment: .scored(rules), unmet: unmet)
    }

    /// A rating of the catalogue with its weight.
    static func rating(
        _ name: String, _ given: [ParameterField] = [], weight: Double = 1, scale: Double? = nil, dataset: Dataset
    ) throws(InputError) -> WeightedRating {
        WeightedRating(try RatingCatalogue.members.make(name, given, dataset: dataset), weight: weight, scale: scale)
    }

    /// A hard constraint of the catalogue.
    static func constraint(
        _ name: String, _ given: [ParameterField] = [], dataset: Dataset
    ) throws(InputError) -> ConstraintUse {
        ConstraintUse(try ConstraintCatalogue.members.make(name, given, dataset: dataset))
    }

    /// A rating, and the cost where it leaves candidates alike: two services of the nearest node are equally near.
    static func ratingThenCost(
        _ name: String, _ given: [ParameterField] = [], dataset: Dataset
    ) throws(InputError) -> [WeightedRating] {
        [
            try rating(name, given, dataset: dataset),
            try rating("cost", weight: tieBreak, dataset: dataset),
        ]
    }
}
