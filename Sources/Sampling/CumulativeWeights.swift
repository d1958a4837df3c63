/// A choice among 0 ..< count with given weights, by inversion of the running sum.
public struct CumulativeWeights: Sendable {
    /// Running sums of the weights, in their order.
    public let sums: [Double]
    /// The last index of positive weight: rounding may carry a draw next to 1 onto the total.
    private let last: Int

    /// Takes weights that are finite, not negative and of which one at least is positive.
    public init(_ weights: [Double]) {
        var sums: [Double] = []
        sums.reserveCapacity(weights.count)
        var total = 0.0
        var last = 0
        for (index, weight) in weights.enumerated() {
            precondition(weight >= 0 && weight < .infinity, "weights are finite and not negative")
            total += weight
            if weight > 0 { last = index }
            sums.append(total)
        }
        precondition(total > 0 && total < .infinity, "one weight at least is positive")
        self.sums = sums
        self.last = last
    }

    /// The index that a uniform draw in (0, 1) stands for; never one of weight 0. Logarithmic in the count.
    public func index(uniform u: Double) -> Int {
        let target = u * sums[sums.count - 1]
        var low = 0
        var high = last
        // First index whose running sum exceeds the target.
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] > target { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
