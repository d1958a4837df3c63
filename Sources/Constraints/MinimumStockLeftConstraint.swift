import Domain
import History
import Replay

/// After the order at least some units of each of its products stay available at the listed nodes: a reserve above the
/// safety stock of the dataset.
struct MinimumStockLeftConstraint: EndogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration("units", .integer(.nonNegative), unit: "units", summary: "what must stay"),
            ParameterDeclaration.rulesNodes,
        ]
    ) { (parameters, dataset) throws(InputError) -> any Constraint in
        MinimumStockLeftConstraint(
            units: try parameters.integer("units"),
            isBound: selection(parameters.indices("nodes"), count: dataset.nodes.count),
            key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "minimum_stock_left", summary: "Some units of every product stay at the node")

    /// What must stay.
    let units: Int
    /// Whether the rule is about a node.
    let isBound: [Bool]
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(
        order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState
    ) -> Bool {
        guard isBound[lane.node] else { return true }
        var stays = true
        order.forEachProduct(in: context.dataset) { product, quantity in
            if Int(state.available(node: lane.node, product: product)) - quantity < units { stays = false }
        }
        return stays
    }
}
