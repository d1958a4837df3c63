extension DeterministicMath {
    /// Exponential function e^x.
    ///
    /// x = k log 2 + r with |r| <= log(2) / 2 in two parts (Cody & Waite 1980), e^r by a polynomial of degree 12
    /// (own Chebyshev fit), scaled by 2^k in two exact steps.
    ///
    /// Error below 1 ulp for normal results; one more rounding where the result is subnormal. `exp(0)` is 1.
    /// `exp(-inf)` is 0, `exp(inf)` is inf, above 709.7827 inf, below -745.1332 zero.
    @inlinable
    public static func exp(_ x: Double) -> Double {
        exp(x, tail: 0)
    }

    /// e^(head + tail) for a small tail: |tail| of a few ulp of head.
    @inlinable @inline(__always)
    static func exp(_ head: Double, tail: Double) -> Double {
        // Beyond these the result is 0 or inf anyway. NaN passes both comparisons, which compile to minimum and maximum
        // and not to branches.
        let aboveLow = head < -746 ? -746 : head
        let x = aboveLow > 710 ? 710 : aboveLow
        let count = (x * 1.4426950408889634 + roundingShift) - roundingShift
        let high = x - count * logTwoHigh
        let correction = tail - count * logTwoLow
        let r = high + correction
        let rest = (high - r) + correction
        let y = 1 + (r + (rest + r * r * exponentialRemainder(r)))
        // 2^count in two steps: up to 2^1000 on the exponent of y, which stays normal, the rest as a factor that
        // rounds once where the result is subnormal. The integers are read off the low bits of the shifted numbers.
        let countAboveLow = count < -1000 ? -1000 : count
        let main = countAboveLow > 1000 ? 1000 : countAboveLow
        let scaled = Double(bitPattern: y.bitPattern &+ ((main + roundingShift).bitPattern &<< 52))
        let factor = Double(bitPattern: ((count - main) + (roundingShift + 1023)).bitPattern &<< 52)
        // x - x is 0, or NaN where the bits above have lost one.
        return scaled * factor + (x - x)
    }

    /// (e^r - 1 - r) / r^2 for |r| <= 0.3467, to 2^-59; evaluated by Estrin's scheme, whose parts are independent.
    @inlinable @inline(__always)
    static func exponentialRemainder(_ r: Double) -> Double {
        let r2 = r * r
        let r4 = r2 * r2
        let p01 = 0.5 + r * 0.1666666666666667
        let p23 = 0.04166666666666667 + r * 0.00833333333332612
        let p45 = 0.0013888888888883737 + r * 0.00019841269874873975
        let p67 = 2.480158732558584e-05 + r * 2.755725533255441e-06
        let p89 = 2.7557273594799413e-07 + r * 2.510524515390137e-08
        let lower = p01 + r2 * p23
        let upper = p45 + r2 * p67
        let top = p89 + r2 * 2.0914707069612355e-09
        return lower + r4 * (upper + r4 * top)
    }

    /// e^x - 1 without the cancellation near 0.
    ///
    /// Same reduction as `exp`; 2^k - 1, 2^k r and the small parts are added with the rounding error of the large sum
    /// carried along. Error below 1 ulp. `expm1(-inf)` is -1, `expm1(inf)` is inf, `expm1(-0)` is -0.
    @inlinable
    public static func expm1(_ x: Double) -> Double {
        // From 40 on, the 1 is below half an ulp; below -40 the result rounds to -1.
        if !(x < 40) { return x == x ? exp(x) : .nan }
        if x < -40 { return -1 }
        let shifted = x * 1.4426950408889634 + roundingShift
        let k = Int64(bitPattern: shifted.bitPattern &- roundingShift.bitPattern)
        let count = shifted - roundingShift
        let high = x - count * logTwoHigh
        let correction = -(count * logTwoLow)
        let r = k == 0 ? x : high + correction
        let rest = k == 0 ? 0 : (high - r) + correction
        let small = rest + r * r * exponentialRemainder(r)
        if k == 0 { return r == 0 ? x : r + small }
        let scale = powerOfTwo(k)
        let (head, tail) = exactSum(scale - 1, scale * r)
        return head + (tail + scale * small)
    }

    /// x^y for x >= 0, as exp(y log x).
    ///
    /// log x is taken with about 58 bits and its product with y in two parts, so that the error stays below
    /// 1 + |y| / 16 ulp. Roots and small powers are as good as `exp`; a power of an integer is not always exact.
    ///
    /// `power(x, 0)` and `power(1, y)` are 1 (also for NaN, as IEEE 754 says); `power(0, y)` is 0 for y > 0 and inf
    /// for y < 0; a negative x gives NaN whatever y is; infinities as limits.
    @inlinable
    public static func power(_ x: Double, _ y: Double) -> Double {
        if y == 0 || x == 1 { return 1 }
        if y == 1 { return x >= 0 ? x : .nan }
        if !(x > 0 && x < .infinity) || !(y.magnitude < 1e300) { return powerAtTheEdge(x, y) }
        let (logHead, logTail) = logParts(x)
        let (head, tail) = exactProduct(y, logHead)
        return exp(head, tail: tail + y * logTail)
    }

    /// The values of `power` where x is 0, infinite, negative or NaN, or y infinite, huge or NaN; y is not 0 and x not
    /// 1.
    @inlinable
    static func powerAtTheEdge(_ x: Double, _ y: Double) -> Double {
        if !(x >= 0) || y.isNaN { return .nan }
        return (x > 1) == (y > 0) ? .infinity : 0
    }
}
