import Domain
import History
import Replay

/// Only nodes with more than a share (20 %) of their day still free; where no such node can ship, any node. Among them the
/// best by one rating, distance unless said otherwise; of equals the cheapest (a weight of 1e-6 on cost).
enum CapacityMatched {
    /// Its line in the catalogue.
    static let entry = MemberEntry<StrategySpecification>(
        name: "capacity_matched",
        summary: "Only nodes with more than 20 % of their day free; any node if there is none",
        parameters: [
            ParameterDeclaration(
                "spare_share", .number(.share), default: 0.2, summary: "share of the day that must be free"),
            ParameterDeclaration(
                "prefer", .word(["distance", "cost", "expected_delivery_hours", "carbon"]), default: "distance",
                summary: "the rating that decides among such nodes"),
        ]
    ) { (parameters, dataset) throws(InputError) -> StrategySpecification in
        let ratings = try StrategyDefaults.ratingThenCost(parameters.text("prefer"), dataset: dataset)
        let spare = try StrategyDefaults.constraint(
            "spare_capacity", [ParameterField("share", ParameterValue(.number(parameters.number("spare_share"))))],
            dataset: dataset)
        return StrategyDefaults.scored(
            "capacity_matched",
            rules: [
                RuleSet(ratings: ratings, constraints: [spare], split: StrategyDefaults.split),
                RuleSet(ratings: ratings, split: StrategyDefaults.split),
            ])
    }
}
