import Documents
import Domain
import History
import Metrics
import Replay

/// The first scenario of a dataset, as `sandtable init` writes it: it runs as it is, and says what to tune.
public enum ScenarioTemplate {
    /// The text of a scenario that runs on `dataset`, with comments.
    ///
    /// Strategies and noise are those the dataset has data for; the objectives' references are worked out from the mean
    /// cost and transit time from the nearest node, which no strategy has to reach: they are placeholders and say so.
    /// `datasetPath` is the folder as seen from the scenario file.
    public static func initial(dataset: Dataset, datasetPath: String) -> String {
        let survey = DatasetSurvey(dataset)
        let parts = [
            head(dataset), frame(dataset, datasetPath: datasetPath), world(dataset, survey), rules,
            strategies(dataset, survey), judgement(survey),
        ]
        return parts.joined(separator: "\n")
    }

    /// What the scenario is, in the comment head.
    private static func head(_ dataset: Dataset) -> String {
        """
        # Which routing strategy ships the orders of \(plain(dataset.description.name)) best?
        #
        # A first scenario: \(dataset.orders.count) orders, \(dataset.nodes.count) nodes, \
        \(dataset.zones.count) zones, \(dataset.services.count) services. It runs as it is.
        # Before you trust its ranking, set what is marked TUNE: what you are aiming for, and what a miss costs you.

        """
    }

    /// Name, dataset, seed, number of worlds.
    private static func frame(_ dataset: Dataset, datasetPath: String) -> String {
        """
        sandtable: 1
        name: \(DocumentText.scalar(fileName(dataset.description.name)))
        dataset: \(DocumentText.scalar(datasetPath))
        seed: 1                          # the same seed gives the same worlds, to the last bit
        replications: 20                 # worlds; more of them narrow the intervals
        # horizon: {warm_up_hours: 6}    # leave out the first hours, when queues are still empty

        """
    }

    /// What the worlds are made of.
    private static func world(_ dataset: Dataset, _ survey: DatasetSurvey) -> String {
        var lines = ["world:"]
        lines.append("  service_noise: \(survey.hasServiceNoise ? "on" : "off")")
        lines.append("  transit_noise: \(survey.hasTransitNoise ? "on" : "off")")
        if dataset.weather != nil { lines.append("  recorded_weather: on") }
        if dataset.traffic != nil { lines.append("  recorded_traffic: on") }
        lines.append("  cancellation: {hazard_per_hour: 0.001}   # TUNE: how fast waiting customers give up")
        if let node = dataset.nodes.first?.id {
            let name = DocumentText.scalar(node)
            lines.append("  # outages: [{node: \(name), from: 36000, to: 57600}]   # seconds, or local times")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What a miss costs.
    private static let rules = """
        costs:                           # TUNE: what a miss costs, in the dataset's currency
          unserved_per_order: 0
          late_per_order: 0
          late_per_hour: 0
        strategy_defaults:               # every strategy may do this
          splits: {max: 1}
          unmet: {wait_hours: 48}

        """

    /// The strategies that the dataset has data for.
    private static func strategies(_ dataset: Dataset, _ survey: DatasetSurvey) -> String {
        var lines = ["strategies:"]
        if dataset.history != nil { lines.append("  - as_happened                    # the baseline") }
        lines += ["  - nearest", "  - cheapest", "  - fastest"]
        if survey.hasEmissions { lines.append("  - least_carbon") }
        if survey.hasOrdersOfSeveralLines { lines.append("  - fewest_splits") }
        lines += [
            "  - capacity_matched", "  - stock_balanced", "  - random",
            "  - name: balanced                 # your own: a weight for each rating, the smallest sum wins",
            "    weights: {cost: 1, expected_lateness_hours: 2, queue_per_station: 0.5}",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// Objectives and guardrails.
    private static func judgement(_ survey: DatasetSurvey) -> String {
        var lines = ["objectives:                      # TUNE: from is worth 0, to is worth 1, in the metric's unit"]
        func add(_ key: String, weight: Double, _ references: ReferenceSuggestion) {
            lines.append("  - {metric: \(key), weight: \(plainNumber(weight)), \(references.text)}")
        }
        func declaration(_ key: String) -> MetricDeclaration? {
            MetricCatalogue.standard.first { $0.declaration.key == key }?.declaration
        }
        if survey.hasPromises, let metric = declaration("on_time_rate") {
            add(metric.key, weight: 2, ReferenceSuggestion(around: 0.9, of: metric))
        } else if let metric = declaration("lead_time_hours") {
            add(metric.key, weight: 2, ReferenceSuggestion(around: survey.transitHours ?? 24, of: metric))
        }
        if let metric = declaration("cost_per_order") {
            add(metric.key, weight: 1, ReferenceSuggestion(around: survey.costPerOrder ?? 1, of: metric))
        }
        lines += [
            "guardrails:", "  - {metric: fill_rate, at_least: 0.9}   # a strategy below it is never recommended",
            "report: {by: [region]}",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// A text on one line of a comment.
    private static func plain(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }

    /// A name that a folder can have: other characters become `-`.
    private static func fileName(_ name: String) -> String {
        let text = String(name.map { ScenarioDocument.isFit($0) ? $0 : "-" }.prefix(40))
        return text.first.map { $0 == "." } ?? true ? "scenario" + text : text
    }
}
