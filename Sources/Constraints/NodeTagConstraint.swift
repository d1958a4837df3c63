import Domain
import History
import Replay

/// Only nodes that carry a tag may ship; with `forbid` only nodes that do not.
struct NodeTagConstraint: ExogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration("tag", .reference(.tag), summary: "a tag of the dataset"),
            ParameterDeclaration("forbid", .flag, default: false, summary: "whether the tag excludes instead"),
        ]
    ) { (parameters, _) throws(InputError) -> any Constraint in
        NodeTagConstraint(
            tag: try parameters.index("tag"), forbids: try parameters.flag("forbid"),
            key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "node_tag", summary: "Only nodes that carry a tag (or, with forbid, that do not)")

    /// Tag index.
    let tag: Int
    /// Whether the tag excludes.
    let forbids: Bool
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        context.tables.nodes[lane.node].tags.contains(tag) != forbids
    }
}
