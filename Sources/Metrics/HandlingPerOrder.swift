import Replay

/// Handling and labour per order placed.
struct HandlingPerOrder: FactMetric {
    let declaration = MetricDeclaration(
        key: "handling_per_order", summary: "Handling and labour per order placed", unit: "money", direction: .lower,
        denominator: "orders placed")

    func value(of facts: FactSums) -> Double? {
        facts.ratio(.handling, per: .orders)
    }
}
