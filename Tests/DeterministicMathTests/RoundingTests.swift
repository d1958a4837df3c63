import Testing

@testable import DeterministicMath

@Suite struct RoundingTests {
    @Test(
        "Rounding to significant digits gives the nearest float64 of the decimal number",
        arguments: [
            (123_456_789.123456789, 9, 123_456_789.0), (0.00012345678949, 9, 0.000123456789), (-2.5, 1, -3.0),
            (9.9999999996, 9, 10.0), (0.1 + 0.2, 9, 0.3), (1e300, 3, 1e300), (1.23456789012e-300, 9, 1.23456789e-300),
            (0x1p-1074, 9, 0x1p-1074), (0.0999999999999, 3, 0.1),
            (1_234_567_890_123_456_789.0, 9, 1_234_567_890_000_000_000.0),
            (42, 9, 42), (99_999, 2, 100_000), (1.5, 2, 1.5), (0, 9, 0), (.infinity, 9, .infinity),
        ] as [(Double, Int, Double)])
    func rounding(_ x: Double, _ digits: Int, _ expected: Double) {
        #expect(DeterministicMath.rounded(x, significantDigits: digits) == expected)
    }

    @Test("NaN stays NaN, and rounding twice is rounding once")
    func idempotence() {
        #expect(DeterministicMath.rounded(.nan, significantDigits: 9).isNaN)
        for index in 1..<2000 {
            let x = DeterministicMath.exp(Double(index) * 0.37 - 350)
            let once = DeterministicMath.rounded(x, significantDigits: 9)
            #expect(DeterministicMath.rounded(once, significantDigits: 9) == once)
            #expect((once / x - 1).magnitude <= 5.0000001e-9)
        }
    }
}
