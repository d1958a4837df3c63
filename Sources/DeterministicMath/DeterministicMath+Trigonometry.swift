extension DeterministicMath {
    /// Largest magnitude `sine` and `cosine` take: 2^20 quarter turns, about 1.6 million radians.
    ///
    /// Up to here the product of the number of quarter turns and the leading parts of pi / 2 is exact.
    @inlinable public static var angleMagnitudeMax: Double { 1647099.0 }

    /// Sine of an angle in radians. Error below 1 ulp for |x| <= `angleMagnitudeMax`, NaN beyond and for NaN.
    @inlinable
    public static func sine(_ x: Double) -> Double {
        let (quarter, head, tail) = quarterTurns(x)
        let magnitude = quarter & 1 == 0 ? sineKernel(head, tail) : cosineKernel(head, tail)
        let result = quarter & 2 == 0 ? magnitude : -magnitude
        // x itself where it is 0, so that sin(-0) is -0.
        return x.magnitude <= angleMagnitudeMax ? (x == 0 ? x : result) : .nan
    }

    /// Cosine of an angle in radians. Error below 1 ulp for |x| <= `angleMagnitudeMax`, NaN beyond and for NaN.
    @inlinable
    public static func cosine(_ x: Double) -> Double {
        let (quarter, head, tail) = quarterTurns(x)
        let magnitude = quarter & 1 == 0 ? cosineKernel(head, tail) : sineKernel(head, tail)
        let result = (quarter &+ 1) & 2 == 0 ? magnitude : -magnitude
        return x.magnitude <= angleMagnitudeMax ? result : .nan
    }

    /// x less the nearest multiple of pi / 2, in two parts, and that multiple (Cody & Waite 1980).
    ///
    /// pi / 2 is cut into 33, 33 and 53 bits: 119 bits, where the closest a float64 below 2^21 comes to a multiple
    /// of pi / 2 takes about 60 away.
    @inlinable @inline(__always)
    static func quarterTurns(_ x: Double) -> (quarter: Int64, head: Double, tail: Double) {
        let shifted = x * 0.6366197723675814 + roundingShift
        let quarter = Int64(bitPattern: shifted.bitPattern &- roundingShift.bitPattern)
        let count = shifted - roundingShift
        let first = x - count * 1.5707963267341256
        let (second, lost) = exactSum(first, -(count * 6.077100506303966e-11))
        let rest = lost - count * 2.0222662487959506e-21
        let head = second + rest
        return (quarter, head, (second - head) + rest)
    }

    /// sin(r + tail) for |r| <= pi / 4: odd polynomial of degree 13, own Chebyshev fit, to 2^-55 of r^3.
    @inlinable @inline(__always)
    static func sineKernel(_ r: Double, _ tail: Double) -> Double {
        let z = r * r
        let w = z * z
        let upper = 0.008333333333330946 + z * -0.0001984126983675497
        let top = 2.755731610068303e-06 + z * (-2.5051131455427946e-08 + z * 1.591810123027412e-10)
        let polynomial = -0.16666666666666666 + z * (upper + w * top)
        return r + (z * r * polynomial + tail * (1 - 0.5 * z))
    }

    /// cos(r + tail) for |r| <= pi / 4: even polynomial of degree 14, own Chebyshev fit, to 2^-59 of r^4.
    @inlinable @inline(__always)
    static func cosineKernel(_ r: Double, _ tail: Double) -> Double {
        let z = r * r
        let w = z * z
        let lower = 0.041666666666666664 + z * (-0.0013888888888887395 + z * 2.4801587298763433e-05)
        let upper = -2.7557317270560326e-07 + z * (2.0876146024689747e-09 + z * -1.1382614868556325e-11)
        let half = 0.5 * z
        let main = 1 - half
        return main + (((1 - main) - half) + (w * (lower + w * z * upper) - r * tail))
    }

    /// Arcsine in radians, -pi/2 ... pi/2. Error below 1 ulp; NaN for |x| > 1.
    ///
    /// x + x^3 P(x^2) up to 1/2; beyond, pi/2 - 2 arcsin(sqrt((1 - |x|) / 2)) with the square root in two parts.
    @inlinable
    public static func arcsine(_ x: Double) -> Double {
        let magnitude = x.magnitude
        if !(magnitude <= 1) { return .nan }
        if magnitude <= 0.5 { return x + x * (x * x * arcsineKernel(x * x)) }
        let z = 0.5 * (1 - magnitude)
        let root = z.squareRoot()
        let (square, squareTail) = exactProduct(root, root)
        let rootTail = root == 0 ? 0 : ((z - square) - squareTail) / (root + root)
        let small = rootTail + root * (z * arcsineKernel(z))
        let (head, tail) = exactSum(1.5707963267948966, -2 * root)
        let result = head + (tail + (6.123233995736766e-17 - 2 * small))
        return x < 0 ? -result : result
    }

    /// (asin(x) / x - 1) / z, z = x^2 <= 1/4: degree 12, own Chebyshev fit, to 2^-55.
    @inlinable @inline(__always)
    static func arcsineKernel(_ z: Double) -> Double {
        let w = z * z
        let p01 = 0.16666666666666669 + z * 0.07499999999998425
        let p23 = 0.04464285714637338 + z * 0.030381944137085216
        let p45 = 0.022372173002005596 + z * 0.017352391265909227
        let p67 = 0.013971235301124539 + z * 0.011478952690257387
        let p89 = 0.010324318288744113 + z * 0.00545087818772055
        let pab = 0.017419357964884856 + z * -0.014881409392818066
        let top = p89 + w * (pab + w * 0.02877844261259304)
        return p01 + w * (p23 + w * (p45 + w * (p67 + w * top)))
    }

    /// Arctangent in radians, -pi/2 ... pi/2. Error below 2 ulp; `arctangent(inf)` is pi/2.
    ///
    /// Up to tan(pi/8) a polynomial; up to tan(3 pi/8) pi/4 + atan((x - 1) / (x + 1)); beyond pi/2 - atan(1 / x).
    @inlinable
    public static func arctangent(_ x: Double) -> Double {
        let t = x.magnitude
        if !(t >= 0) { return .nan }
        if t <= 0.4142135623730951 { return x + x * (x * x * arctangentKernel(x * x)) }
        let isMiddle = t < 2.414213562373095
        let reduced = isMiddle ? (t - 1) / (t + 1) : -1 / t
        let base = isMiddle ? 0.7853981633974483 : 1.5707963267948966
        let baseTail = isMiddle ? 3.061616997868383e-17 : 6.123233995736766e-17
        let square = reduced * reduced
        let result = base + (reduced + (baseTail + reduced * (square * arctangentKernel(square))))
        return x < 0 ? -result : result
    }

    /// (atan(x) / x - 1) / z, z = x^2 <= tan(pi/8)^2: degree 10, own Chebyshev fit, to 2^-54.
    @inlinable @inline(__always)
    static func arctangentKernel(_ z: Double) -> Double {
        let w = z * z
        let p01 = -0.3333333333333333 + z * 0.1999999999999548
        let p23 = -0.14285714284657894 + z * 0.11111111014561013
        let p45 = -0.09090904549884611 + z * 0.07692182535116648
        let p67 = -0.06664502215671447 + z * 0.058580687568615106
        let p89 = -0.05085030492810941 + z * 0.03921955253255129
        return p01 + w * (p23 + w * (p45 + w * (p67 + w * (p89 + w * -0.019162068915902573))))
    }

    /// Angle of the point (x, y) in radians, -pi ... pi. Error below 3 ulp.
    ///
    /// As IEEE 754's atan2, the signs of zeros included; both infinite give the odd multiples of pi/4.
    @inlinable
    public static func arctangent(y: Double, x: Double) -> Double {
        if y.isNaN || x.isNaN { return .nan }
        let magnitude: Double
        if y == 0 {
            magnitude = 0
        } else if x.isInfinite {
            magnitude = y.isInfinite ? 0.7853981633974483 : 0
        } else {
            magnitude = arctangent(y.magnitude / x.magnitude)
        }
        let turned = x.sign == .minus ? 3.141592653589793 - (magnitude - 1.2246467991473532e-16) : magnitude
        return y.sign == .minus ? -turned : turned
    }
}
