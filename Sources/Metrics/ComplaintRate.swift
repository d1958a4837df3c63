import Replay

/// Expected complaints per order placed.
struct ComplaintRate: FactMetric {
    let declaration = MetricDeclaration(
        key: "complaint_rate", summary: "Expected complaints per order placed", unit: "share", direction: .lower,
        denominator: "orders placed")

    func value(of facts: FactSums) -> Double? {
        facts.ratio(.complaints, per: .orders)
    }
}
