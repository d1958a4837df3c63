import Replay

/// Units delivered / units ordered.
struct ItemFillRate: FactMetric {
    let declaration = MetricDeclaration(
        key: "item_fill_rate", summary: "Units delivered / units ordered", unit: "share", direction: .higher,
        denominator: "units ordered")

    func quotient(of facts: FactSums) -> Quotient {
        facts.quotient(.itemsDelivered, per: .items)
    }
}
