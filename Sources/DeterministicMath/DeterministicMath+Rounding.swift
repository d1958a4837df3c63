extension DeterministicMath {
    /// A number rounded to so many significant decimal digits, halves away from zero.
    ///
    /// For what a library with machine-dependent last bits has computed and a result will depend on: nine digits of a
    /// fitted coefficient are the same on every machine unless a digit sits on the very edge. Works on the shortest
    /// decimal text that reads back as `x`, so the result is the float64 nearest to the rounded decimal number.
    ///
    /// - Parameters:
    ///   - x: any number; zeros, infinities and NaN come back as they are.
    ///   - significantDigits: 1 or more; 17 and more change nothing.
    /// - Returns: the rounded number.
    public static func rounded(_ x: Double, significantDigits: Int) -> Double {
        precondition(significantDigits >= 1, "at least one digit")
        if x == 0 || !x.isFinite { return x }
        let parts = x.magnitude.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        var digits = (mantissa[0] + fraction).compactMap(\.wholeNumberValue)
        // The number is 0.d1 d2 d3 ... x 10^exponent once leading zeros are gone.
        var exponent = mantissa[0].count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        while digits.first == 0 {
            digits.removeFirst()
            exponent -= 1
        }
        if digits.count <= significantDigits { return x }
        let roundsUp = digits[significantDigits] >= 5
        digits.removeSubrange(significantDigits...)
        if roundsUp {
            var position = significantDigits - 1
            while position >= 0 && digits[position] == 9 {
                digits[position] = 0
                position -= 1
            }
            if position >= 0 {
                digits[position] += 1
            } else {
                digits.insert(1, at: 0)
                exponent += 1
            }
        }
        let text = "0." + digits.map(String.init).joined() + "e\(exponent)"
        let magnitude = Double(text) ?? x.magnitude
        return x < 0 ? -magnitude : magnitude
    }
}
