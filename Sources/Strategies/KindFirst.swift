import Domain
import History
import Replay

/// Strategies that ask one kind of node before any other: the customer's own region first, then all of the kind, then any.
/// Within each step the nearest, and of equals the cheapest.
enum KindFirst {
    /// Warehouses first: the legacy rule.
    static let warehouses = entry(
        "warehouse_first", containing: "warehouse", summary: "The region's own warehouses first, then any, then stores")
    /// Stores first.
    static let stores = entry(
        "store_first", containing: "store", summary: "The region's own stores first, then any, then warehouses")

    /// An entry for the kinds whose word contains another.
    private static func entry(
        _ name: String, containing word: String, summary: String
    ) -> MemberEntry<StrategySpecification> {
        MemberEntry(
            name: name, summary: summary,
            parameters: [
                ParameterDeclaration(
                    "kinds", .list(.reference(.nodeKind)), isOptional: true,
                    summary: "which kinds come first; those whose word contains '\(word)' if not said"),
                ParameterDeclaration(
                    "own_region", .flag, default: true, summary: "whether the customer's own region comes first of all"),
            ]
        ) { (parameters, dataset) throws(InputError) -> StrategySpecification in
            let given = try parameters.texts("kinds")
            let kinds =
                given.isEmpty
                ? DatasetReference.nodeKind.words(in: dataset).filter { $0.contains(word) } : given
            let ratings = try StrategyDefaults.ratingThenCost("distance", dataset: dataset)
            func rules(_ constraints: [ConstraintUse]) -> RuleSet {
                RuleSet(ratings: ratings, constraints: constraints, split: StrategyDefaults.split)
            }
            var sets: [RuleSet] = []
            if !kinds.isEmpty {
                let ofKind = try StrategyDefaults.constraint(
                    "node_kind",
                    [ParameterField("kinds", ParameterValue(.list(kinds.map { ParameterValue(.text($0)) })))],
                    dataset: dataset)
                if try parameters.flag("own_region") {
                    sets.append(rules([try StrategyDefaults.constraint("same_region", dataset: dataset), ofKind]))
                }
                sets.append(rules([ofKind]))
            }
            return StrategyDefaults.scored(name, rules: sets + [rules([])])
        }
    }
}
