import Replay

/// Fewer shipments were assigned to the service at the node today than it takes a day: what is added can leave today.
struct CarrierCapacityConstraint: EndogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(CarrierCapacityConstraint())

    let declaration = ConstraintDeclaration(
        name: "carrier_capacity", summary: "The service still has room at the node today")

    func allows(
        order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState
    ) -> Bool {
        let services = context.dataset.services
        guard let capacity = services[lane.service].dailyCapacity else { return true }
        return Int(state.assignedTodayByService[lane.node * services.count + lane.service]) < capacity
    }
}
