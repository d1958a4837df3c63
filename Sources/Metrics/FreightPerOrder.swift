import Replay

/// Freight per order placed.
struct FreightPerOrder: FactMetric {
    let declaration = MetricDeclaration(
        key: "freight_per_order", summary: "Freight per order placed", unit: "money", direction: .lower,
        denominator: "orders placed")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.freight, per: .orders)
    }
}
