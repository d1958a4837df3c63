import Replay

/// Orders in more than one shipment / orders placed.
struct SplitRate: FactMetric {
    let declaration = MetricDeclaration(
        key: "split_rate", summary: "Orders in more than one shipment / orders placed", unit: "share",
        direction: .lower, denominator: "orders placed")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.split, per: .orders)
    }
}
