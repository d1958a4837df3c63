import Domain
import History
import Replay

/// Leaves some units of every product everywhere as long as it can: only nodes that keep `units` of each line's product, the
/// deepest stock against cost; where no such node can ship, any node by the same score.
enum StockOutGuard {
    /// Its line in the catalogue.
    static let entry = MemberEntry<StrategySpecification>(
        name: "stock_out_guard", summary: "Nodes that keep a reserve of what is ordered; any node if there is none",
        parameters: [
            ParameterDeclaration(
                "units", .integer(.nonNegative), unit: "units", default: 2, summary: "what must stay of each product"),
            ParameterDeclaration(
                "depth", .number(.nonNegative), unit: "mean freights", default: 1,
                summary: "what it is worth not to take all that a node has"),
        ]
    ) { (parameters, dataset) throws(InputError) -> StrategySpecification in
        let ratings = [
            try StrategyDefaults.rating("cost", scale: LaneReference(dataset: dataset).freight, dataset: dataset),
            try StrategyDefaults.rating("stock_depth", weight: parameters.number("depth"), dataset: dataset),
        ]
        let reserve = try StrategyDefaults.constraint(
            "minimum_stock_left", [ParameterField("units", ParameterValue(.number(parameters.number("units"))))],
            dataset: dataset)
        return StrategyDefaults.scored(
            "stock_out_guard",
            rules: [
                RuleSet(ratings: ratings, constraints: [reserve], split: StrategyDefaults.split),
                RuleSet(ratings: ratings, split: StrategyDefaults.split),
            ])
    }
}
