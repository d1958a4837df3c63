/// What a finished trial leaves behind: its figures, and nothing that grows with its orders.
public struct TrialRow: Sendable, Hashable {
    /// Index of the strategy in the run.
    public var strategy: Int
    /// Index of the world.
    public var replication: Int
    /// Decisions it took.
    public var decisions: Int
    /// One value a metric, in the run's order of metrics; NaN where the metric is undefined.
    public var values: [Double]
    /// Its cells, where the run is cut by something.
    public var cells: [TrialCell]

    /// A row from its parts.
    public init(strategy: Int, replication: Int, decisions: Int, values: [Double], cells: [TrialCell] = []) {
        self.strategy = strategy
        self.replication = replication
        self.decisions = decisions
        self.values = values
        self.cells = cells
    }
}

/// The figures of one trial within one cell of the cuts.
public struct TrialCell: Sendable, Hashable {
    /// One label a cut.
    public var labels: [String]
    /// One value a segment metric; NaN where it is undefined.
    public var values: [Double]

    /// A cell from its parts.
    public init(labels: [String], values: [Double]) {
        self.labels = labels
        self.values = values
    }
}
