import Domain
import History
import Replay

/// The listed nodes ship to the listed regions only; other nodes are free.
struct ServedRegionsConstraint: ExogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration.rulesNodes,
            ParameterDeclaration("regions", .list(.reference(.region)), summary: "the regions they serve"),
        ]
    ) { (parameters, dataset) throws(InputError) -> any Constraint in
        ServedRegionsConstraint(
            isBound: selection(parameters.indices("nodes"), count: dataset.nodes.count),
            isServed: selection(parameters.indices("regions") ?? [], count: dataset.regions.count),
            key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "served_regions", summary: "The listed nodes serve the listed regions only")

    /// Whether the rule is about a node.
    let isBound: [Bool]
    /// By region.
    let isServed: [Bool]
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        !isBound[lane.node] || isServed[order.region]
    }
}
