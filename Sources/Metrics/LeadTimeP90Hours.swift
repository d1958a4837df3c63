import Replay

/// The 0.9 quantile of the hours from placed to delivered, over filled orders.
///
/// From a histogram with bins of 1 %: the relative error is at most 0.5 %.
struct LeadTimeP90Hours: Metric {
    let declaration = MetricDeclaration(
        key: "lead_time_p90_hours", summary: "Hours within which 90 % of filled orders are delivered", unit: "h",
        direction: .lower, denominator: "orders filled", isCutByFacts: false)

    func value(of measures: Measures) -> Double? {
        measures.leadTimeHours.quantile(0.9)
    }
}
