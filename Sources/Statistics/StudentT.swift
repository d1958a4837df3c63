import DeterministicMath

/// Student's t distribution.
public enum StudentT {
    /// P(T <= t) with the given degrees of freedom, relative error of the smaller tail below 1e-12 (1e-11
    /// beyond 1000 degrees).
    ///
    /// I_x(f/2, 1/2) / 2 with x = f / (f + t^2) (Abramowitz & Stegun 26.7.1). Degrees of freedom may be fractional;
    /// infinite ones give the normal distribution. NaN for degrees of freedom <= 0 or a NaN argument.
    public static func cumulative(_ t: Double, degreesOfFreedom f: Double) -> Double {
        if !(f > 0) || t.isNaN { return .nan }
        let tail = upperTail(t.magnitude, f)
        return t < 0 ? tail : 1 - tail
    }

    /// P(T > t) for t >= 0.
    static func upperTail(_ t: Double, _ f: Double) -> Double {
        if f == .infinity { return DeterministicMath.normalCumulative(-t) }
        if t == .infinity { return 0 }
        let ratio = t * t / f
        return 0.5
            * DeterministicMath.regularisedBeta(0.5 * f, 0.5, 1 / (1 + ratio), complement: ratio / (1 + ratio)).lower
    }

    /// P(|T| < t) for t >= 0.
    static func centre(_ t: Double, _ f: Double) -> Double {
        let ratio = t * t / f
        return DeterministicMath.regularisedBeta(0.5, 0.5 * f, ratio / (1 + ratio), complement: 1 / (1 + ratio)).lower
    }

    /// Density at t.
    static func density(_ t: Double, _ f: Double) -> Double {
        let logScale = -0.5 * DeterministicMath.log(f) - DeterministicMath.logBeta(0.5, 0.5 * f)
        return DeterministicMath.exp(logScale - 0.5 * (f + 1) * DeterministicMath.log1p(t * t / f))
    }

    /// The t with `cumulative(t)` = p, relative error below 1e-11.
    ///
    /// Near the centre Newton's method on P(|T| < t), which is concave, from the left; in the tails Newton's method on
    /// the logarithm of the tail as a function of log t, which is concave as well: after the first step the iterates
    /// move one way and cannot diverge.
    ///
    /// - Parameters:
    ///   - p: 0 ... 1.
    ///   - f: degrees of freedom, at least 1; inf gives the normal quantile.
    /// - Returns: -inf at 0, inf at 1, 0 at 1/2; NaN outside.
    public static func quantile(_ p: Double, degreesOfFreedom f: Double) -> Double {
        if !(p >= 0 && p <= 1 && f >= 1) { return .nan }
        if f == .infinity || p == 0 || p == 1 { return DeterministicMath.normalQuantile(p) }
        if p == 0.5 { return 0 }
        let tail = min(p, 1 - p)
        let magnitude = tail > 0.25 ? centralQuantile((2 * p - 1).magnitude, f) : tailQuantile(tail, f)
        return p < 0.5 ? -magnitude : magnitude
    }

    private static func centralQuantile(_ share: Double, _ f: Double) -> Double {
        var t = share / (2 * density(0, f))
        for _ in 0..<50 {
            let step = (share - centre(t, f)) / (2 * density(t, f))
            t += step
            if step.magnitude <= 1e-13 * t { break }
        }
        return t
    }

    private static func tailQuantile(_ tail: Double, _ f: Double) -> Double {
        let target = DeterministicMath.log(tail)
        var t = -DeterministicMath.normalQuantile(tail)
        for _ in 0..<100 {
            let upper = upperTail(t, f)
            let slope = t * density(t, f) / upper
            let step = (DeterministicMath.log(upper) - target) / slope
            t *= DeterministicMath.exp(step)
            if step.magnitude <= 1e-13 { break }
        }
        return t
    }
}
