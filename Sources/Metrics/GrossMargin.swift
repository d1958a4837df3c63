import Replay

/// GMV - cost of the goods delivered - freight - handling - compensation.
///
/// A total. Penalties for unserved lines are not in: the sale that was lost already lacks in the GMV. See
/// `margin_after_penalties`. Freight and handling count from the decision, also of orders still open at the end.
struct GrossMargin: FactMetric {
    let declaration = MetricDeclaration(
        key: "gross_margin", summary: "GMV - goods - freight - handling - compensation", unit: "money",
        direction: .higher, denominator: "none: a total")

    func quotient(of facts: FactSums) -> Quotient {
        Quotient(
            facts[.deliveredValue] - facts[.goodsCost] - facts[.freight] - facts[.handling] - facts[.compensation])
    }
}
