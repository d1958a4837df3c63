/// Numbers with weights, in ascending order: what an empirical distribution function is made of.
public struct WeightedSample: Sendable, Hashable {
    /// The values, ascending.
    public let values: [Double]
    /// The weight of each, positive.
    public let weights: [Double]
    /// The sum of the weights, in the order of the values.
    public let totalWeight: Double

    /// Sorts values with their weights; entries of weight 0 are left out.
    ///
    /// - Parameters:
    ///   - values: finite numbers.
    ///   - weights: finite, not negative, one a value; nil for all 1.
    public init(_ values: [Double], weights: [Double]? = nil) {
        let weights = weights ?? [Double](repeating: 1, count: values.count)
        precondition(weights.count == values.count, "one weight a value")
        precondition(values.allSatisfy(\.isFinite), "finite values")
        precondition(weights.allSatisfy { $0 >= 0 && $0 < .infinity }, "weights are finite and not negative")
        // Ties by weight and then position: the sums below must not depend on the sorting algorithm.
        let order = values.indices.filter { weights[$0] > 0 }.sorted {
            (values[$0], weights[$0], $0) < (values[$1], weights[$1], $1)
        }
        self.values = order.map { values[$0] }
        self.weights = order.map { weights[$0] }
        var total = 0.0
        for weight in self.weights { total += weight }
        totalWeight = total
    }

    /// Weighted mean; nil when empty.
    public var mean: Double? {
        if values.isEmpty { return nil }
        var sum = 0.0
        for index in values.indices { sum += weights[index] * values[index] }
        return sum / totalWeight
    }

    /// The least value up to which at least the share p of the weight lies: the inverse of the empirical distribution
    /// function, without interpolation (Hyndman & Fan 1996, type 1). p in 0 ... 1; nil when empty.
    public func quantile(_ p: Double) -> Double? {
        precondition(p >= 0 && p <= 1, "share of a quantile")
        let target = p * totalWeight
        var sum = 0.0
        for index in values.indices {
            sum += weights[index]
            if sum >= target { return values[index] }
        }
        return values.last
    }

    /// Two-sample Kolmogorov-Smirnov distance: the largest difference of the two distribution functions, 0 ... 1; nil
    /// where either sample is empty.
    public func kolmogorovSmirnov(to other: WeightedSample) -> Double? {
        var largest = 0.0
        guard walk(other, { difference, _ in largest = max(largest, difference) }) else { return nil }
        return largest
    }

    /// Wasserstein-1 distance: the area between the two distribution functions, in the unit of the values; nil where
    /// either sample is empty.
    public func wasserstein(to other: WeightedSample) -> Double? {
        var area = 0.0
        guard walk(other, { difference, width in area += difference * width }) else { return nil }
        return area
    }

    /// Calls `visit` with the difference of the distribution functions on each stretch between two neighbouring values
    /// of the joint sample, and its width (0 after the last).
    private func walk(_ other: WeightedSample, _ visit: (_ difference: Double, _ width: Double) -> Void) -> Bool {
        if values.isEmpty || other.values.isEmpty { return false }
        var (own, theirs) = (0, 0)
        var (ownSum, theirSum) = (0.0, 0.0)
        while own < values.count || theirs < other.values.count {
            let here = min(
                own < values.count ? values[own] : .infinity,
                theirs < other.values.count ? other.values[theirs] : .infinity)
            while own < values.count && values[own] == here {
                ownSum += weights[own]
                own += 1
            }
            while theirs < other.values.count && other.values[theirs] == here {
                theirSum += other.weights[theirs]
                theirs += 1
            }
            let next = min(
                own < values.count ? values[own] : .infinity,
                theirs < other.values.count ? other.values[theirs] : .infinity)
            let difference = (ownSum / totalWeight - theirSum / other.totalWeight).magnitude
            visit(difference, next == .infinity ? 0 : next - here)
        }
        return true
    }
}
