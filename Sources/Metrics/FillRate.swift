import Replay

/// Orders delivered with all their lines / orders placed.
struct FillRate: FactMetric {
    let declaration = MetricDeclaration(
        key: "fill_rate", summary: "Orders delivered with all their lines / orders placed", unit: "share",
        direction: .higher, denominator: "orders placed")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.filled, per: .orders)
    }
}
