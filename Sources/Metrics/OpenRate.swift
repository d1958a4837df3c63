import Replay

/// Orders unfinished at the end of the replay / orders placed.
struct OpenRate: FactMetric {
    let declaration = MetricDeclaration(
        key: "open_rate", summary: "Orders unfinished at the end of the replay / orders placed", unit: "share",
        direction: .lower, denominator: "orders placed")

    func value(of facts: FactSums) -> Double? {
        facts.ratio(.open, per: .orders)
    }
}
