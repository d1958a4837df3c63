import Replay

/// Freight per order placed.
struct FreightPerOrder: FactMetric {
    let declaration = MetricDeclaration(
        key: "freight_per_order", summary: "Freight per order placed", unit: "money", direction: .lower,
        denominator: "orders placed")

    func value(of facts: FactSums) -> Double? {
        facts.ratio(.freight, per: .orders)
    }
}
