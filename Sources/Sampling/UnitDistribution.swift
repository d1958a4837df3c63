import DeterministicMath

/// A distribution on the non-negative numbers with mean 1: how a quantity with a stated mean varies.
///
/// A value is the quantile at a uniform draw (inversion), so it is monotone in the draw, and two scenarios that differ
/// in a mean or a spread are compared on the same luck.
public enum UnitDistribution: Sendable, Hashable, BitwiseCopyable {
    /// Always 1.
    case deterministic
    /// Exponential.
    case exponential
    /// exp(sigma z - sigma^2 / 2), z standard normal; sigma >= 0 is the standard deviation of the logarithm.
    case lognormal(sigma: Double)
    /// Uniform on 1 - halfWidth ... 1 + halfWidth, halfWidth 0 ... 1.
    case uniform(halfWidth: Double)
    /// Symmetric triangle on 1 - halfWidth ... 1 + halfWidth, halfWidth 0 ... 1.
    case triangular(halfWidth: Double)
    /// Gamma of a shape > 0, its squared coefficient of variation 1 / shape; a whole shape k is Erlang-k.
    case gamma(shape: Double)
    /// Two exponential phases with balanced means and a squared coefficient of variation >= 1 (Allen 1990, section
    /// 3.2.9): rate 2 p with probability p = (1 + sqrt((c - 1) / (c + 1))) / 2, else rate 2 (1 - p).
    case hyperexponential(squaredVariation: Double)

    /// The lognormal with a given coefficient of variation: sigma^2 = log(1 + cv^2).
    public static func lognormal(coefficientOfVariation: Double) -> UnitDistribution {
        .lognormal(sigma: DeterministicMath.log1p(coefficientOfVariation * coefficientOfVariation).squareRoot())
    }

    /// Variance; the mean being 1, also the squared coefficient of variation.
    public var variance: Double {
        switch self {
        case .deterministic: 0
        case .exponential: 1
        case .lognormal(let sigma): DeterministicMath.expm1(sigma * sigma)
        case .uniform(let halfWidth): halfWidth * halfWidth / 3
        case .triangular(let halfWidth): halfWidth * halfWidth / 6
        case .gamma(let shape): 1 / shape
        case .hyperexponential(let squaredVariation): squaredVariation
        }
    }

    /// The quantile at u: the value that a uniform draw u stands for.
    ///
    /// - Parameter u: in the open interval (0, 1), as `Draws.uniform` gives it.
    /// - Returns: a non-negative number, non-decreasing in u (for gamma and hyperexponential, but for rounding).
    @inlinable
    public func value(uniform u: Double) -> Double {
        switch self {
        case .deterministic: 1
        case .exponential: -DeterministicMath.log(1 - u)
        case .lognormal(let sigma):
            DeterministicMath.exp(sigma * DeterministicMath.normalQuantile(u) - 0.5 * sigma * sigma)
        case .uniform(let halfWidth): 1 + halfWidth * (2 * u - 1)
        case .triangular(let halfWidth):
            u < 0.5
                ? 1 - halfWidth * (1 - (2 * u).squareRoot()) : 1 + halfWidth * (1 - (2 * (1 - u)).squareRoot())
        case .gamma(let shape): DeterministicMath.gammaQuantile(shape: shape, u) / shape
        case .hyperexponential(let squaredVariation): Self.hyperexponentialQuantile(squaredVariation, u)
        }
    }

    /// Root of p exp(-2 p x) + q exp(-2 q x) = 1 - u, q = 1 - p, by Newton's method on the logarithm.
    ///
    /// The logarithm of the left side is convex and falling, so the iterates rise from 0 towards the root and never
    /// pass it; the first one that does not rise ends the loop.
    @usableFromInline
    static func hyperexponentialQuantile(_ squaredVariation: Double, _ u: Double) -> Double {
        let p = 0.5 + 0.5 * ((squaredVariation - 1) / (squaredVariation + 1)).squareRoot()
        let q = 1 - p
        let target = DeterministicMath.log1p(-u)
        var x = 0.0
        for _ in 0..<100 {
            // The slower phase taken out: the sum, p exp(-2 (p - q) x) + q, cannot underflow.
            let change = p * DeterministicMath.expm1(-2 * (p - q) * x)
            let logSurvival = DeterministicMath.log1p(change) - 2 * q * x
            let slope = -2 * (p * (p + change) + q * q) / (1 + change)
            let next = x - (logSurvival - target) / slope
            if !(next > x) { break }
            x = next
        }
        return x
    }
}
