import Replay

/// Orders that had a line waiting for stock / orders placed.
struct BackOrderRate: FactMetric {
    let declaration = MetricDeclaration(
        key: "back_order_rate", summary: "Orders that had a line waiting for stock / orders placed", unit: "share",
        direction: .lower, denominator: "orders placed")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.backOrdered, per: .orders)
    }
}
