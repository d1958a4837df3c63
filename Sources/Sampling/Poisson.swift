import DeterministicMath

/// Counts of independent events.
public enum Poisson {
    /// Largest mean that `quantile` takes.
    public static let meanMax = 1e6

    /// The least n with P(N <= n) >= u, N Poisson of the given mean: inversion.
    ///
    /// Non-decreasing in u and in the mean, but for the rounding of the distribution function (1e-15), so that a raised
    /// surge keeps every copy it had. Summed from 0 up to a mean of 30; beyond, a step-by-step search from the normal
    /// approximation on P(N <= n) = Q(n + 1, mean).
    ///
    /// - Parameters:
    ///   - mean: 0 ... `meanMax`; 0 always gives 0.
    ///   - u: in the open interval (0, 1).
    /// - Returns: the count. Takes time proportional to the mean up to 30, to its square root beyond.
    @inlinable
    public static func quantile(mean: Double, uniform u: Double) -> Int {
        precondition(mean >= 0 && mean <= meanMax, "mean of a Poisson count")
        if mean > 30 { return largeQuantile(mean: mean, uniform: u) }
        var term = DeterministicMath.exp(-mean)
        var sum = term
        var count = 0
        // The bound is beyond any quantile below 1 - 2^-53: rounding may keep the sum just under u.
        while sum < u && count < 200 {
            count += 1
            term *= mean / Double(count)
            sum += term
        }
        return count
    }

    /// `quantile` for means above 30.
    @usableFromInline
    static func largeQuantile(mean: Double, uniform u: Double) -> Int {
        let z = DeterministicMath.normalQuantile(u)
        // Cornish-Fisher to the skewness: off by a few at the far tail, by one at most in the bulk.
        let start = mean + z * mean.squareRoot() + (z * z - 1) / 6
        var count = max(0, Int(start.rounded(.down)))
        while !reaches(count, mean, u) { count += 1 }
        while count > 0 && reaches(count - 1, mean, u) { count -= 1 }
        return count
    }

    /// Whether P(N <= count) >= u, decided on the upper tail where that is the smaller.
    private static func reaches(_ count: Int, _ mean: Double, _ u: Double) -> Bool {
        let (above, upTo) = DeterministicMath.regularisedGamma(shape: Double(count) + 1, mean)
        return u <= 0.5 ? upTo >= u : above <= 1 - u
    }
}
