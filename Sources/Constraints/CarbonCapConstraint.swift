import Domain
import History
import Replay

/// The transport emits no more than a cap; a service that states no emissions emits nothing.
struct CarbonCapConstraint: ExogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration(
                "kilograms", .number(.nonNegative), unit: "kg CO2e", summary: "the most a shipment emits")
        ]
    ) { (parameters, _) throws(InputError) -> any Constraint in
        CarbonCapConstraint(kilograms: try parameters.number("kilograms"), key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "carbon_cap", summary: "No shipment above some kg CO2e")

    /// The most a shipment emits.
    let kilograms: Double
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        context.carbonKilograms(lane, parcel: order.parcel) <= kilograms
    }
}
