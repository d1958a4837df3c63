import Replay

/// Service hours spent / station hours on offer within the horizon, at the node where that is largest; nodes that offer no
/// hours do not count.
struct UtilisationOfBusiestNode: Metric {
    let declaration = MetricDeclaration(
        key: "utilisation_of_busiest_node",
        summary: "Service hours / station hours on offer at the node where that is largest", unit: "share",
        direction: .lower, denominator: "station hours on offer", isCutByFacts: false)

    func value(of measures: Measures) -> Double? {
        var largest: Double?
        for node in measures.busyHours.indices {
            let share = Utilisation.share(busy: [measures.busyHours[node]], offered: [measures.stationHours[node]])
            if let share { largest = max(largest ?? share, share) }
        }
        return largest
    }
}
