import Domain
import History
import Replay

/// Any possible candidate, each with equal probability: the floor that a strategy has to beat.
enum RandomChoice {
    /// Its line in the catalogue.
    static let entry = MemberEntry<StrategySpecification>(
        name: "random", summary: "Any possible node and service, each equally likely"
    ) { (_, dataset) throws(InputError) -> StrategySpecification in
        StrategyDefaults.scored("random", [try StrategyDefaults.rating("random", dataset: dataset)])
    }
}
