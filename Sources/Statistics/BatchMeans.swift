/// The mean of a long correlated series and its precision, by non-overlapping batch means (Law & Kelton 2000, 9.5.3).
public struct BatchMeans: Sendable, Hashable {
    /// The batch means, in time order.
    public let means: [Double]
    /// Length of a batch.
    public let batchLength: Int
    /// Mean of the batch means, standard error and Student's t interval.
    public let estimate: Estimate

    /// Cuts a series into batches of equal length; what does not fit is dropped at the start, where a warm-up is.
    ///
    /// Valid where the batches are long against the correlation time: `lagOneCorrelation` tells.
    ///
    /// - Parameters:
    ///   - values: the series in time order, at least as long as there are batches.
    ///   - batches: 2 or more; 20 to 40 are usual.
    ///   - level: coverage of the interval.
    public init(_ values: [Double], batches: Int = 30, level: Double = 0.95) {
        precondition(batches >= 2 && values.count >= batches, "at least two batches, none empty")
        let length = values.count / batches
        let start = values.count - length * batches
        means = (0..<batches).map { batch in
            Moments(values[(start + batch * length)..<(start + (batch + 1) * length)]).mean
        }
        batchLength = length
        estimate = Estimate(of: means, level: level)
    }

    /// Correlation of neighbouring batch means; near 0 (within 2 / sqrt(batches)) where batches are long enough. NaN
    /// where all are equal.
    public var lagOneCorrelation: Double {
        var numerator = 0.0
        var denominator = 0.0
        for index in means.indices {
            let deviation = means[index] - estimate.mean
            denominator += deviation * deviation
            if index > 0 { numerator += deviation * (means[index - 1] - estimate.mean) }
        }
        return denominator > 0 ? numerator / denominator : .nan
    }
}
