extension DeterministicMath {
    /// Natural logarithm of the gamma function for x > 0.
    ///
    /// Stirling's series from 10 on; below, the recurrence Gamma(x + 1) = x Gamma(x) upwards first.
    /// Absolute error below 1e-14 for x <= 10, relative error below 4e-15 from there on (near its zeros at 1 and 2 the
    /// absolute bound is what holds). inf at 0 and inf; NaN below 0.
    public static func logGamma(_ x: Double) -> Double {
        if !(x > 0 && x < .infinity) { return x == 0 || x == .infinity ? .infinity : .nan }
        var shifted = x
        var product = 1.0
        while shifted < 10 {
            product *= shifted
            shifted += 1
        }
        // 0.9189385332046727 is log(2 pi) / 2.
        let stirling =
            (shifted - 0.5) * log(shifted) - shifted + 0.9189385332046727 + stirlingCorrection(shifted)
        return product == 1 ? stirling : stirling - log(product)
    }

    /// log Gamma(x) - ((x - 1/2) log x - x + log(2 pi) / 2) for x >= 10, to 1e-17: eight terms
    /// B_2k / (2k (2k-1) x^(2k-1)).
    static func stirlingCorrection(_ x: Double) -> Double {
        let inverse = 1 / x
        let z = inverse * inverse
        let upper = -691.0 / 360360 + z * (1.0 / 156 + z * (-3617.0 / 122400))
        let lower = -1.0 / 360 + z * (1.0 / 1260 + z * (-1.0 / 1680 + z * (1.0 / 1188 + z * upper)))
        return inverse * (1.0 / 12 + z * lower)
    }

    /// x^a e^-x / Gamma(a + 1), a > 0, x > 0: the Poisson probability of a at mean x, for real a.
    ///
    /// From a = 10 on as exp(-a (m - log(1 + m))) / sqrt(2 pi a) with m = (x - a) / a, which cancels nothing
    /// (Loader 2000).
    static func poissonDensity(_ a: Double, _ x: Double) -> Double {
        if a < 10 { return exp(a * log(x) - x - logGamma(a + 1)) }
        let m = (x - a) / a
        let deviance: Double
        if m > -0.29 && m < 0.41 {
            let halfSquare = 0.5 * m * m
            deviance = halfSquare - logRemainder(m, halfSquare)
        } else {
            deviance = m - log(x / a)
        }
        return exp(-a * deviance - stirlingCorrection(a)) / (6.283185307179586 * a).squareRoot()
    }

    /// Regularised incomplete gamma functions: P(a, x), the gamma distribution function of shape a, and Q = 1 - P,
    /// each with its own relative accuracy.
    ///
    /// Series below x = a + 1, Lentz's continued fraction above (Abramowitz & Stegun 6.5.29, 6.5.31). Relative error
    /// of the smaller of the two below 2e-13 for a up to 10^5 (for a < 1, plus an absolute 1e-14 where Q is 1 - P).
    /// Complexity proportional to sqrt(a) for large a.
    ///
    /// (0, 1) at x <= 0, (1, 0) at inf; NaN for a <= 0, infinite a or a NaN argument.
    public static func regularisedGamma(shape a: Double, _ x: Double) -> (lower: Double, upper: Double) {
        if !(a > 0 && a < .infinity) || x.isNaN { return (.nan, .nan) }
        if x <= 0 { return (0, 1) }
        if x == .infinity { return (1, 0) }
        return regularisedGamma(a, x, density: poissonDensity(a, x))
    }

    /// P and Q for positive finite arguments whose `poissonDensity` is known.
    private static func regularisedGamma(_ a: Double, _ x: Double, density: Double) -> (lower: Double, upper: Double) {
        if x < a + 1 {
            let lower = min(density * gammaSeries(a, x), 1)
            return (lower, 1 - lower)
        }
        let upper = min(density * a * gammaFraction(a, x), 1)
        return (1 - upper, upper)
    }

    /// 1 + x / (a + 1) + x^2 / ((a + 1)(a + 2)) + ..., x < a + 1: the terms fall from the start.
    private static func gammaSeries(_ a: Double, _ x: Double) -> Double {
        var term = 1.0
        var sum = 1.0
        var count = a
        while term > sum * 1e-17 {
            count += 1
            term *= x / count
            sum += term
        }
        return sum
    }

    /// 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / ...)), x >= a + 1, by Lentz's method.
    private static func gammaFraction(_ a: Double, _ x: Double) -> Double {
        let tiny = 1e-300  // Stands in for a zero denominator.
        var b = x + 1 - a
        var c = 1 / tiny
        var d = 1 / b
        var value = d
        var index = 0.0
        var factor = 2.0
        while (factor - 1).magnitude > 1e-16 {
            index += 1
            let numerator = -index * (index - a)
            b += 2
            d = numerator * d + b
            c = b + numerator / c
            d = 1 / (d.magnitude < tiny ? tiny : d)
            c = c.magnitude < tiny ? tiny : c
            factor = d * c
            value *= factor
        }
        return value
    }

    /// Quantile of the gamma distribution of shape a and scale 1: the x with P(a, x) = p.
    ///
    /// Starts from Wilson & Hilferty's cube (a > 1) or the leading power (a <= 1), then Halley's iteration on whichever
    /// of P and Q is the smaller. Relative error below 1e-12 for a in 0.1 ... 10^5; increasing in p but for that error.
    ///
    /// 0 at p = 0, inf at p = 1; NaN outside or for a <= 0.
    public static func gammaQuantile(shape a: Double, _ p: Double) -> Double {
        if !(a > 0 && a < .infinity) || !(p >= 0 && p <= 1) { return .nan }
        if p == 0 { return 0 }
        if p == 1 { return .infinity }
        var x = gammaQuantileStart(a, p)
        if x == 0 { return 0 }
        // Halley triples the number of right digits; 30 rounds are far more than any start needs.
        for _ in 0..<30 {
            let poisson = poissonDensity(a, x)
            let (lower, upper) = regularisedGamma(a, x, density: poisson)
            let excess = p <= 0.5 ? lower - p : (1 - p) - upper
            let density = poisson * (a / x)
            if !(density > 0 && x < .infinity) { break }
            let newton = excess / density
            let curvature = newton * ((a - 1) / x - 1)
            let step = newton / (1 - 0.5 * min(1, curvature))
            let next = x - step
            x = next > 0 ? next : 0.5 * x
            // The next step would be of the order of this one's cube.
            if step.magnitude <= 1e-5 * x { break }
        }
        return x
    }

    /// A first value for `gammaQuantile` (Abramowitz & Stegun 26.4.17; Press et al. 2007, section 6.2.1).
    private static func gammaQuantileStart(_ a: Double, _ p: Double) -> Double {
        if a > 1 {
            let z = normalQuantile(p)
            let cube = 1 - 1 / (9 * a) + z / (3 * a.squareRoot())
            if cube > 0.1 { return a * cube * cube * cube }
        }
        // Near 0, P(a, x) = x^a / Gamma(a + 1); it serves while x stays below about 1.
        let leading = exp((log(p) + logGamma(a + 1)) / a)
        if a > 1 || leading < 0.5 { return leading }
        let split = 1 - a * (0.253 + a * 0.12)
        return p < split ? power(p / split, 1 / a) : 1 - log1p(-(p - split) / (1 - split))
    }
}
