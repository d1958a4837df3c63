import Replay

/// Expected complaints per order placed.
struct ComplaintRate: FactMetric {
    let declaration = MetricDeclaration(
        key: "complaint_rate", summary: "Expected complaints per order placed", unit: "share", direction: .lower,
        denominator: "orders placed")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.complaints, per: .orders)
    }
}
