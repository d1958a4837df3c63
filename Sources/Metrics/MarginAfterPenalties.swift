import Replay

/// GMV - cost of the goods delivered - freight - handling - compensation - penalties for unserved lines. A total.
struct MarginAfterPenalties: FactMetric {
    let declaration = MetricDeclaration(
        key: "margin_after_penalties", summary: "Gross margin - penalties for unserved lines", unit: "money",
        direction: .higher, denominator: "none: a total")

    func quotient(of facts: FactSums) -> Quotient {
        Quotient(
            facts[.deliveredValue] - facts[.goodsCost] - facts[.freight] - facts[.handling] - facts[.compensation]
                - facts[.unservedCost])
    }
}
