import Replay

/// Orders unfinished at the end of the replay / orders placed.
struct OpenRate: FactMetric {
    let declaration = MetricDeclaration(
        key: "open_rate", summary: "Orders unfinished at the end of the replay / orders placed", unit: "share",
        direction: .lower, denominator: "orders placed")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.open, per: .orders)
    }
}
