/// The mean of the worst part of a sample: the conditional value at risk.
public enum TailMean {
    /// The mean of the smallest `share` of values, of which more is better.
    ///
    /// CVaR at level `share` of Rockafellar & Uryasev 2000 (Journal of Risk 2:21, doi:10.21314/JOR.2000.038), written for
    /// gains: the largest over z of z - mean(max(0, z - value)) / share. For n values in ascending order it is
    /// ```
    /// (x_1 + ... + x_k + (share n - k) x_(k + 1)) / (share n),  k = floor(share n)
    /// ```
    /// so that the value at the edge counts by the part of it that lies in the share. Below one value (share n < 1) it is
    /// the smallest; with a share of 1 the mean.
    ///
    /// The share is above 0 and at most 1. The result is in the unit of the values, at least one; n log n operations.
    public static func ofWorst(_ share: Double, of values: [Double]) -> Double {
        precondition(!values.isEmpty && share > 0 && share <= 1, "a share of some values")
        let ascending = values.sorted()
        let wanted = share * Double(values.count)
        var left = wanted
        var sum = 0.0
        for value in ascending {
            let part = min(1, left)
            if part <= 0 { break }
            sum += part * value
            left -= part
        }
        return sum / wanted
    }
}
