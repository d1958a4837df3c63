import Replay

/// The longest pick queue any node had.
struct PeakQueue: Metric {
    let declaration = MetricDeclaration(
        key: "peak_queue", summary: "The longest pick queue any node had", unit: "shipments", direction: .lower,
        denominator: "none: a maximum", isCutByFacts: false)

    func value(of measures: Measures) -> Double? {
        Double(measures.peakQueue)
    }
}
