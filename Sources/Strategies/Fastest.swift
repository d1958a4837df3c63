import Domain
import History
import Replay

/// The earliest expected delivery: the node's queue, mean service, the next collection and transit at the weather and
/// traffic of now; of equals the cheapest (a weight of 1e-6 on cost).
enum Fastest {
    /// Its line in the catalogue.
    static let entry = MemberEntry<StrategySpecification>(
        name: "fastest", summary: "Earliest expected delivery: queue, service, next collection, transit"
    ) { (_, dataset) throws(InputError) -> StrategySpecification in
        StrategyDefaults.scored(
            "fastest", try StrategyDefaults.ratingThenCost("expected_delivery_hours", dataset: dataset))
    }
}
