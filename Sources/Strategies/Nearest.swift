import Domain
import History
import Replay

/// The nearest possible node; of its services the cheapest (a weight of 1e-6 on cost).
enum Nearest {
    /// Its line in the catalogue.
    static let entry = MemberEntry<StrategySpecification>(
        name: "nearest", summary: "The nearest node, then the cheapest of its services"
    ) { (_, dataset) throws(InputError) -> StrategySpecification in
        StrategyDefaults.scored("nearest", try StrategyDefaults.ratingThenCost("distance", dataset: dataset))
    }
}
