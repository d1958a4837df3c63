/// The result of a run: what ranking.json holds, less nothing and plus nothing.
///
/// It holds no time, host, path or number of threads: the same run gives the same bytes anywhere. A value that is not
/// defined (an interval from one replication, a rate without a denominator) is null.
public struct Ranking: Codable, Sendable, Hashable {
    /// Name of the run: scenario and hash.
    public var run: String
    /// SHA-256 of all that the result depends on, hexadecimal.
    public var runHash: String
    /// Name of the scenario.
    public var scenario: String
    /// Which dataset.
    public var dataset: DatasetIdentity
    /// Version of the product.
    public var version: String
    /// The seed of all random numbers.
    public var seed: UInt64
    /// Worlds per strategy.
    public var replications: Int
    /// The strategy the others are compared with.
    public var baseline: String
    /// The strategy that is recommended; null where none keeps all guardrails.
    @Nullable public var recommended: String?
    /// Level of every interval.
    public var confidence: Double
    /// The difference of composites that is worth acting on; null where none is stated.
    @Nullable public var practicalDifference: Double?
    /// The share of worlds, the worst, that the conditional value at risk is the mean of.
    public var riskLevel: Double
    /// Which method made the simultaneous intervals.
    public var simultaneousMethod: String
    /// What the composite is made of, in the scenario's order.
    public var objectives: [ObjectiveStatement]
    /// Bounds the scenario states.
    public var guardrails: [GuardrailStatement]
    /// What the metrics are, in the catalogue's order.
    public var metrics: [MetricStatement]
    /// Keys of the metrics that tables show.
    public var reportMetrics: [String]
    /// The strategies by rank.
    public var strategies: [RankedStrategy]
    /// Where the weights let one metric pay for another's collapse, for the strategy at the top.
    public var weightTraps: [WeightTrap]
    /// How well the replay reproduces what was recorded; null without history.
    @Nullable public var fidelity: FidelityScore?

    /// Which dataset a run used.
    public struct DatasetIdentity: Codable, Sendable, Hashable {
        /// Its name.
        public var name: String
        /// SHA-256 of its content, hexadecimal.
        public var contentHash: String
        /// Orders in the scenario's horizon.
        public var orders: Int

        /// An identity from its parts.
        public init(name: String, contentHash: String, orders: Int) {
            self.name = name
            self.contentHash = contentHash
            self.orders = orders
        }
    }

    /// The entry of a strategy.
    public subscript(strategy name: String) -> RankedStrategy? { strategies.first { $0.name == name } }

    /// Whether the strategy of rank 1 breaks a guardrail: the run is then finished, but its winner is no answer.
    public var winnerBreaksGuardrail: Bool {
        strategies.first?.guardrails.contains { $0.state == .broken } ?? false
    }
}

/// One term of the composite.
public struct ObjectiveStatement: Codable, Sendable, Hashable {
    /// Key of the metric.
    public var metric: String
    /// Its weight.
    public var weight: Double
    /// The value worth 0.
    public var from: Double
    /// The value worth 1.
    public var to: Double
    /// The smallest difference that matters, in the metric's unit; null where none is stated.
    @Nullable public var practicalDifference: Double?

    /// A term from its parts.
    public init(metric: String, weight: Double, from: Double, to: Double, practicalDifference: Double? = nil) {
        self.metric = metric
        self.weight = weight
        self.from = from
        self.to = to
        self.practicalDifference = practicalDifference
    }
}

/// A bound on a metric.
public struct GuardrailStatement: Codable, Sendable, Hashable {
    /// Key of the metric.
    public var metric: String
    /// The mean over worlds is at least this; nil where there is no lower bound.
    @Nullable public var atLeast: Double?
    /// The mean over worlds is at most this; nil where there is no upper bound.
    @Nullable public var atMost: Double?

    /// A bound from its parts.
    public init(metric: String, atLeast: Double? = nil, atMost: Double? = nil) {
        self.metric = metric
        self.atLeast = atLeast
        self.atMost = atMost
    }

    /// Whether a value is inside the bound.
    public func admits(_ value: Double) -> Bool {
        value >= (atLeast ?? -.infinity) && value <= (atMost ?? .infinity)
    }
}

/// What a metric is.
public struct MetricStatement: Codable, Sendable, Hashable {
    /// Its key.
    public var key: String
    /// Its unit.
    public var unit: String
    /// `higher` or `lower` is better.
    public var direction: String
    /// One line.
    public var summary: String

    /// A statement from its parts.
    public init(key: String, unit: String, direction: String, summary: String) {
        self.key = key
        self.unit = unit
        self.direction = direction
        self.summary = summary
    }
}
