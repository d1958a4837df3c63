import Replay

/// Orders cancelled by the customer before their first pick / orders placed.
struct CancellationRate: FactMetric {
    let declaration = MetricDeclaration(
        key: "cancellation_rate", summary: "Orders cancelled by the customer before their first pick / orders placed",
        unit: "share", direction: .lower, denominator: "orders placed")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.cancelled, per: .orders)
    }
}
