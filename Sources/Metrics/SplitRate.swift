import Replay

/// Orders in more than one shipment / orders placed.
struct SplitRate: FactMetric {
    let declaration = MetricDeclaration(
        key: "split_rate", summary: "Orders in more than one shipment / orders placed", unit: "share",
        direction: .lower, denominator: "orders placed")

    func value(of facts: FactSums) -> Double? {
        facts.ratio(.split, per: .orders)
    }
}
