import Replay

/// Penalty of unserved lines per order placed.
struct UnservedCostPerOrder: FactMetric {
    let declaration = MetricDeclaration(
        key: "unserved_cost_per_order", summary: "Penalty of unserved lines per order placed", unit: "money",
        direction: .lower, denominator: "orders placed")

    func value(of facts: FactSums) -> Double? {
        facts.ratio(.unservedCost, per: .orders)
    }
}
