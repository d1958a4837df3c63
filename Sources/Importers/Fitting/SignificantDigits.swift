extension Double {
    /// The number rounded to so many significant decimal digits (1 to 15), halves away from zero.
    ///
    /// Fitted coefficients are stored with nine: LAPACK's last bits differ between processors and kernels, a dataset
    /// must not. Zero, infinities, NaN and numbers too small to scale (below 1e-290) are returned as they are.
    public func rounded(toSignificantDigits digits: Int) -> Double {
        precondition((1...15).contains(digits), "a Double holds 15 decimal digits")
        guard isFinite, self != 0 else { return self }
        // The decimal exponent, found by comparison with exact powers as a logarithm is not exact at powers of ten.
        var exponent = 0
        while magnitude >= Double.powerOfTen(exponent + 1) { exponent += 1 }
        while magnitude < Double.powerOfTen(exponent) { exponent -= 1 }
        let shift = digits - 1 - exponent
        let scaled = shift >= 0 ? self * Double.powerOfTen(shift) : self / Double.powerOfTen(-shift)
        guard scaled.isFinite else { return self }
        // Through text, so that the result is the Double nearest to the decimal number.
        return Double("\(Int64(scaled.rounded()))e\(-shift)") ?? self
    }

    /// 10^exponent, correctly rounded.
    private static func powerOfTen(_ exponent: Int) -> Double {
        Double("1e\(exponent)") ?? (exponent > 0 ? .infinity : 0)
    }
}
