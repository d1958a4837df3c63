import DeterministicMath

/// The chi-square distribution.
public enum ChiSquare {
    /// P(X <= x) and P(X > x) with the given degrees of freedom (positive, may be fractional), each with its own
    /// relative accuracy (2e-13).
    public static func cumulative(_ x: Double, degreesOfFreedom: Double) -> (lower: Double, upper: Double) {
        DeterministicMath.regularisedGamma(shape: 0.5 * degreesOfFreedom, 0.5 * x)
    }

    /// The x with P(X <= x) = p, relative error below 1e-12. 0 at 0, inf at 1, NaN outside.
    public static func quantile(_ p: Double, degreesOfFreedom: Double) -> Double {
        2 * DeterministicMath.gammaQuantile(shape: 0.5 * degreesOfFreedom, p)
    }
}
