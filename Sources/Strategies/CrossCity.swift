import Domain
import History
import Replay

/// Two cities work together: an order goes direct from a node that holds it all (bonded or regional) or from a replenished
/// front node near the customer, or is split between the two, as long as they keep the promise; else from any node. The score is cost, expected
/// delivery and expected lateness as in ``Weighted``.
enum CrossCity {
    /// Its line in the catalogue.
    static let entry = MemberEntry<StrategySpecification>(
        name: "cross_city", summary: "Direct from afar and from replenished front nodes, split between the two",
        parameters: [
            ParameterDeclaration(
                "front", .list(.reference(.node)), isOptional: true,
                summary: "front nodes; those of a kind that contains 'front' if not said"),
            ParameterDeclaration(
                "direct", .list(.reference(.node)), isOptional: true,
                summary: "direct nodes; those of a kind that contains 'bonded' if not said"),
            ParameterDeclaration(
                "lateness", .number(.nonNegative), unit: "mean freights", default: 1,
                summary: "what an expected day of lateness is worth"),
        ]
    ) { (parameters, dataset) throws(InputError) -> StrategySpecification in
        let ratings = [
            try StrategyDefaults.rating("cost", scale: LaneReference(dataset: dataset).freight, dataset: dataset),
            try StrategyDefaults.rating("expected_delivery_hours", weight: 0.2, scale: 24, dataset: dataset),
            try StrategyDefaults.rating(
                "expected_lateness_hours", weight: parameters.number("lateness"), scale: 24, dataset: dataset),
        ]
        func ofKind(_ word: String) -> [Int] { dataset.nodes.indices.filter { dataset.nodes[$0].kind.contains(word) } }
        let together =
            (parameters.indices("front") ?? ofKind("front")) + (parameters.indices("direct") ?? ofKind("bonded"))
        let anyNode = RuleSet(ratings: ratings, split: StrategyDefaults.split)
        guard !together.isEmpty else { return StrategyDefaults.scored("cross_city", rules: [anyNode]) }
        let names = Set(together).sorted().map { ParameterValue(.text(dataset.nodes[$0].id)) }
        let allowed = try StrategyDefaults.constraint(
            "allowed_nodes", [ParameterField("nodes", ParameterValue(.list(names)))], dataset: dataset)
        let inTime = try StrategyDefaults.constraint("promise_reachable", dataset: dataset)
        return StrategyDefaults.scored(
            "cross_city",
            rules: [
                RuleSet(ratings: ratings, constraints: [allowed, inTime], split: StrategyDefaults.split), anyNode,
            ])
    }
}
