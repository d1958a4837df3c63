import Replay

/// Gross merchandise value realised: price x quantity of the delivered lines.
///
/// A total over measured orders, weighted by their sampling weights.
struct GrossMerchandiseValue: FactMetric {
    let declaration = MetricDeclaration(
        key: "gmv", summary: "Money realised: value of delivered lines", unit: "money", direction: .higher,
        denominator: "none: a total")

    func quotient(of facts: FactSums) -> Quotient {
        Quotient(
            facts[.deliveredValue])
    }
}
