import Domain
import History
import Replay

/// The listed nodes take no more than some shipments a local day, beside any limit of the dataset.
struct DailyOrdersConstraint: EndogenousConstraint {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Constraint>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration(
                "maximum", .integer(.nonNegative), unit: "shipments", summary: "shipments a local day"),
            ParameterDeclaration.rulesNodes,
        ]
    ) { (parameters, dataset) throws(InputError) -> any Constraint in
        DailyOrdersConstraint(
            maximum: try parameters.integer("maximum"),
            isBound: selection(parameters.indices("nodes"), count: dataset.nodes.count),
            key: declaration.name + parameters.key)
    }
    private static let declaration = ConstraintDeclaration(
        name: "daily_orders", summary: "The listed nodes take some shipments a day only")

    /// Shipments a local day.
    let maximum: Int
    /// Whether the rule is about a node.
    let isBound: [Bool]
    let key: String
    var declaration: ConstraintDeclaration { Self.declaration }

    func allows(
        order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState
    ) -> Bool {
        !isBound[lane.node] || Int(state.assignedToday[lane.node]) < maximum
    }
}
