import DeterministicMath

/// A histogram of positive numbers in logarithmic bins, with weights.
///
/// Bin i >= 1 covers [low x (1 + width)^(i-1), low x (1 + width)^i); bin 0 all below `low` (zero and negative numbers
/// included), the last bin all from `high` on. A quantile is right to half a bin: a relative error of at most
/// sqrt(1 + width) - 1, 0.5 % for bins of 1 %, while it lies between `low` and `high`. Weights are summed in the order of
/// adding; whole ones sum exactly, so that merging is then exact in any order.
public struct LogarithmicHistogram: Sendable, Hashable {
    /// Lower end of the range, positive.
    public let low: Double
    /// Upper end of the range.
    public let high: Double
    /// Width of a bin as a share of its lower end.
    public let width: Double
    /// Weight per bin.
    public private(set) var weights: [Double]
    private let logRatio: Double

    /// An empty histogram from `low` to `high` with bins of a width of 1 % by default.
    public init(from low: Double, to high: Double, width: Double = 0.01) {
        precondition(low > 0 && high > low && high < .infinity && width > 0, "range of a logarithmic histogram")
        self.low = low
        self.high = high
        self.width = width
        logRatio = DeterministicMath.log1p(width)
        let bins = (DeterministicMath.log(high / low) / logRatio).rounded(.up)
        weights = [Double](repeating: 0, count: Int(bins) + 2)
    }

    /// Adds a number with a weight. NaN and negative weights are the caller's mistake.
    public mutating func add(_ value: Double, weight: Double = 1) {
        precondition(!value.isNaN && weight >= 0, "a number and a weight")
        weights[bin(of: value)] += weight
    }

    /// Adds the weights of a histogram with the same bins.
    public mutating func merge(_ other: LogarithmicHistogram) {
        precondition(low == other.low && high == other.high && width == other.width, "histograms with the same bins")
        for index in weights.indices { weights[index] += other.weights[index] }
    }

    /// The sum of all weights, in the order of the bins.
    public var total: Double {
        var total = 0.0
        for weight in weights { total += weight }
        return total
    }

    /// The value below which the share p (0 ... 1) of the weight lies: the geometric middle of the first bin with
    /// weight at which the sum reaches p x total, `low` for the lowest bin and `high` for the highest; nil when empty.
    public func quantile(_ p: Double) -> Double? {
        precondition(p >= 0 && p <= 1, "share of a quantile")
        let target = p * total
        var sum = 0.0
        for index in weights.indices where weights[index] > 0 {
            sum += weights[index]
            if sum < target { continue }
            if index == 0 { return low }
            if index == weights.count - 1 { return high }
            return low * DeterministicMath.exp((Double(index) - 0.5) * logRatio)
        }
        return nil
    }

    private func bin(of value: Double) -> Int {
        if value < low { return 0 }
        if value >= high { return weights.count - 1 }
        let position = DeterministicMath.log(value / low) / logRatio
        return min(1 + max(0, Int(position)), weights.count - 2)
    }
}
