import Domain
import History
import Replay

/// The candidate that keeps the most margin: value - goods - freight - handling. Of one order value and goods are the same
/// everywhere, so that it is the cheapest as long as an order stays whole; when it is split it asks which part pays.
enum BestMargin {
    /// Its line in the catalogue.
    static let entry = MemberEntry<StrategySpecification>(
        name: "best_margin", summary: "The most margin: value - goods - freight - handling"
    ) { (_, dataset) throws(InputError) -> StrategySpecification in
        StrategyDefaults.scored("best_margin", [try StrategyDefaults.rating("margin", weight: -1, dataset: dataset)])
    }
}
