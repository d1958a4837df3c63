import Domain
import History
import Replay

/// The listed nodes ship from an instant, until an instant, or between the two only; other nodes are free.
struct EffectiveDatesConstraint: ExogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration("nodes", .list(.reference(.node)), summary: "the nodes the rule is about"),
            ParameterDeclaration("from", .instant, isOptional: true, summary: "the first instant they ship"),
            ParameterDeclaration("to", .instant, isOptional: true, summary: "the end, exclusive"),
        ]
    ) { (parameters, dataset) throws(InputError) -> any Constraint in
        let from = try parameters.optionalNumber("from") ?? -.infinity
        let to = try parameters.optionalNumber("to") ?? .infinity
        guard from < to else {
            throw InputError(
                at: parameters.location(of: "to"), found: "'to' of effective_dates at or before 'from'",
                expected: "an instant after it")
        }
        return EffectiveDatesConstraint(
            isBound: selection(parameters.indices("nodes") ?? [], count: dataset.nodes.count), from: from, to: to,
            key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "effective_dates", summary: "The listed nodes ship within dates only")

    /// Whether the rule is about a node.
    let isBound: [Bool]
    /// First instant, seconds.
    let from: Double
    /// End, exclusive, seconds.
    let to: Double
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        !isBound[lane.node] || (order.time >= from && order.time < to)
    }
}
