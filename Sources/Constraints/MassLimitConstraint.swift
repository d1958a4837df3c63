import Domain
import History
import Replay

/// Nothing heavier than a limit ships from the listed nodes by the listed services; a list that is not given means all.
struct MassLimitConstraint: ExogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration("kilograms", .number(.nonNegative), unit: "kg", summary: "the limit"),
            ParameterDeclaration.rulesNodes,
            ParameterDeclaration.rulesServices,
        ]
    ) { (parameters, dataset) throws(InputError) -> any Constraint in
        MassLimitConstraint(
            maximum: try parameters.number("kilograms"),
            bindsNode: selection(parameters.indices("nodes"), count: dataset.nodes.count),
            bindsService: selection(parameters.indices("services"), count: dataset.services.count),
            key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "mass_limit", summary: "No parcel heavier than a limit (by the listed nodes and services)")

    /// The limit.
    let maximum: Double
    /// Whether the rule is about a node.
    let bindsNode: [Bool]
    /// Whether the rule is about a service.
    let bindsService: [Bool]
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        order.parcel.massKilograms <= maximum || !bindsNode[lane.node] || !bindsService[lane.service]
    }
}
