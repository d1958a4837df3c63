/// What a result can be cut by.
public enum Cut: String, Sendable, Hashable, CaseIterable {
    /// The zone's region.
    case region
    /// Local hour of the day placed, 0 to 23.
    case hour
    /// Customer segment.
    case segment
    /// Weather class of the zone's region in the hour placed.
    case weather
    /// Product category of the order's first line.
    case category
    /// Channel.
    case channel
    /// Node of the first shipment; blank where there is none.
    case node
    /// Service of the first shipment; blank where there is none.
    case service
}

/// The facts of one trial within one cell of the cuts asked for.
public struct CellFacts: Sendable {
    /// One label a cut, in the order asked for.
    public var labels: [String]
    /// Sums over the measured orders of the cell.
    public var facts: FactSums

    /// A cell.
    public init(labels: [String], facts: FactSums) {
        self.labels = labels
        self.facts = facts
    }
}

/// What one trial gives.
public struct TrialOutcome: Sendable {
    /// Name of the strategy.
    public var strategy: String
    /// Index of the world.
    public var replication: Int
    /// What its metrics are computed from.
    public var measures: Measures
    /// Cells of the cuts asked for, those with an order in them, in the order of their labels' indices.
    public var cells: [CellFacts]

    /// An outcome.
    public init(strategy: String, replication: Int, measures: Measures, cells: [CellFacts]) {
        self.strategy = strategy
        self.replication = replication
        self.measures = measures
        self.cells = cells
    }
}
