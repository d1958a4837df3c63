import Documents
import Domain
import Replay

/// Reads `report`: which metrics tables show, and what results are cut by.
struct ReportReader {
    let context: ReadingContext
    /// Keys of every metric there is.
    let metrics: [String]

    /// Metrics that a table shows where the scenario does not say, beside those of objectives and guardrails.
    private static let usualMetrics = [
        "on_time_rate", "fill_rate", "cost_per_order", "lead_time_hours", "carbon_kg_per_order",
    ]

    /// Metric keys and cuts; `judged` are the metrics of objectives and guardrails.
    func report(_ root: MappingReader, judged: [String]) -> (metrics: [String], cuts: [Cut]) {
        let usual = Self.distinct(judged + Self.usualMetrics.filter(metrics.contains))
        guard let value = root.optional("report") else { return (usual, []) }
        let reader = context.reader(value, keys: ["metrics", "by"])
        let keys = reader.list("metrics").compactMap { value in
            context.errors.collect { () throws(InputError) in try value.word("metric", among: metrics) }
        }
        let cuts = reader.list("by").compactMap { value in
            context.errors.collect { () throws(InputError) in try value.word("cut", of: Cut.self) }
        }
        return (value["metrics"] == nil ? usual : Self.distinct(keys), Self.distinct(cuts))
    }

    /// The elements once each, in order.
    private static func distinct<Element: Equatable>(_ elements: [Element]) -> [Element] {
        var result: [Element] = []
        for element in elements where !result.contains(element) { result.append(element) }
        return result
    }
}
