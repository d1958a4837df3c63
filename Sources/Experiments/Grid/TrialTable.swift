/// The figures of all trials of a run: strategy x replication x metric.
///
/// What the ranking is computed from. Trials may come in any order; a figure's place does not depend on it.
public struct TrialTable: Sendable {
    /// Names of the strategies, in the order of the scenario.
    public let strategies: [String]
    /// Worlds per strategy.
    public let replicationCount: Int
    /// Keys of the metrics, in the order of the catalogue.
    public let metricKeys: [String]
    /// Values, strategy-major, then replication, then metric; NaN = undefined.
    private var values: [Double]
    /// Decisions per trial; -1 = not run yet.
    private var decisions: [Int]

    /// A table without trials.
    public init(strategies: [String], replicationCount: Int, metricKeys: [String]) {
        self.strategies = strategies
        self.replicationCount = replicationCount
        self.metricKeys = metricKeys
        let trials = strategies.count * replicationCount
        values = [Double](repeating: .nan, count: trials * metricKeys.count)
        decisions = [Int](repeating: -1, count: trials)
    }

    /// Trials of the whole grid.
    public var trialCount: Int { decisions.count }

    /// Trials that are done.
    public var doneCount: Int { decisions.count { $0 >= 0 } }

    /// Decisions of all trials that are done.
    public var decisionCount: Int { decisions.reduce(0) { $0 + max(0, $1) } }

    /// Whether a trial is done.
    public func isDone(strategy: Int, replication: Int) -> Bool {
        decisions[strategy * replicationCount + replication] >= 0
    }

    /// Enters a trial.
    public mutating func enter(_ row: TrialRow) {
        precondition(row.values.count == metricKeys.count, "a trial has every metric")
        let trial = row.strategy * replicationCount + row.replication
        decisions[trial] = row.decisions
        for (metric, value) in row.values.enumerated() { values[trial * metricKeys.count + metric] = value }
    }

    /// A figure; NaN where it is undefined or the trial is not done.
    public func value(strategy: Int, replication: Int, metric: Int) -> Double {
        values[(strategy * replicationCount + replication) * metricKeys.count + metric]
    }

    /// The figures of a strategy and a metric, by replication.
    public func series(strategy: Int, metric: Int) -> [Double] {
        (0..<replicationCount).map { value(strategy: strategy, replication: $0, metric: metric) }
    }

    /// Position of a metric.
    public func metric(_ key: String) -> Int? { metricKeys.firstIndex(of: key) }
}
