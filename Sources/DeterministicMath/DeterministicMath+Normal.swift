extension DeterministicMath {
    /// Complementary error function erfc(x) = 2 / sqrt(pi) times the integral of exp(-t^2) from x on.
    ///
    /// |x| < 1/2: 1 - erf by a polynomial in x^2. Beyond, exp(-x^2) / (1 + 2x) times a polynomial of degree 22 in
    /// (x - 3) / (x + 3) (the form of Shepherd & Laframboise 1981, Math. Comp. 36:249; own coefficients), x^2 in two
    /// parts.
    ///
    /// Error below 5 ulp for normal results. `erfc(-inf)` is 2, `erfc(inf)` is 0, from 26.55 on the result is subnormal
    /// (few bits) and from 27.3 on 0.
    @inlinable
    public static func complementaryError(_ x: Double) -> Double {
        complementaryError(x, tail: 0)
    }

    /// erfc(x + tail) for a tail of a few ulp of x.
    @inlinable
    static func complementaryError(_ x: Double, tail: Double) -> Double {
        let magnitude = x.magnitude
        if magnitude < 0.5 { return (1 - x * errorKernel(x * x)) - 1.1283791670955126 * tail }
        if !(magnitude < 27.3) { return x.isNaN ? .nan : (x > 0 ? 0 : 2) }
        let (square, squareTail) = exactProduct(magnitude, magnitude)
        // 2 |x| tail: the first-order change of x^2.
        let gaussian = exp(-square, tail: -(squareTail + 2 * x * tail))
        let upper = gaussian * scaledErrorKernel(magnitude)
        return x > 0 ? upper : 2 - upper
    }

    /// erf(x) / x in z = x^2 <= 1/4, to 2^-65.
    @inlinable @inline(__always)
    static func errorKernel(_ z: Double) -> Double {
        let w = z * z
        let p01 = 1.1283791670955126 + z * -0.3761263890318375
        let p23 = 0.11283791670954868 + z * -0.026866170644999358
        let p45 = 0.005223977622008845 + z * -0.0008548326509718547
        let p67 = 0.00012055286128871108 + z * -1.4923000283850108e-05
        let p89 = 1.6371164552892836e-06 + z * -1.4620256114391553e-07
        return p01 + w * (p23 + w * (p45 + w * (p67 + w * p89)))
    }

    /// exp(x^2) erfc(x) for x in 0.5 ... 27.3.
    @inlinable @inline(__always)
    static func scaledErrorKernel(_ x: Double) -> Double {
        let t = (x - 3) / (x + 3)
        let w = t * t
        let q = w * w
        let c0 = (1.2530080582697296 + t * -0.1356211061245812) + w * (-0.04756229435345074 + t * 0.1296451587027618)
        let c1 = (-0.11927366341530837 + t * 0.06830802734395484) + w * (-0.02377051491863058 + t * 0.00252939181611822)
        let c2 =
            (0.0018886903577394962 + t * -0.0007798322690762081)
            + w * (-0.00010515977124704049 + t * 0.00012509931163980702)
        let c3 =
            (4.949229719923908e-06 + t * -2.010031084397341e-05)
            + w * (-7.302517936799855e-07 + t * 3.471449406239056e-06)
        let c4 =
            (3.5312279890170237e-07 + t * -6.143735294631944e-07)
            + w * (-1.3490982649662046e-07 + t * 9.854743608024783e-08)
        let c5 = (3.4689211985167694e-08 + t * -1.0575426587499e-08) + w * -4.479678454351181e-09
        return (c0 + q * (c1 + q * (c2 + q * (c3 + q * (c4 + q * c5))))) / (1 + 2 * x)
    }

    /// Standard normal distribution function, erfc(-x / sqrt(2)) / 2.
    ///
    /// -x / sqrt(2) is carried in two parts, so that the lower tail keeps its relative accuracy: error below 6 ulp for
    /// normal results, which reach down to x = -37.5. 0 at -inf, 1 at inf.
    @inlinable
    public static func normalCumulative(_ x: Double) -> Double {
        // Beyond 40 the result is 0 or 1, and inf - inf is avoided below.
        if !(x.magnitude < 40) { return x.isNaN ? .nan : (x > 0 ? 1 : 0) }
        let (head, tail) = exactProduct(-x, 0.7071067811865476)
        return 0.5 * complementaryError(head, tail: tail + x * 4.833646656726457e-17)
    }

    /// Standard normal quantile: the x with `normalCumulative(x)` = p.
    ///
    /// Algorithm AS 241, PPND16 (Wichura 1988, Applied Statistics 37:477), on our own `log`. Error below 4 ulp for
    /// p in 0.001 ... 0.999 and below 8 ulp in the tails. Odd about p = 1/2 as far as 1 - p is exact.
    /// -inf at 0, inf at 1, NaN outside.
    @inlinable
    public static func normalQuantile(_ p: Double) -> Double {
        let q = p - 0.5
        if q.magnitude <= 0.425 { return normalQuantileCentre(q) }
        let tail = q < 0 ? p : 1 - p
        if !(tail > 0) { return tail == 0 ? (q < 0 ? -.infinity : .infinity) : .nan }
        let r = (-log(tail)).squareRoot()
        let magnitude = r <= 5 ? normalQuantileShoulder(r - 1.6) : normalQuantileTail(r - 5)
        return q < 0 ? -magnitude : magnitude
    }

    /// AS 241 for |p - 1/2| <= 0.425.
    @inlinable @inline(__always)
    static func normalQuantileCentre(_ q: Double) -> Double {
        let r = 0.180625 - q * q
        let a0 = 67265.770927008700853 + r * (33430.575583588128105 + r * 2509.0809287301226727)
        let a1 = 1971.5909503065514427 + r * (13731.693765509461125 + r * (45921.953931549871457 + r * a0))
        let numerator = 3.3871328727963666080 + r * (133.14166789178437745 + r * a1)
        let b0 = 39307.895800092710610 + r * (28729.085735721942674 + r * 5226.4952788528545610)
        let b1 = 687.18700749205790830 + r * (5394.1960214247511077 + r * (21213.794301586595867 + r * b0))
        let denominator = 1 + r * (42.313330701600911252 + r * b1)
        return q * numerator / denominator
    }

    /// AS 241 for a tail probability from exp(-25) to 0.075; the argument is sqrt(-log(tail)) - 1.6.
    @inlinable
    static func normalQuantileShoulder(_ r: Double) -> Double {
        let c0 = 0.241780725177450611770 + r * (0.0227238449892691845833 + r * 7.74545014278341407640e-4)
        let c1 = 5.76949722146069140550 + r * (3.64784832476320460504 + r * (1.27045825245236838258 + r * c0))
        let numerator = 1.42343711074968357734 + r * (4.63033784615654529590 + r * c1)
        let d0 = 0.0151986665636164571966 + r * (5.47593808499534494600e-4 + r * 1.05075007164441684324e-9)
        let d1 = 1.67638483018380384940 + r * (0.689767334985100004550 + r * (0.148103976427480074590 + r * d0))
        let denominator = 1 + r * (2.05319162663775882187 + r * d1)
        return numerator / denominator
    }

    /// AS 241 for a tail probability below exp(-25); the argument is sqrt(-log(tail)) - 5.
    @inlinable
    static func normalQuantileTail(_ r: Double) -> Double {
        let e0 = 1.24266094738807843860e-3 + r * (2.71155556874348757815e-5 + r * 2.01033439929228813265e-7)
        let e1 = 1.78482653991729133580 + r * (0.296560571828504891230 + r * (0.0265321895265761230930 + r * e0))
        let numerator = 6.65790464350110377720 + r * (5.46378491116411436990 + r * e1)
        let f0 = 1.84631831751005468180e-5 + r * (1.42151175831644588870e-7 + r * 2.04426310338993978564e-15)
        let f1 = 0.136929880922735805310 + r * (0.0148753612908506148525 + r * (7.86869131145613259100e-4 + r * f0))
        let denominator = 1 + r * (0.599832206555887937690 + r * f1)
        return numerator / denominator
    }
}
