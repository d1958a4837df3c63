import Replay

/// Expected compensation of late orders per order placed.
struct CompensationPerOrder: FactMetric {
    let declaration = MetricDeclaration(
        key: "compensation_per_order", summary: "Expected compensation of late orders per order placed", unit: "money",
        direction: .lower, denominator: "orders placed")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.compensation, per: .orders)
    }
}
