import DeterministicMath

/// Counts in logarithmic bins of 1 % width: quantiles of positive values with a relative error of at most 0.5 %.
///
/// Bin b > 0 holds values in `[smallest x 1.01^(b - 1), smallest x 1.01^b)`; bin 0 holds what is smaller. Counts are
/// sums of sampling weights, added in the order of the replay.
public struct LogarithmicHistogram: Sendable, Hashable {
    /// The lower bound of bin 1.
    public static let smallest = 0.01
    /// Bins: up to 0.01 x 1.01^1399, above 10,000.
    public static let binCount = 1_400
    private static let logarithmOfRatio = 0.009950330853168083

    /// Weight per bin.
    public private(set) var counts: [Double]

    /// An empty histogram.
    public init() {
        counts = [Double](repeating: 0, count: Self.binCount)
    }

    /// Adds a value with a weight.
    public mutating func add(_ value: Double, weight: Double) {
        guard value > Self.smallest else {
            counts[0] += weight
            return
        }
        let bin = 1 + Int(DeterministicMath.log(value / Self.smallest) / Self.logarithmOfRatio)
        counts[min(bin, Self.binCount - 1)] += weight
    }

    /// Adds another histogram.
    public mutating func merge(_ other: LogarithmicHistogram) {
        for bin in counts.indices { counts[bin] += other.counts[bin] }
    }

    /// The value below which a share of the weight lies (geometric middle of its bin); nil when empty.
    public func quantile(_ share: Double) -> Double? {
        var total = 0.0
        for count in counts { total += count }
        guard total > 0 else { return nil }
        let target = share * total
        var sum = 0.0
        for bin in counts.indices {
            sum += counts[bin]
            if sum >= target, counts[bin] > 0 {
                if bin == 0 { return Self.smallest / 2 }
                return Self.smallest * DeterministicMath.exp((Double(bin) - 0.5) * Self.logarithmOfRatio)
            }
        }
        return nil
    }
}

/// All that metrics are computed from, for one trial.
public struct Measures: Sendable {
    /// Sums over measured orders.
    public var facts = FactSums()
    /// Lead times of filled orders, hours.
    public var leadTimeHours = LogarithmicHistogram()
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

    /// Empty measures for a number of nodes.
    public init(nodeCount: Int) {
        busyHours = [Double](repeating: 0, count: nodeCount)
        stationHours = [Double](repeating: 0, count: nodeCount)
    }
}
