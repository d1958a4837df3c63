import Domain
import History
import Replay

/// Only services that carry a tag may carry the order; with `forbid` only services that do not. Service types such as
/// ship, same-day and collect are tags.
struct ServiceTagConstraint: ExogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration("tag", .reference(.tag), summary: "a tag of the dataset"),
            ParameterDeclaration("forbid", .flag, default: false, summary: "whether the tag excludes instead"),
        ]
    ) { (parameters, _) throws(InputError) -> any Constraint in
        ServiceTagConstraint(
            tag: try parameters.index("tag"), forbids: try parameters.flag("forbid"),
            key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "service_tag", summary: "Only services that carry a tag, such as same_day (or, with forbid, that do not)")

    /// Tag index.
    let tag: Int
    /// Whether the tag excludes.
    let forbids: Bool
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        context.tables.services[lane.service].tags.contains(tag) != forbids
    }
}
