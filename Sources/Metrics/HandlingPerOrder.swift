import Replay

/// Handling and labour per order placed.
struct HandlingPerOrder: FactMetric {
    let declaration = MetricDeclaration(
        key: "handling_per_order", summary: "Handling and labour per order placed", unit: "money", direction: .lower,
        denominator: "orders placed")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.handling, per: .orders)
    }
}
