import Domain
import History
import Replay

/// The least emissions of the transport; of equals the cheapest (a weight of 1e-6 on cost).
enum LeastCarbon {
    /// Its line in the catalogue.
    static let entry = MemberEntry<StrategySpecification>(
        name: "least_carbon", summary: "Least emissions of the transport"
    ) { (_, dataset) throws(InputError) -> StrategySpecification in
        StrategyDefaults.scored("least_carbon", try StrategyDefaults.ratingThenCost("carbon", dataset: dataset))
    }
}
