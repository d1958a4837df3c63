/// Elementary functions with the same bits on every processor.
///
/// The C library picks its `exp`, `log` and trigonometric functions by processor (with or without fused
/// multiply-add), so its last bits differ from one machine to the next, and a simulation that branches on them
/// differs in everything. The functions here use float64 additions, multiplications, divisions and square roots
/// only, each rounded once as IEEE 754 demands, in one written order. Swift never contracts `a * b + c` into a fused
/// multiply-add by itself, so the same bits come out on every processor and at every optimisation level.
///
/// Polynomial coefficients are Chebyshev fits of our own, computed with 60 digits by
/// `Scripts/reference/elementary-functions.py coefficients`. Error bounds, in units in the last place (ulp) of the
/// true value, are stated per function and tested against reference values of the same script.
///
/// Every function is pure, needs no memory and returns a NaN for a NaN argument (its sign and payload may depend on the
/// processor; no other bits do). The hot ones are `@inlinable`, `exp` and `log` straight-line code without tables, in
/// which the processor runs neighbouring calls side by side; their kernels are forced inline, for a call in the middle of
/// a polynomial would spill every register. Constants are computed properties, because a stored one of
/// another module is loaded from memory and not folded into the code.
public enum DeterministicMath {
    /// Archimedes' constant, rounded to nearest: a circle's circumference over its diameter.
    @inlinable public static var pi: Double { 3.141592653589793 }

    /// log 2, leading 33 bits: its product with an integer below 2^20 is exact (Cody & Waite 1980).
    @inlinable static var logTwoHigh: Double { 0.6931471804855391 }
    /// log 2 - `logTwoHigh`, rounded.
    @inlinable static var logTwoLow: Double { 7.440617110012397e-11 }
    /// 1.5 x 2^52: adding it rounds a number of magnitude below 2^51 to the nearest integer, ties to even, and
    /// leaves that integer in the low bits of the sum.
    @inlinable static var roundingShift: Double { 6755399441055744.0 }

    /// Power of two as float64, for exponents -1022 ... 1023; outside, the result is meaningless.
    @inlinable @inline(__always)
    static func powerOfTwo(_ exponent: Int64) -> Double {
        Double(bitPattern: UInt64(bitPattern: (exponent &+ 1023) &<< 52))
    }

    /// Exact product of two float64 as head plus tail (Dekker 1971, Numerische Mathematik 18:224).
    ///
    /// Exact while neither factor exceeds 2^996 in magnitude and the tail does not underflow.
    @inlinable @inline(__always)
    static func exactProduct(_ a: Double, _ b: Double) -> (head: Double, tail: Double) {
        let splitter = 134217729.0  // 2^27 + 1: cuts 53 bits in two halves of 26.
        let scaledA = splitter * a
        let scaledB = splitter * b
        let highA = scaledA - (scaledA - a)
        let highB = scaledB - (scaledB - b)
        let lowA = a - highA
        let lowB = b - highB
        let head = a * b
        let tail = ((highA * highB - head) + highA * lowB + lowA * highB) + lowA * lowB
        return (head, tail)
    }

    /// Exact sum of two float64 as head plus tail, for any order of magnitudes (Knuth 1969, Moller 1965).
    @inlinable @inline(__always)
    static func exactSum(_ a: Double, _ b: Double) -> (head: Double, tail: Double) {
        let head = a + b
        let partB = head - a
        return (head, (a - (head - partB)) + (b - partB))
    }
}
