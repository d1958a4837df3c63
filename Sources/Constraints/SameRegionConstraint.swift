import Replay

/// The node lies in the region of the order's zone.
struct SameRegionConstraint: ExogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(SameRegionConstraint())

    let declaration = ConstraintDeclaration(
        name: "same_region", summary: "Node and customer in one region (market, country)")

    func allows(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Bool {
        context.tables.nodes[lane.node].region == order.region
    }
}
