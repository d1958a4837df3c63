import Domain
import Experiments

/// At which value of a scenario's input the winner changes: the answer of ``SwitchSearch`` with what it is about.
public struct Threshold: Codable, Sendable, Hashable {
    /// Name of the scenario.
    public var scenario: String
    /// The path of the input.
    public var input: String
    /// Least value.
    public var low: Double
    /// Largest value.
    public var high: Double
    /// The strategies compared, in the scenario's order.
    public var strategies: [String]
    /// The seed of all random numbers.
    public var seed: UInt64
    /// The difference of composites that is worth acting on.
    public var practicalDifference: Double
    /// Where the winner changes.
    public var result: SwitchReport

    /// What was found in a scenario.
    public init(scenario: Experiment, input: String, search: SwitchSearch, result: SwitchReport) {
        self.scenario = scenario.scenario.name
        self.input = input
        low = search.range.lowerBound
        high = search.range.upperBound
        strategies = search.strategies
        seed = scenario.scenario.seed
        practicalDifference = scenario.practicalDifference
        self.result = result
    }

    /// About how many worlds would bring the gap that is found down to the practical difference, as its standard error
    /// falls with the root of their number; nil where these worlds do.
    public var worldsForPracticalDifference: Int? {
        guard result.detectableGap > practicalDifference, practicalDifference > 0 else { return nil }
        let ratio = result.detectableGap / practicalDifference
        let worlds = (Double(result.worlds) * ratio * ratio).rounded(.up)
        // Beyond a billion it is no advice.
        return worlds < 1e9 ? Int(worlds) : nil
    }
}

/// The composites of a scenario's strategies as a function of one of its inputs: what ``SwitchSearch`` asks for.
public struct InputSweep {
    /// The scenario with the input at a value and only some strategies.
    public typealias Setting = (_ value: Double, _ strategies: [String]) throws -> Experiment

    private let strategies: [String]
    private let work: WorldWork
    private let setting: Setting

    /// A sweep over the settings of a scenario with these strategies.
    public init(strategies: [String], work: WorldWork, setting: @escaping Setting) {
        self.strategies = strategies
        self.work = work
        self.setting = setting
    }

    /// Composites by strategy and world.
    ///
    /// - Throws: what a scenario with that value is refused for; ``InputError`` of a strategy that ships nothing.
    public func composites(at value: Double, strategies indices: [Int], worlds: Range<Int>) throws -> [[Double]] {
        let names = indices.map { strategies[$0] }
        let experiment = try setting(value, names)
        let all = experiment.scenario.strategies.indices
        let rows = try work.map(worlds) { world in
            try experiment.rows(of: TrialUnit(replication: world, strategies: all))
        }
        var table = TrialTable(
            strategies: experiment.scenario.strategies.map(\.name), replicationCount: worlds.count,
            metricKeys: experiment.metricKeys)
        for row in rows.joined() {
            var placed = row
            placed.replication -= worlds.lowerBound
            table.enter(placed)
        }
        let builder = experiment.rankingBuilder(of: table)
        return names.map { name in
            table.strategies.firstIndex(of: name).map(builder.composites(ofStrategy:))
                ?? [Double](repeating: .nan, count: worlds.count)
        }
    }
}
