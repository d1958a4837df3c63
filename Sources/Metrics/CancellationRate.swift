import Replay

/// Orders cancelled by the customer before their first pick / orders placed.
struct CancellationRate: FactMetric {
    let declaration = MetricDeclaration(
        key: "cancellation_rate", summary: "Orders cancelled by the customer before their first pick / orders placed",
        unit: "share", direction: .lower, denominator: "orders placed")

    func value(of facts: FactSums) -> Double? {
        facts.ratio(.cancelled, per: .orders)
    }
}
