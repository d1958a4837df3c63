import Replay

/// Orders delivered with all their lines by their promise / orders delivered.
///
/// Says nothing of orders that never arrive: read it beside `fill_rate`.
struct OnTimeOfDelivered: FactMetric {
    let declaration = MetricDeclaration(
        key: "on_time_of_delivered", summary: "Orders delivered complete by their promise / orders delivered",
        unit: "share", direction: .higher, denominator: "orders delivered")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.onTime, per: .delivered)
    }
}
