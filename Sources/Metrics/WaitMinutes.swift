import Replay

/// Mean minutes from the assignment of a shipment to the start of its pick, over picks that started.
struct WaitMinutes: FactMetric {
    let declaration = MetricDeclaration(
        key: "wait_minutes", summary: "Mean minutes from assignment to the start of the pick", unit: "min",
        direction: .lower, denominator: "picks started")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.pickWaitHours, per: .picks, times: 60)
    }
}
