import DeterministicMath

/// The bins of a logarithmic histogram: worked out once, shared by all histograms of one kind.
///
/// Bin i >= 1 covers [low x (1 + width)^(i-1), low x (1 + width)^i); bin 0 all below `low` (zero and negative numbers
/// included), the last bin all from `high` on.
public final class LogarithmicBins: Sendable {
    /// Lower end of the range, positive.
    public let low: Double
    /// Upper end of the range.
    public let high: Double
    /// Width of a bin as a share of its lower end.
    public let width: Double
    /// Where each bin begins; the first has no beginning.
    public let beginnings: [Double]
    /// The bin in which each stretch of numbers begins: numbers whose upper bits are alike.
    public let firsts: [Int32]
    /// The upper bits of `low`.
    public let origin: UInt64
    /// Bits of a number that tell numbers of one stretch apart: 64 stretches to a power of two.
    public static let lowerBits: UInt64 = 46

    /// Bins from `low` to `high` of a width of 1 % by default.
    public init(from low: Double, to high: Double, width: Double = 0.01) {
        precondition(low > 0 && high > low && high < .infinity && width > 0, "range of a logarithmic histogram")
        self.low = low
        self.high = high
        self.width = width
        let logRatio = DeterministicMath.log1p(width)
        let count = Int((DeterministicMath.log(high / low) / logRatio).rounded(.up)) + 2
        var beginnings = [-Double.infinity, low]
        while beginnings.count < count - 1 {
            beginnings.append(low * DeterministicMath.exp(Double(beginnings.count - 1) * logRatio))
        }
        beginnings.append(high)
        origin = low.bitPattern >> Self.lowerBits
        let stretches = Int(high.bitPattern >> Self.lowerBits - origin) + 1
        var firsts: [Int32] = []
        var bin = 0
        for stretch in 0..<stretches {
            let first = Double(bitPattern: (origin + UInt64(stretch)) << Self.lowerBits)
            while bin + 1 < count, beginnings[bin + 1] <= first { bin += 1 }
            firsts.append(Int32(bin))
        }
        self.beginnings = beginnings
        self.firsts = firsts
    }

    /// Number of bins.
    public var count: Int { beginnings.count }

    /// The bin of a number that is not NaN.
    public func bin(of value: Double) -> Int {
        if value < low { return 0 }
        if value >= high { return count - 1 }
        var bin = Int(firsts[Int(value.bitPattern >> Self.lowerBits - origin)])
        while beginnings[bin + 1] <= value { bin += 1 }
        return bin
    }

    /// The number that stands for a bin: its geometric middle, `low` for the lowest and `high` for the highest.
    public func middle(of bin: Int) -> Double {
        if bin == 0 { return low }
        if bin == count - 1 { return high }
        return (beginnings[bin] * beginnings[bin] * (1 + width)).squareRoot()
    }
}

/// A histogram of positive numbers in logarithmic bins, with weights.
///
/// A quantile is right to half a bin: a relative error of at most sqrt(1 + width) - 1, 0.5 % for bins of 1 %, while it lies
/// between the ends of the range. Weights are summed in the order of adding; whole ones sum exactly, so that merging is
/// then exact in any order.
public struct LogarithmicHistogram: Sendable, Hashable {
    /// The bins.
    public let bins: LogarithmicBins
    /// Weight per bin.
    public private(set) var weights: [Double]

    /// An empty histogram with some bins.
    public init(bins: LogarithmicBins) {
        self.bins = bins
        weights = [Double](repeating: 0, count: bins.count)
    }

    /// A histogram of weights that were summed elsewhere, one a bin.
    public init(bins: LogarithmicBins, weights: [Double]) {
        precondition(weights.count == bins.count, "a weight for each bin")
        self.bins = bins
        self.weights = weights
    }

    /// Adds a number with a weight. NaN and negative weights are the caller's mistake.
    public mutating func add(_ value: Double, weight: Double = 1) {
        precondition(!value.isNaN && weight >= 0, "a number and a weight")
        weights[bins.bin(of: value)] += weight
    }

    /// Adds the weights of a histogram with the same bins.
    public mutating func merge(_ other: LogarithmicHistogram) {
        precondition(hasBins(of: other), "histograms with the same bins")
        for index in weights.indices { weights[index] += other.weights[index] }
    }

    /// The sum of all weights, in the order of the bins.
    public var total: Double {
        var total = 0.0
        for weight in weights { total += weight }
        return total
    }

    /// The value below which the share p (0 ... 1) of the weight lies: the middle of the first bin with weight at which the
    /// sum reaches p x total; nil when empty.
    public func quantile(_ p: Double) -> Double? {
        precondition(p >= 0 && p <= 1, "share of a quantile")
        let target = p * total
        var sum = 0.0
        for index in weights.indices where weights[index] > 0 {
            sum += weights[index]
            if sum >= target { return bins.middle(of: index) }
        }
        return nil
    }

    private func hasBins(of other: LogarithmicHistogram) -> Bool {
        bins === other.bins
            || (bins.low == other.bins.low && bins.high == other.bins.high && bins.width == other.bins.width)
    }

    /// Whether two histograms have the same bins with the same weights.
    public static func == (left: LogarithmicHistogram, right: LogarithmicHistogram) -> Bool {
        left.hasBins(of: right) && left.weights == right.weights
    }

    /// Hashes the weights.
    public func hash(into hasher: inout Hasher) { hasher.combine(weights) }
}
