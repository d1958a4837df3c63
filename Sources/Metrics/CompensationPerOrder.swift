import Replay

/// Expected compensation of late orders per order placed.
struct CompensationPerOrder: FactMetric {
    let declaration = MetricDeclaration(
        key: "compensation_per_order", summary: "Expected compensation of late orders per order placed", unit: "money",
        direction: .lower, denominator: "orders placed")

    func value(of facts: FactSums) -> Double? {
        facts.ratio(.compensation, per: .orders)
    }
}
