import Domain
import Foundation
import History
import Replay
import ScenarioFiles
import Statistics
import Testing

@testable import Experiments

/// A committed scenario, and who should beat whom in what.
struct Situation: Sendable, CustomTestStringConvertible {
    let scenario: String
    let better: String
    let worse: String
    let metric: String
    /// Whether the better one has the larger value.
    let isLarger: Bool
    let replications: Int
    var testDescription: String { "\(scenario): \(metric) of \(better) against \(worse)" }

    init(_ scenario: String, _ better: String, beats worse: String, in metric: String, isLarger: Bool, worlds: Int) {
        self.scenario = scenario
        self.better = better
        self.worse = worse
        self.metric = metric
        self.isLarger = isLarger
        replications = worlds
    }

    static let all = [
        Situation(
            "ice-storm", "promise_and_load", beats: "warehouse_first", in: "on_time_rate", isLarger: true, worlds: 4),
        Situation("ice-storm", "cross_city", beats: "warehouse_first", in: "on_time_rate", isLarger: true, worlds: 6),
        Situation(
            "ice-storm", "weather_aware", beats: "warehouse_first", in: "on_time_rate", isLarger: true, worlds: 4),
        Situation(
            "promotion-day", "capacity_matched", beats: "warehouse_first", in: "on_time_rate", isLarger: true, worlds: 4
        ),
        Situation(
            "stale-city-first", "nearest", beats: "city_first", in: "kilometres_per_order", isLarger: false, worlds: 4),
        Situation("stale-city-first", "nearest", beats: "city_first", in: "cost_per_order", isLarger: false, worlds: 4),
        Situation(
            "pharmacist", "roster_and_stock", beats: "nearest_pharmacist", in: "wait_minutes", isLarger: false,
            worlds: 5),
        Situation("weight-trap", "cost_95", beats: "balanced", in: "freight_per_order", isLarger: false, worlds: 4),
        Situation("weight-trap", "balanced", beats: "cost_95", in: "on_time_rate", isLarger: true, worlds: 5),
        Situation(
            "lockdown", "weighted_diverted", beats: "fixed_list", in: "on_time_rate", isLarger: true, worlds: 4),
        Situation("power-cut", "diverted", beats: "waiting", in: "lateness_hours", isLarger: false, worlds: 8),
        Situation("delay-warning", "warned", beats: "unwarned", in: "lateness_hours", isLarger: false, worlds: 10),
        Situation(
            "green-front", "low_carbon_wait", beats: "cheapest", in: "carbon_kg_per_order", isLarger: false, worlds: 4),
        Situation(
            "green-front", "fastest", beats: "low_carbon_wait", in: "lead_time_hours", isLarger: false, worlds: 4),
        Situation("morning-meeting", "weather_aware", beats: "random", in: "on_time_rate", isLarger: true, worlds: 5),
        Situation("cold-chain", "backed_up", beats: "fixed_route", in: "lead_time_hours", isLarger: false, worlds: 8),
        Situation(
            "capacity-match", "capacity_matched", beats: "warehouse_first", in: "on_time_rate", isLarger: true,
            worlds: 4),
        Situation(
            "capacity-match", "capacity_matched", beats: "nearest", in: "wait_minutes", isLarger: false, worlds: 8),
    ]
}

/// The committed scenarios show the mechanism that their heads promise.
@Suite struct SituationTests {
    private static let repository =
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized.path

    /// The experiment of two of a scenario's strategies.
    private func experiment(_ situation: Situation) throws -> Experiment {
        let document = try ScenarioDocument.read(
            Self.repository + "/Scenarios/\(situation.scenario).yaml"
        ).applying(
            ScenarioOptions(
                strategies: [situation.better, situation.worse], replications: situation.replications))
        let dataset = try DatasetReader.open(document.datasetPath(), cache: .never).dataset
        return try Experiment(scenario: try document.resolve(dataset: dataset), dataset: dataset)
    }

    /// The direction at 99 % confidence: the interval of the paired difference lies on one side of zero.
    @Test("The better strategy is better by more than chance, in as many worlds as stated", arguments: Situation.all)
    func direction(_ situation: Situation) throws {
        let experiment = try experiment(situation)
        let metric = try #require(experiment.metricKeys.firstIndex(of: situation.metric))
        var differences: [Double] = []
        for replication in 0..<situation.replications {
            let rows = try experiment.rows(of: TrialUnit(replication: replication, strategies: 0..<2))
            let names = experiment.scenario.strategies.map(\.name)
            let better = try #require(names.firstIndex(of: situation.better))
            differences.append(rows[better].values[metric] - rows[1 - better].values[metric])
        }
        let interval = try #require(Estimate(of: differences, level: 0.99).interval)
        if situation.isLarger {
            #expect(interval.low > 0, "\(interval)")
        } else {
            #expect(interval.high < 0, "\(interval)")
        }
    }

    @Test("Every committed scenario on sampled worlds names its situation and says what to expect")
    func heads() throws {
        for name in Set(Situation.all.map(\.scenario)) {
            let text = try String(contentsOfFile: Self.repository + "/Scenarios/\(name).yaml", encoding: .utf8)
            #expect(text.contains("(situation ") && text.contains("# What to expect."), "\(name)")
            #expect(text.contains("\nname: \(name)\n"), "\(name)")
        }
    }
}
