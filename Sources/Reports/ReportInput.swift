import Experiments
import History
import ScenarioFiles

/// What a report is written from.
public struct ReportInput: Sendable {
    /// The result.
    public var ranking: Ranking
    /// The scenario.
    public var scenario: Scenario
    /// What was found in the data.
    public var quality: QualityReport
    /// The scenario's file, as it was named.
    public var scenarioPath: String
    /// The options that make the run again, such as `--replications 200`.
    public var options: [String]

    /// An input from its parts.
    public init(
        ranking: Ranking, scenario: Scenario, quality: QualityReport, scenarioPath: String, options: [String]
    ) {
        self.ranking = ranking
        self.scenario = scenario
        self.quality = quality
        self.scenarioPath = scenarioPath
        self.options = options
    }
}
