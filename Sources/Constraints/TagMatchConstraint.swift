import Domain
import History
import Replay

/// Orders that match need a node, or a service, that carries a tag; others are free.
///
/// An order matches when every condition that is given holds: it, its customer, one of the products the candidate would
/// carry, or its zone carries `when_tag` (which of them: `of`); it belongs to `when_segment`; what the candidate would
/// carry is worth more than `when_value_above`. Without a condition every order matches. So `prescription` goods
/// need a `pharmacist`, a remote zone a carrier that goes there, goods of high value an insured service.
struct TagMatchConstraint: ExogenousConstraint {
    /// Where `when_tag` is looked for.
    enum Source: String, CaseIterable {
        case any, order, product, zone
    }
    /// What must carry the tag.
    enum Carrier: String, CaseIterable {
        case node, service
    }
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration("when_tag", .reference(.tag), isOptional: true, summary: "orders with this tag match"),
            ParameterDeclaration(
                "of", .word(Source.allCases.map(\.rawValue)), default: "any",
                summary: "what carries it: order (or its customer), product, zone, any of them"),
            ParameterDeclaration(
                "when_segment", .reference(.segment), isOptional: true, summary: "orders of this segment match"),
            ParameterDeclaration(
                "when_value_above", .number(.any), unit: "money", isOptional: true,
                summary: "orders worth more match"),
            ParameterDeclaration("require", .reference(.tag), summary: "the tag that is needed"),
            ParameterDeclaration(
                "on", .word(Carrier.allCases.map(\.rawValue)), default: "node", summary: "what needs it"),
            ParameterDeclaration("forbid", .flag, default: false, summary: "whether the tag excludes instead"),
        ]
    ) { (parameters, _) throws(InputError) -> any Constraint in
        TagMatchConstraint(
            tag: parameters.indices("when_tag")?.first,
            source: Source(rawValue: try parameters.text("of")) ?? .any,
            segment: parameters.indices("when_segment")?.first,
            valueAbove: try parameters.optionalNumber("when_value_above"),
            required: try parameters.index("require"),
            carrier: Carrier(rawValue: try parameters.text("on")) ?? .node,
            forbids: try parameters.flag("forbid"), key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "tag_match", summary: "Orders with a tag, segment or value need a node or service with a tag")

    /// Orders with this tag match; nil = any.
    let tag: Int?
    /// Where the tag is looked for.
    let source: Source
    /// Orders of this segment match; nil = any.
    let segment: Int?
    /// Orders worth more match; nil = any.
    let valueAbove: Double?
    /// The tag that is needed.
    let required: Int
    /// What needs it.
    let carrier: Carrier
    /// Whether the tag excludes instead.
    let forbids: Bool
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        guard matches(order, context) else { return true }
        let tags =
            switch carrier {
            case .node: context.tables.nodes[lane.node].tags
            case .service: context.tables.services[lane.service].tags
            }
        return tags.contains(required) != forbids
    }

    /// Whether the rule is about an order.
    private func matches(_ order: OrderFacts, _ context: ReplayContext) -> Bool {
        if let segment, order.segment != segment { return false }
        if let valueAbove, order.parcel.value <= valueAbove { return false }
        guard let tag else { return true }
        let zoneTags = context.dataset.zones[order.zone].tags
        return switch source {
        case .order: order.tags.contains(tag)
        case .product: order.parcel.productTags.contains(tag)
        case .zone: zoneTags.contains(tag)
        case .any: order.tags.union(order.parcel.productTags).union(zoneTags).contains(tag)
        }
    }
}
