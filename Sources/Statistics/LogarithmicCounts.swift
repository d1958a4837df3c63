import DeterministicMath

/// A histogram of positive numbers in logarithmic bins: whole counts, so that merging is exact in any order.
///
/// Bin i >= 1 covers [low x ratio^(i-1), low x ratio^i); bin 0 all below `low` (zero and negative numbers included),
/// the last bin all from `high` on. A quantile is right to half a bin: a relative error of at most sqrt(ratio) - 1,
/// 0.5 % for bins of 1 %, while it lies between `low` and `high`.
public struct LogarithmicCounts: Sendable, Hashable {
    /// Lower end of the range, positive.
    public let low: Double
    /// Upper end of the range.
    public let high: Double
    /// Upper over lower end of a bin.
    public let ratio: Double
    /// Counts per bin.
    public private(set) var counts: [Int]
    /// Sum of all counts.
    public private(set) var total = 0
    private let logLow: Double
    private let logRatio: Double

    /// An empty histogram from `low` to `high` with bins of a width of `ratio` - 1, 1 % by default.
    public init(from low: Double, to high: Double, ratio: Double = 1.01) {
        precondition(low > 0 && high > low && high < .infinity && ratio > 1, "range of a logarithmic histogram")
        self.low = low
        self.high = high
        self.ratio = ratio
        logLow = DeterministicMath.log(low)
        logRatio = DeterministicMath.log(ratio)
        let bins = ((DeterministicMath.log(high) - logLow) / logRatio).rounded(.up)
        counts = [Int](repeating: 0, count: Int(bins) + 2)
    }

    /// Adds a number, `count` times. NaN is the caller's mistake.
    public mutating func add(_ value: Double, count: Int = 1) {
        precondition(!value.isNaN && count >= 0, "a number and a count")
        counts[bin(of: value)] += count
        total += count
    }

    /// Adds the counts of a histogram with the same bins.
    public mutating func merge(_ other: LogarithmicCounts) {
        precondition(low == other.low && high == other.high && ratio == other.ratio, "histograms with the same bins")
        for index in counts.indices { counts[index] += other.counts[index] }
        total += other.total
    }

    /// The value below which the share p (0 ... 1) of the counts lies: the geometric middle of the bin that holds the
    /// ceil(p x total)-th number, `low` for the lowest bin and `high` for the highest; nil when empty.
    public func quantile(_ p: Double) -> Double? {
        precondition(p >= 0 && p <= 1, "share of a quantile")
        if total == 0 { return nil }
        let rank = max(1, Int((p * Double(total)).rounded(.up)))
        var sum = 0
        for index in counts.indices {
            sum += counts[index]
            if sum < rank { continue }
            if index == 0 { return low }
            if index == counts.count - 1 { return high }
            return DeterministicMath.exp(logLow + (Double(index) - 0.5) * logRatio)
        }
        return high
    }

    private func bin(of value: Double) -> Int {
        if value < low { return 0 }
        if value >= high { return counts.count - 1 }
        let position = (DeterministicMath.log(value) - logLow) / logRatio
        return min(1 + max(0, Int(position)), counts.count - 2)
    }
}
