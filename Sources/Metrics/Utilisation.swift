import Replay

/// Service hours spent / station hours on offer within the horizon, over all nodes.
///
/// Less is counted as better: it is spare capacity. May pass 1 where work spills over into the drain.
struct Utilisation: Metric {
    let declaration = MetricDeclaration(
        key: "utilisation", summary: "Service hours / station hours on offer, over all nodes", unit: "share",
        direction: .lower, denominator: "station hours on offer", isCutByFacts: false)

    func value(of measures: Measures) -> Double? {
        Utilisation.share(busy: measures.busyHours, offered: measures.stationHours)
    }

    /// Busy hours / offered hours, summed in order of nodes; nil where none are offered.
    static func share(busy: [Double], offered: [Double]) -> Double? {
        var hours = 0.0
        var total = 0.0
        for node in busy.indices {
            hours += busy[node]
            total += offered[node]
        }
        return total == 0 ? nil : hours / total
    }
}
