import Replay

/// Kilometres of shipments per order placed.
struct KilometresPerOrder: FactMetric {
    let declaration = MetricDeclaration(
        key: "kilometres_per_order", summary: "Kilometres of shipments per order placed", unit: "km", direction: .lower,
        denominator: "orders placed")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.kilometres, per: .orders)
    }
}
