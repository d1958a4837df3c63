import Domain
import History
import Replay

/// The lane is no longer than a distance.
struct MaximumDistanceConstraint: ExogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration("kilometres", .number(.nonNegative), unit: "km", summary: "the longest lane allowed")
        ]
    ) { (parameters, _) throws(InputError) -> any Constraint in
        MaximumDistanceConstraint(
            kilometres: try parameters.number("kilometres"), key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "maximum_distance", summary: "No farther than some kilometres")

    /// The longest lane allowed.
    let kilometres: Double
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        lane.kilometres <= kilometres
    }
}
