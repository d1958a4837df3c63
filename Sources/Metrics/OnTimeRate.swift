import Replay

/// Orders delivered with all their lines by their promise / orders placed.
///
/// Unserved, cancelled and open orders are not on time; an order without a promise is on time once it is delivered complete.
struct OnTimeRate: FactMetric {
    let declaration = MetricDeclaration(
        key: "on_time_rate", summary: "Orders delivered complete by their promise / orders placed", unit: "share",
        direction: .higher, denominator: "orders placed")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.onTime, per: .orders)
    }
}
