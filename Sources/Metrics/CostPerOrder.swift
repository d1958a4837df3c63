import Replay

/// Freight + handling + compensation + penalties for unserved lines, per order placed.
///
/// The penalties are in: without them the cheapest strategy would be the one that ships nothing. It equals the sum of
/// `freight_per_order`, `handling_per_order`, `compensation_per_order` and `unserved_cost_per_order`.
struct CostPerOrder: FactMetric {
    let declaration = MetricDeclaration(
        key: "cost_per_order", summary: "Freight + handling + compensation + unserved penalties, per order placed",
        unit: "money", direction: .lower, denominator: "orders placed")

    func quotient(of facts: FactSums) -> Quotient {
        let cost = facts[.freight] + facts[.handling] + facts[.compensation] + facts[.unservedCost]
        return Quotient(cost, per: facts[.orders])
    }
}
