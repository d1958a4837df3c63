extension DeterministicMath {
    /// Natural logarithm.
    ///
    /// x = 2^k (1 + f) with 1 + f between sqrt(1/2) and sqrt(2); log(1 + f) = 2 artanh(s), s = f / (2 + f), as
    /// f - f^2/2 + s (f^2/2 + R(s^2)) with R of degree 7 (own Chebyshev fit; the arrangement, which keeps the leading
    /// terms exact, is that of Ng's fdlibm, 1993).
    ///
    /// Error below 1 ulp, also for subnormal x. `log(1)` is 0. `log(0)` and `log(-0)` are -inf, `log(inf)` is inf,
    /// a negative x gives NaN.
    @inlinable
    public static func log(_ x: Double) -> Double {
        let (k, f) = logReduction(x)
        let halfSquare = 0.5 * f * f
        let small = logRemainder(f, halfSquare) + k * logTwoLow
        let result = k * logTwoHigh - ((halfSquare - small) - f)
        return x > 0 && x < .infinity ? result : logAtTheEdge(x)
    }

    /// log x as head plus tail, good to about 2^-60 of max(1, |log x|): for products with large factors.
    /// x is positive and finite.
    @inlinable
    static func logParts(_ x: Double) -> (head: Double, tail: Double) {
        let (k, f) = logReduction(x)
        let (square, squareTail) = exactProduct(f, f)
        let halfSquare = 0.5 * square
        let small = logRemainder(f, halfSquare) + (k * logTwoLow - 0.5 * squareTail)
        let (first, firstTail) = exactSum(k * logTwoHigh, f)
        let (second, secondTail) = exactSum(first, -halfSquare)
        let (head, tail) = exactSum(second, small)
        return (head, tail + (firstTail + secondTail))
    }

    /// x = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)), k as float64. Positive finite x, subnormal included.
    @inlinable @inline(__always)
    static func logReduction(_ x: Double) -> (k: Double, f: Double) {
        let isSubnormal = x < 0x1p-1022
        let normal = isSubnormal ? x * 0x1p54 : x
        let offset = isSubnormal ? 1024.0 + 54 : 1024
        // 0x3FE6A09E667F3BCD is sqrt(1/2): subtracting it puts the cut between exponents there. 1024 more in the
        // exponent keeps the difference positive, so that a logical shift does.
        let bits = normal.bitPattern &- 0x3FE6_A09E_667F_3BCD &+ (1024 &<< 52)
        let mantissa = Double(bitPattern: (bits & 0x000F_FFFF_FFFF_FFFF) &+ 0x3FE6_A09E_667F_3BCD)
        let shifted = Double(bitPattern: roundingShift.bitPattern | (bits &>> 52))
        return (shifted - (roundingShift + offset), mantissa - 1)
    }

    /// s (f^2/2 + R) with s = f / (2 + f): what remains of log(1 + f) after f - f^2/2.
    @inlinable @inline(__always)
    static func logRemainder(_ f: Double, _ halfSquare: Double) -> Double {
        let s = f / (2 + f)
        let z = s * s
        let w = z * z
        let even = 0.666666666666667 + w * (0.28571428626253836 + w * (0.1818289243253687 + w * 0.14617807153417325))
        let odd = 0.3999999999989889 + w * (0.22222211089379496 + w * 0.15331611722055008)
        return s * (halfSquare + z * (even + z * odd))
    }

    /// log at 0, inf, NaN and negative numbers.
    @inlinable
    static func logAtTheEdge(_ x: Double) -> Double {
        x == 0 ? -.infinity : (x == .infinity ? .infinity : .nan)
    }

    /// log(1 + x) without the cancellation near 0.
    ///
    /// Below 1 + x = sqrt(1/2) and above sqrt(2) the logarithm of u = 1 + x rounded, plus the correction
    /// ((1 + x) - u) / u; between, the kernel of `log` on x itself.
    ///
    /// Error below 1 ulp. `log1p(-1)` is -inf, below -1 NaN, `log1p(inf)` is inf, `log1p(-0)` is -0.
    @inlinable
    public static func log1p(_ x: Double) -> Double {
        if !(x > -1 && x < .infinity) { return logAtTheEdge(1 + x) }
        if x.magnitude < 0x1p-54 { return x }
        if x > -0.2928 && x < 0.4142 {
            let halfSquare = 0.5 * x * x
            return x - (halfSquare - logRemainder(x, halfSquare))
        }
        let u = 1 + x
        let lost = x < 1 ? x - (u - 1) : 1 - (u - x)
        let (k, f) = logReduction(u)
        let halfSquare = 0.5 * f * f
        let small = logRemainder(f, halfSquare) + (k * logTwoLow + lost / u)
        return k * logTwoHigh - ((halfSquare - small) - f)
    }
}
