import Domain
import History
import Replay

/// Keeps the stock spread over the nodes as at the start: the cost / mean freight of the lanes + `balance` for every ten
/// points by which the node's share of the stock has fallen below its opening share (rating `stock_balance`).
enum StockBalanced {
    /// Its line in the catalogue.
    static let entry = MemberEntry<StrategySpecification>(
        name: "stock_balanced", summary: "Spares nodes whose share of the stock has fallen, against cost",
        parameters: [
            ParameterDeclaration(
                "balance", .number(.nonNegative), unit: "mean freights", default: 1,
                summary: "what ten points of stock share are worth")
        ]
    ) { (parameters, dataset) throws(InputError) -> StrategySpecification in
        StrategyDefaults.scored(
            "stock_balanced",
            [
                try StrategyDefaults.rating(
                    "cost", scale: LaneReference(dataset: dataset).freight, dataset: dataset),
                try StrategyDefaults.rating(
                    "stock_balance", weight: parameters.number("balance"), scale: 0.1, dataset: dataset),
            ])
    }
}
