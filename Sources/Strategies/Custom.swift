import Domain
import History
import Replay

/// Scored by the weights that the scenario gives it, and nothing else.
enum Custom {
    /// Its line in the catalogue.
    static let entry = MemberEntry<StrategySpecification>(
        name: "custom", summary: "Your own weights and constraints"
    ) { (_, _) throws(InputError) -> StrategySpecification in
        StrategyDefaults.scored("custom", [])
    }
}
