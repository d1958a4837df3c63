import Replay

/// Penalty of unserved lines per order placed.
struct UnservedCostPerOrder: FactMetric {
    let declaration = MetricDeclaration(
        key: "unserved_cost_per_order", summary: "Penalty of unserved lines per order placed", unit: "money",
        direction: .lower, denominator: "orders placed")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.unservedCost, per: .orders)
    }
}
