import Replay

/// Shipments that are not void per order placed; an order that is not shipped counts in the denominator.
struct ShipmentsPerOrder: FactMetric {
    let declaration = MetricDeclaration(
        key: "shipments_per_order", summary: "Shipments per order placed", unit: "shipments", direction: .lower,
        denominator: "orders placed")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.shipments, per: .orders)
    }
}
