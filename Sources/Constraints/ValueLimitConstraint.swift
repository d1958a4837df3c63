import Domain
import History
import Replay

/// Nothing worth more than a limit ships from the listed nodes by the listed services; a list that is not given means all.
struct ValueLimitConstraint: ExogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration("maximum", .number(.nonNegative), unit: "money", summary: "the limit"),
            ParameterDeclaration.rulesNodes,
            ParameterDeclaration.rulesServices,
        ]
    ) { (parameters, dataset) throws(InputError) -> any Constraint in
        ValueLimitConstraint(
            maximum: try parameters.number("maximum"),
            bindsNode: selection(parameters.indices("nodes"), count: dataset.nodes.count),
            bindsService: selection(parameters.indices("services"), count: dataset.services.count),
            key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "value_limit", summary: "No parcel worth more than a limit (by the listed nodes and services)")

    /// The limit.
    let maximum: Double
    /// Whether the rule is about a node.
    let bindsNode: [Bool]
    /// Whether the rule is about a service.
    let bindsService: [Bool]
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        order.parcel.value <= maximum || !bindsNode[lane.node] || !bindsService[lane.service]
    }
}
