import Replay

/// Mean hours from placed to delivered, over orders delivered with all their lines.
struct LeadTimeHours: FactMetric {
    let declaration = MetricDeclaration(
        key: "lead_time_hours", summary: "Mean hours from placed to delivered, over filled orders", unit: "h",
        direction: .lower, denominator: "orders filled")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.leadTimeHours, per: .filled)
    }
}
