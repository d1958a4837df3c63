import Replay

/// Orders of which nothing was placed by their deadline / orders placed.
struct UnservedRate: FactMetric {
    let declaration = MetricDeclaration(
        key: "unserved_rate", summary: "Orders of which nothing was placed by their deadline / orders placed",
        unit: "share", direction: .lower, denominator: "orders placed")

    func value(of facts: FactSums) -> Double? {
        facts.ratio(.unserved, per: .orders)
    }
}
