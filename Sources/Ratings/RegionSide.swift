import Domain
import Replay

/// Whose region's weather or traffic is meant.
enum RegionSide: String, CaseIterable {
    /// The node's.
    case node
    /// The customer's.
    case zone
    /// The larger value of both.
    case worst

    /// The declaration of the parameter `at`.
    static let declaration = ParameterDeclaration(
        "at", .word(allCases.map(\.rawValue)), default: "worst",
        summary: "whose region: the node's, the zone's, or the worse of both")

    /// The side that the parameter `at` names.
    init(_ parameters: MemberParameters) throws(InputError) {
        self = RegionSide(rawValue: try parameters.text("at")) ?? .worst
    }

    /// A region's value on this side of a lane.
    func value(
        order: OrderFacts, lane: LaneFacts, in context: ReplayContext, of region: (Int) -> Double
    ) -> Double {
        switch self {
        case .node: region(context.tables.nodes[lane.node].region)
        case .zone: region(order.region)
        case .worst: max(region(context.tables.nodes[lane.node].region), region(order.region))
        }
    }
}
