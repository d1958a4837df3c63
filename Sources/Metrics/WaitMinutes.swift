import Replay

/// Mean minutes from the assignment of a shipment to the start of its pick, over picks that started.
struct WaitMinutes: FactMetric {
    let declaration = MetricDeclaration(
        key: "wait_minutes", summary: "Mean minutes from assignment to the start of the pick", unit: "min",
        direction: .lower, denominator: "picks started")

    func value(of facts: FactSums) -> Double? {
        facts.ratio(.pickWaitHours, per: .picks).map { 60 * $0 }
    }
}
