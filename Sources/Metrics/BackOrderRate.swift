import Replay

/// Orders that had a line waiting for stock / orders placed.
struct BackOrderRate: FactMetric {
    let declaration = MetricDeclaration(
        key: "back_order_rate", summary: "Orders that had a line waiting for stock / orders placed", unit: "share",
        direction: .lower, denominator: "orders placed")

    func value(of facts: FactSums) -> Double? {
        facts.ratio(.backOrdered, per: .orders)
    }
}
