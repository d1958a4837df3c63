import Replay

/// Orders that met a screening rule / orders placed.
struct ManualReviewRate: FactMetric {
    let declaration = MetricDeclaration(
        key: "manual_review_rate", summary: "Orders that met a screening rule / orders placed", unit: "share",
        direction: .lower, denominator: "orders placed")

    func value(of facts: FactSums) -> Double? {
        facts.ratio(.reviewed, per: .orders)
    }
}
