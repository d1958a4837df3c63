import Statistics

/// All that metrics are computed from, for one trial.
public struct Measures: Sendable, Hashable {
    /// Sums over measured orders.
    public var facts = FactSums()
    /// Lead times of filled orders, hours: from 36 seconds to more than a year.
    public var leadTimeHours = LogarithmicHistogram(bins: Self.leadTimeBins)
    /// The longest pick queue any node had.
    public var peakQueue = 0
    /// Service hours spent, over all orders, by node.
    public var busyHours: [Double]
    /// Station hours on offer within the horizon, by node (open hours x stations).
    public var stationHours: [Double]
    /// Decisions taken: visits replayed.
    public var decisions = 0
    /// Sum over nodes and products of |stock share - opening share|, see the metric `stock_imbalance`.
    public var stockImbalance = 0.0
    /// Share of measured shipments on lanes that history used; nil without history.
    public var shareOfLanesWithHistory: Double?

    /// The bins of lead times.
    static let leadTimeBins = LogarithmicBins(from: 0.01, to: 10_000)

    /// Empty measures for a number of nodes.
    public init(nodeCount: Int) {
        busyHours = [Double](repeating: 0, count: nodeCount)
        stationHours = [Double](repeating: 0, count: nodeCount)
    }
}
