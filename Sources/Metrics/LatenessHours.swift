import Replay

/// Mean hours by which a filled order misses its promise, 0 for one in time; by the day from the end of the promised day.
struct LatenessHours: FactMetric {
    let declaration = MetricDeclaration(
        key: "lateness_hours", summary: "Mean hours late, over filled orders, 0 for those in time", unit: "h",
        direction: .lower, denominator: "orders filled")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.latenessHours, per: .filled)
    }
}
