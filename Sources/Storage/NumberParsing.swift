/// Reads numbers from UTF-8 without making strings.
public enum NumberParsing {
    /// A whole number with an optional sign; nil if the bytes are anything else or it exceeds 64 bits.
    public static func integer(_ bytes: Span<UInt8>) -> Int? {
        var index = 0
        let isNegative = NumberParsing.takeSign(bytes, at: &index)
        guard index < bytes.count else { return nil }
        var value = 0
        if bytes.count - index <= 18 {
            // 18 digits fit whatever they are.
            while index < bytes.count {
                let digit = bytes[index] &- 0x30
                guard digit <= 9 else { return nil }
                value = value &* 10 &+ Int(digit)
                index += 1
            }
            return isNegative ? -value : value
        }
        // Counted downwards, so that the smallest number fits.
        while index < bytes.count {
            let digit = bytes[index] &- 0x30
            guard digit <= 9 else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (next, underflow) = product.subtractingReportingOverflow(Int(digit))
            if overflow || underflow { return nil }
            value = next
            index += 1
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }

    /// A decimal number (`-12.5`, `.5`, `1e-3`), correctly rounded; nil if the bytes are anything else (also `nan`,
    /// `inf` and hexadecimal) or it exceeds the largest finite number.
    ///
    /// A significand below 2^53 with a power of ten of at most 22 needs one exact operation (Clinger 1990,
    /// DOI 10.1145/93542.93557); anything longer goes to the standard library.
    public static func double(_ bytes: Span<UInt8>) -> Double? {
        guard let decimal = Decimal(bytes) else { return nil }
        if decimal.isExact, decimal.significand < 1 << 53, abs(decimal.exponent) <= 22 {
            var value = Double(decimal.significand)
            if decimal.exponent < 0 {
                value /= powersOfTen[-decimal.exponent]
            } else {
                value *= powersOfTen[decimal.exponent]
            }
            return decimal.isNegative ? -value : value
        }
        let text = bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// Steps over a sign, if there is one; true for a minus.
    @inline(__always)
    private static func takeSign(_ bytes: Span<UInt8>, at index: inout Int) -> Bool {
        guard index < bytes.count, bytes[index] == 0x2D || bytes[index] == 0x2B else { return false }
        index += 1
        return bytes[index - 1] == 0x2D
    }

    /// 10^0 ... 10^22, the powers of ten that a Double holds exactly.
    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// A decimal number taken apart: `significand x 10^exponent`.
    private struct Decimal {
        var significand: UInt64 = 0
        var exponent = 0
        var isNegative = false
        /// Whether all digits fitted into the significand.
        var isExact = true

        /// Nil unless the bytes are `[+-] digits [. digits] [e [+-] digits]` with at least one digit.
        init?(_ bytes: Span<UInt8>) {
            var index = 0
            isNegative = NumberParsing.takeSign(bytes, at: &index)
            let wholeStart = index
            index = takeDigits(bytes, from: index)
            var digitCount = index - wholeStart
            if index < bytes.count, bytes[index] == 0x2E {
                let fractionStart = index + 1
                index = takeDigits(bytes, from: fractionStart)
                exponent = fractionStart - index
                digitCount += index - fractionStart
            }
            guard digitCount > 0 else { return nil }
            if index < bytes.count, bytes[index] | 0x20 == 0x65 {
                guard let power = Decimal.exponent(bytes, from: index + 1) else { return nil }
                exponent += power
                index = bytes.count
            }
            guard index == bytes.count else { return nil }
        }

        /// Adds digits to the significand; the position after them.
        private mutating func takeDigits(_ bytes: Span<UInt8>, from start: Int) -> Int {
            var index = start
            while index < bytes.count {
                let digit = bytes[index] &- 0x30
                guard digit <= 9 else { break }
                // 18 digits fit whatever they are; one more may not.
                if significand >= 100_000_000_000_000_000 {
                    isExact = false
                } else {
                    significand = significand &* 10 &+ UInt64(digit)
                }
                index += 1
            }
            return index
        }

        /// The exponent that fills the rest of the bytes; beyond 9999 the size no longer matters.
        private static func exponent(_ bytes: Span<UInt8>, from start: Int) -> Int? {
            var index = start
            let isNegative = NumberParsing.takeSign(bytes, at: &index)
            guard index < bytes.count else { return nil }
            var value = 0
            while index < bytes.count {
                let digit = bytes[index] &- 0x30
                guard digit <= 9 else { return nil }
                value = min(9999, value * 10 + Int(digit))
                index += 1
            }
            return isNegative ? -value : value
        }
    }
}
