import Constraints
import Domain
import History
import Replay
import TestKit

/// Whether a constraint allows a candidate of the small network.
func allows(
    _ name: String, _ given: [ParameterField] = [], in network: SmallNetwork, order: Int = 0, lines: [Int]? = nil,
    node: String = "n1", service: String = "van", at time: Double? = nil,
    state change: (inout SmallNetwork.StateParts) -> Void = { _ in }
) throws -> Bool {
    let constraint = try ConstraintCatalogue.members.make(name, given, dataset: network.dataset)
    let facts = network.facts(order: order, lines: lines, at: time)
    let lane = try network.lane(node: node, service: service, for: facts)
    switch constraint {
    case let constraint as any ExogenousConstraint:
        return constraint.allows(order: facts, lane: lane, in: network.context)
    case let constraint as any EndogenousConstraint:
        return constraint.allows(
            order: facts, lane: lane, in: network.context, state: network.state(at: facts.time, change: change))
    default:
        throw InputError(found: "constraint '\(name)' of no kind", expected: "exogenous or endogenous")
    }
}

/// The nodes of the small network that a constraint allows for an order by van.
func nodesAllowed(
    _ name: String, _ given: [ParameterField] = [], in network: SmallNetwork, order: Int = 0, at time: Double? = nil,
    service: String = "van", state change: (inout SmallNetwork.StateParts) -> Void = { _ in }
) throws -> [String] {
    try network.dataset.nodes.map(\.id).filter {
        try allows(name, given, in: network, order: order, node: $0, service: service, at: time, state: change)
    }
}
