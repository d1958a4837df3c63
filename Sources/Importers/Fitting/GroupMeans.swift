/// Means of groups, drawn towards the mean of all as far as the data say that groups are alike.
///
/// The one-way random-effects model y = mu + a_group + e (Searle, Casella & McCulloch 1992, chapter 3): variances by
/// the method of moments, sigma_e^2 = MSW and sigma_a^2 = max(0, (MSB - MSW) / n0), n0 = (N - sum n_g^2 / N) / (G - 1);
/// a group's mean is the best linear prediction (n_g m_g + k mu) / (n_g + k) with k = sigma_e^2 / sigma_a^2. A group
/// without data has mu; without variance between groups all have mu.
struct GroupMeans: Sendable, Hashable {
    /// Mean of all values.
    let overall: Double
    /// Standard deviation within groups.
    let deviationWithin: Double
    /// Standard deviation between groups.
    let deviationBetween: Double
    /// Predicted mean of each group.
    let means: [Double]
    /// Values of each group.
    let counts: [Int]

    /// Fits values with their groups, numbers below `groupCount`; at least one value.
    init(values: [Double], groups: [Int], groupCount: Int) {
        precondition(!values.isEmpty && values.count == groups.count, "one group a value")
        var sums = [Double](repeating: 0, count: groupCount)
        var counts = [Int](repeating: 0, count: groupCount)
        var sum = 0.0
        for (value, group) in zip(values, groups) {
            sums[group] += value
            counts[group] += 1
            sum += value
        }
        let total = Double(values.count)
        let overall = sum / total
        var within = 0.0
        for (value, group) in zip(values, groups) {
            let deviation = value - sums[group] / Double(counts[group])
            within += deviation * deviation
        }
        var between = 0.0
        var squaredCounts = 0.0
        var filled = 0.0
        for group in 0..<groupCount where counts[group] > 0 {
            let count = Double(counts[group])
            between += count * (sums[group] / count - overall) * (sums[group] / count - overall)
            squaredCounts += count * count
            filled += 1
        }
        let meanWithin = total > filled ? within / (total - filled) : 0
        let size = filled > 1 ? (total - squaredCounts / total) / (filled - 1) : 0
        let variance = size > 0 ? max(0, (between / (filled - 1) - meanWithin) / size) : 0
        self.overall = overall
        self.counts = counts
        deviationWithin = meanWithin.squareRoot()
        deviationBetween = variance.squareRoot()
        means = (0..<groupCount).map { group in
            guard variance > 0 else { return overall }
            let strength = meanWithin / variance
            return (sums[group] + strength * overall) / (Double(counts[group]) + strength)
        }
    }
}
