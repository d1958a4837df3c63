import Domain
import Metrics
import Replay
import Worlds

/// A validated scenario: what is replayed, how often, and how the results are judged.
///
/// Made by ``ScenarioDocument/resolve(dataset:baselineFigures:)``. Everything that a file may leave out is filled in;
/// everything that a file may order freely has a fixed order.
public struct Scenario: Sendable {
    /// Name in results and the default output folder.
    public var name: String
    /// The comment head of the file, without the marks.
    public var head: String
    /// The dataset's folder, as the scenario file or the command line gives it, seen from the working directory.
    public var datasetPath: String
    /// Key of all random numbers.
    public var seed: UInt64
    /// Number of worlds.
    public var replications: Int
    /// Index into ``strategies``.
    public var baseline: Int
    /// Horizon, screening, money.
    public var settings: ReplaySettings
    /// What the worlds are made of, in the catalogue's order.
    public var perturbations: [any Perturbation]
    /// Names and parameters of ``perturbations``: `cancellation(hazard_per_hour: 0.002)`.
    public var perturbationKeys: [String]
    /// The strategies, as listed.
    public var strategies: [StrategySpecification]
    /// Every metric there is: the catalogue's, then the scenario's own ratios by key.
    public var metrics: [any Metric]
    /// Parameters of the scenario's own ratios.
    var ratioKeys: [String]
    /// The composite, in the file's order.
    public var objectives: [Objective] = []
    /// What a strategy must keep to be recommended.
    public var guardrails: [Guardrail] = []
    /// The share of worlds, the worst, that the conditional value at risk is the mean of: above 0, at most 1.
    public var riskLevel = Scenario.usualRiskLevel
    /// The level where a scenario states none.
    static let usualRiskLevel = 0.1
    /// Keys of the metrics that tables show, in order.
    public var reportMetrics: [String] = []
    /// What results are cut by.
    public var cuts: [Cut] = []
    /// The scenario's meaning as text: equal for files that mean the same, whatever their comments, order of keys,
    /// spelled-out defaults or paths. The run's hash is taken over it.
    public var canonicalText = ""

    /// The metric of a key.
    public func metric(_ key: String) -> (any Metric)? {
        metrics.first { $0.declaration.key == key }
    }
}

/// A term of the composite: weight x (value - from) / (to - from), unclipped.
public struct Objective: Sendable, Hashable {
    /// The metric.
    public var metric: String
    /// Its weight, above 0.
    public var weight: Double
    /// The value worth 0, in the metric's unit.
    public var from: Double
    /// The value worth 1, in the metric's unit; better than ``from``.
    public var to: Double
    /// The smallest difference that matters, in the metric's unit, above 0.
    public var practicalDifference: Double

    /// An objective from its parts.
    public init(metric: String, weight: Double, from: Double, to: Double, practicalDifference: Double) {
        self.metric = metric
        self.weight = weight
        self.from = from
        self.to = to
        self.practicalDifference = practicalDifference
    }
}

/// A bound that a strategy's mean over worlds must keep.
public struct Guardrail: Sendable, Hashable {
    /// Which side of the bound is safe.
    public enum Bound: Sendable, Hashable {
        /// The value must not be below.
        case atLeast(Double)
        /// The value must not be above.
        case atMost(Double)
    }
    /// The metric.
    public var metric: String
    /// The bound, in the metric's unit.
    public var bound: Bound

    /// A guardrail from its parts.
    public init(metric: String, bound: Bound) {
        self.metric = metric
        self.bound = bound
    }

    /// Whether a value keeps it.
    public func isKept(by value: Double) -> Bool {
        switch bound {
        case .atLeast(let limit): value >= limit
        case .atMost(let limit): value <= limit
        }
    }
}
