/// What a comparison of a strategy with the baseline shows, in the objective's direction.
public enum Verdict: String, Sendable, Hashable, CaseIterable {
    /// The interval lies above 0 and reaches beyond the practical difference.
    case better
    /// The interval lies below 0 and reaches beyond the practical difference.
    case worse
    /// The interval holds 0 and reaches beyond the practical difference, or there is none.
    case noDifferenceShown = "no difference shown"
    /// The whole interval is within the practical difference: whatever difference there is does not matter.
    case equivalent

    /// The verdict of an interval.
    ///
    /// Equivalence comes first: a difference that is certainly there and certainly too small to matter is reported as
    /// equivalent. A point interval (differences without variance) thus gives an exact verdict, a tie being equivalent.
    ///
    /// - Parameters:
    ///   - interval: of strategy less baseline, signed so that more is better; nil where there is none (one
    ///     replication).
    ///   - practicalDifference: the least difference that matters, not negative.
    public init(interval: Interval?, practicalDifference: Double) {
        precondition(practicalDifference >= 0, "a practical difference is not negative")
        guard let interval else {
            self = .noDifferenceShown
            return
        }
        if interval.low >= -practicalDifference && interval.high <= practicalDifference {
            self = .equivalent
        } else if interval.low > 0 {
            self = .better
        } else if interval.high < 0 {
            self = .worse
        } else {
            self = .noDifferenceShown
        }
    }
}
