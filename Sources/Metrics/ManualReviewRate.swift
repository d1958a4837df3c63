import Replay

/// Orders that met a screening rule / orders placed.
struct ManualReviewRate: FactMetric {
    let declaration = MetricDeclaration(
        key: "manual_review_rate", summary: "Orders that met a screening rule / orders placed", unit: "share",
        direction: .lower, denominator: "orders placed")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.reviewed, per: .orders)
    }
}
