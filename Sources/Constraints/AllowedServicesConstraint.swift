import Domain
import History
import Replay

/// Only the listed services may carry the order.
struct AllowedServicesConstraint: ExogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration("services", .list(.reference(.service)), summary: "service ids")
        ]
    ) { (parameters, dataset) throws(InputError) -> any Constraint in
        AllowedServicesConstraint(
            isAllowed: selection(parameters.indices("services") ?? [], count: dataset.services.count),
            key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "allowed_services", summary: "Only the listed services")

    /// By service.
    let isAllowed: [Bool]
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        isAllowed[lane.service]
    }
}
