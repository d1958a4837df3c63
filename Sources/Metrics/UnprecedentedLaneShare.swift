import Replay

/// Share of the shipments on lanes that history never used: how far a strategy goes beyond what the record can vouch for.
///
/// nil where the dataset has no history.
struct UnprecedentedLaneShare: Metric {
    let declaration = MetricDeclaration(
        key: "unprecedented_lane_share", summary: "Share of shipments on lanes that history never used", unit: "share",
        direction: .lower, denominator: "measured shipments", isCutByFacts: false)

    func value(of measures: Measures) -> Double? {
        measures.shareOfLanesWithHistory.map { 1 - $0 }
    }
}
