import Replay

/// Units delivered / units ordered.
struct ItemFillRate: FactMetric {
    let declaration = MetricDeclaration(
        key: "item_fill_rate", summary: "Units delivered / units ordered", unit: "share", direction: .higher,
        denominator: "units ordered")

    func value(of facts: FactSums) -> Double? {
        facts.ratio(.itemsDelivered, per: .items)
    }
}
