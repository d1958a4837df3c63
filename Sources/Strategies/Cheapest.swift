import Domain
import History
import Replay

/// The least freight + handling + mean labour.
enum Cheapest {
    /// Its line in the catalogue.
    static let entry = MemberEntry<StrategySpecification>(
        name: "cheapest", summary: "Least freight + handling + labour"
    ) { (_, dataset) throws(InputError) -> StrategySpecification in
        StrategyDefaults.scored("cheapest", [try StrategyDefaults.rating("cost", dataset: dataset)])
    }
}
