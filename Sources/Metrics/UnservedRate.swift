import Replay

/// Orders of which nothing was placed by their deadline / orders placed.
struct UnservedRate: FactMetric {
    let declaration = MetricDeclaration(
        key: "unserved_rate", summary: "Orders of which nothing was placed by their deadline / orders placed",
        unit: "share", direction: .lower, denominator: "orders placed")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.unserved, per: .orders)
    }
}
