import Domain
import History
import Replay

/// As few nodes as the stock allows, found by searching sets of nodes; among those the least cost. An order may be split
/// twice.
enum FewestSplits {
    /// Its line in the catalogue.
    static let entry = MemberEntry<StrategySpecification>(
        name: "fewest_splits", summary: "As few shipments as the stock allows, at least cost; up to two splits"
    ) { (_, dataset) throws(InputError) -> StrategySpecification in
        StrategyDefaults.scored(
            "fewest_splits",
            rules: [
                RuleSet(
                    ratings: [try StrategyDefaults.rating("cost", dataset: dataset)],
                    split: SplitRule(mode: .fewestShipments, maximumSplits: 2))
            ])
    }
}
