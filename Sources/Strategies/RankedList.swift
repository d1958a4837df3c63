import Domain
import History
import Replay

/// The first possible node of a list; nodes not listed come after it, all alike; of equals the cheapest (a weight of 1e-6
/// on cost). "City warehouse first" is such a list.
enum RankedList {
    /// Its line in the catalogue.
    static let entry = MemberEntry<StrategySpecification>(
        name: "ranked_list", summary: "The first possible node of a list, then the cheapest of its services",
        parameters: [
            ParameterDeclaration("nodes", .list(.reference(.node)), summary: "node ids, the most preferred first")
        ]
    ) { (parameters, dataset) throws(InputError) -> StrategySpecification in
        let list = ParameterValue(.list(try parameters.texts("nodes").map { ParameterValue(.text($0)) }))
        return StrategyDefaults.scored(
            "ranked_list",
            try StrategyDefaults.ratingThenCost("node_rank", [ParameterField("nodes", list)], dataset: dataset))
    }
}
