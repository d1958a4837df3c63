import Domain
import History
import Replay

/// Keeps the work spread over the nodes: the cost / mean freight of the lanes + `balance` for every ten points of the node's
/// day that are spoken for (rating `utilisation`) and for every ten orders that wait at one of its stations.
enum WorkloadBalanced {
    /// Its line in the catalogue.
    static let entry = MemberEntry<StrategySpecification>(
        name: "workload_balanced",
        summary: "Spares nodes whose day is full or whose stations have a queue, against cost",
        parameters: [
            ParameterDeclaration(
                "balance", .number(.nonNegative), unit: "mean freights", default: 0.2,
                summary: "what ten points of a day are worth")
        ]
    ) { (parameters, dataset) throws(InputError) -> StrategySpecification in
        let balance = try parameters.number("balance")
        return StrategyDefaults.scored(
            "workload_balanced",
            [
                try StrategyDefaults.rating("cost", scale: LaneReference(dataset: dataset).freight, dataset: dataset),
                try StrategyDefaults.rating("utilisation", weight: balance, scale: 0.1, dataset: dataset),
                try StrategyDefaults.rating("queue_per_station", weight: balance, scale: 10, dataset: dataset),
            ])
    }
}
