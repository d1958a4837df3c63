import Testing

@testable import DeterministicMath

@Suite struct ErrorBounds {
    /// Name of the table, stated bound in ulp, least count of points, function.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let boundUlps: Double
        var smallest = 0.0
        let function: @Sendable ([Double]) -> Double
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "exp", boundUlps: 1) { DeterministicMath.exp($0[0]) },
        Case(name: "expm1", boundUlps: 1) { DeterministicMath.expm1($0[0]) },
        Case(name: "log", boundUlps: 1) { DeterministicMath.log($0[0]) },
        Case(name: "log1p", boundUlps: 1) { DeterministicMath.log1p($0[0]) },
        Case(name: "sine", boundUlps: 1) { DeterministicMath.sine($0[0]) },
        Case(name: "cosine", boundUlps: 1) { DeterministicMath.cosine($0[0]) },
        Case(name: "arcsine", boundUlps: 1) { DeterministicMath.arcsine($0[0]) },
        Case(name: "arctangent", boundUlps: 2) { DeterministicMath.arctangent($0[0]) },
        Case(name: "complementaryError", boundUlps: 5, smallest: 0x1p-1022) {
            DeterministicMath.complementaryError($0[0])
        },
        Case(name: "normalCumulative", boundUlps: 6, smallest: 0x1p-1022) {
            DeterministicMath.normalCumulative($0[0])
        },
        Case(name: "normalQuantile", boundUlps: 8) { DeterministicMath.normalQuantile($0[0]) },
    ]

    @Test("Every function stays within its stated error of the 60-digit reference", arguments: cases)
    func bound(_ example: Case) throws {
        let table = try ReferenceTable(example.name)
        let worst = table.worstUlps(where: { $0.value.magnitude >= example.smallest }, example.function)
        #expect(worst.count >= 2900)
        #expect(worst.ulps < example.boundUlps, "worst \(worst.ulps) ulp at \(worst.arguments)")
    }

    @Test("The normal quantile stays within 4 ulp where draws fall 99.8 % of the time")
    func normalQuantileCentre() throws {
        let worst = try ReferenceTable("normalQuantile").worstUlps(
            where: { (0.001...0.999).contains($0.arguments[0]) }, { DeterministicMath.normalQuantile($0[0]) })
        #expect(worst.count >= 1400)
        #expect(worst.ulps < 4, "worst \(worst.ulps) ulp at \(worst.arguments)")
    }

    @Test("power stays within 1 + |y| / 16 ulp")
    func power() throws {
        for row in try ReferenceTable("power").rows where row.value.isNormal {
            let (x, y) = (row.arguments[0], row.arguments[1])
            let ulps =
                ((DeterministicMath.power(x, y) - row.value) / row.value.ulp - row.residualUlps).magnitude
            let bound = 1 + y.magnitude / 16
            #expect(ulps < bound, "\(ulps) ulp at \(x), \(y)")
        }
    }
}

@Suite struct EdgeCases {
    @Test("Limits, zeros, infinities and NaN are as documented")
    func exponentials() {
        #expect(DeterministicMath.exp(0) == 1)
        #expect(DeterministicMath.exp(-.infinity) == 0)
        #expect(DeterministicMath.exp(.infinity) == .infinity)
        #expect(DeterministicMath.exp(709.79) == .infinity)
        #expect(DeterministicMath.exp(709.78) < .infinity)
        #expect(DeterministicMath.exp(-745.14) == 0)
        #expect(DeterministicMath.exp(-745.13) == 0x1p-1074)
        #expect(DeterministicMath.exp(1e300) == .infinity)
        #expect(DeterministicMath.exp(-1e300) == 0)
        #expect(DeterministicMath.exp(.nan).isNaN)
        #expect(DeterministicMath.expm1(-.infinity) == -1)
        #expect(DeterministicMath.expm1(.infinity) == .infinity)
        #expect(DeterministicMath.expm1(-0.0).sign == .minus)
        #expect(DeterministicMath.expm1(0x1p-1074) == 0x1p-1074)
        #expect(DeterministicMath.expm1(.nan).isNaN)
    }

    @Test("Logarithms take zero, infinity, negative and subnormal numbers as documented")
    func logarithms() {
        #expect(DeterministicMath.log(1) == 0)
        #expect(DeterministicMath.log(0) == -.infinity)
        #expect(DeterministicMath.log(-0.0) == -.infinity)
        #expect(DeterministicMath.log(.infinity) == .infinity)
        #expect(DeterministicMath.log(-1).isNaN)
        #expect(DeterministicMath.log(-.infinity).isNaN)
        #expect(DeterministicMath.log(.nan).isNaN)
        #expect((DeterministicMath.log(0x1p-1074) + 744.4400719213812).magnitude < 1e-12)
        #expect(DeterministicMath.log1p(-1) == -.infinity)
        #expect(DeterministicMath.log1p(-1.5).isNaN)
        #expect(DeterministicMath.log1p(.infinity) == .infinity)
        #expect(DeterministicMath.log1p(-0.0).sign == .minus)
        #expect(DeterministicMath.log1p(0x1p-1074) == 0x1p-1074)
        #expect(DeterministicMath.log1p(.nan).isNaN)
    }

    @Test("power follows IEEE 754 at its edges, and a negative base is NaN")
    func power() {
        #expect(DeterministicMath.power(.nan, 0) == 1)
        #expect(DeterministicMath.power(1, .nan) == 1)
        #expect(DeterministicMath.power(0, 2) == 0)
        #expect(DeterministicMath.power(0, -2) == .infinity)
        #expect(DeterministicMath.power(.infinity, 0.5) == .infinity)
        #expect(DeterministicMath.power(.infinity, -0.5) == 0)
        #expect(DeterministicMath.power(0.5, .infinity) == 0)
        #expect(DeterministicMath.power(0.5, -.infinity) == .infinity)
        #expect(DeterministicMath.power(2, 1e301) == .infinity)
        #expect(DeterministicMath.power(-2, 2).isNaN)
        #expect(DeterministicMath.power(2, .nan).isNaN)
        #expect(DeterministicMath.power(.nan, 2).isNaN)
        #expect(DeterministicMath.power(3, 1) == 3)
        #expect(DeterministicMath.power(2, 2000) == .infinity)
        #expect(DeterministicMath.power(2, -2000) == 0)
    }

    @Test("Trigonometric functions keep signed zeros and refuse what they cannot reduce")
    func trigonometry() {
        #expect(DeterministicMath.sine(-0.0).sign == .minus)
        #expect(DeterministicMath.sine(0) == 0)
        #expect(DeterministicMath.cosine(0) == 1)
        #expect(DeterministicMath.sine(2e6).isNaN)
        #expect(DeterministicMath.cosine(.infinity).isNaN)
        #expect(DeterministicMath.cosine(.nan).isNaN)
        #expect(DeterministicMath.arcsine(1) == 1.5707963267948966)
        #expect(DeterministicMath.arcsine(-1) == -1.5707963267948966)
        #expect(DeterministicMath.arcsine(1.0.nextUp).isNaN)
        #expect(DeterministicMath.arcsine(.nan).isNaN)
        #expect(DeterministicMath.arctangent(.infinity) == 1.5707963267948966)
        #expect(DeterministicMath.arctangent(-.infinity) == -1.5707963267948966)
        #expect(DeterministicMath.arctangent(.nan).isNaN)
    }

    @Test("The two-argument arctangent finds the quadrant, signs of zero included")
    func quadrants() {
        #expect(DeterministicMath.arctangent(y: 0, x: 1) == 0)
        #expect(DeterministicMath.arctangent(y: 0, x: -1) == .pi)
        #expect(DeterministicMath.arctangent(y: -0.0, x: -1) == -.pi)
        #expect(DeterministicMath.arctangent(y: 1, x: 0) == .pi / 2)
        #expect(DeterministicMath.arctangent(y: -1, x: 0) == -.pi / 2)
        #expect(DeterministicMath.arctangent(y: 1, x: 1) == .pi / 4)
        #expect(DeterministicMath.arctangent(y: 1, x: -1) == 3 * (.pi / 4))
        #expect(DeterministicMath.arctangent(y: -1, x: -1) == -3 * (.pi / 4))
        #expect(DeterministicMath.arctangent(y: .infinity, x: .infinity) == .pi / 4)
        #expect(DeterministicMath.arctangent(y: 1, x: -.infinity) == .pi)
        #expect(DeterministicMath.arctangent(y: .nan, x: 1).isNaN)
    }

    @Test("The normal distribution has its limits, its symmetry and its domain")
    func normal() {
        #expect(DeterministicMath.normalCumulative(0) == 0.5)
        #expect(DeterministicMath.normalCumulative(-.infinity) == 0)
        #expect(DeterministicMath.normalCumulative(.infinity) == 1)
        #expect(DeterministicMath.normalCumulative(.nan).isNaN)
        #expect(DeterministicMath.normalQuantile(0.5) == 0)
        #expect(DeterministicMath.normalQuantile(0) == -.infinity)
        #expect(DeterministicMath.normalQuantile(1) == .infinity)
        #expect(DeterministicMath.normalQuantile(-0.1).isNaN)
        #expect(DeterministicMath.normalQuantile(1.1).isNaN)
        #expect(DeterministicMath.normalQuantile(.nan).isNaN)
        #expect(DeterministicMath.normalQuantile(0.25) == -DeterministicMath.normalQuantile(0.75))
        #expect(DeterministicMath.complementaryError(-.infinity) == 2)
        #expect(DeterministicMath.complementaryError(28) == 0)
        #expect(DeterministicMath.complementaryError(.nan).isNaN)
    }
}

@Suite struct Monotonicity {
    /// Largest fall of a function that should rise, over n + 1 equally spaced points, in ulp.
    func largestFallUlps(_ low: Double, _ high: Double, _ n: Int, _ function: (Double) -> Double) -> Double {
        var previous = function(low)
        var fall = 0.0
        for index in 1...n {
            let value = function(low + (high - low) * (Double(index) / Double(n)))
            fall = max(fall, (previous - value) / value.ulp)
            previous = value
        }
        return fall
    }

    @Test("On grids far coarser than an ulp, increasing functions never fall")
    func grids() {
        #expect(largestFallUlps(-745, 709, 200_000, DeterministicMath.exp) == 0)
        #expect(largestFallUlps(0.001, 100, 200_000, DeterministicMath.log) == 0)
        #expect(largestFallUlps(-38, 8, 200_000, DeterministicMath.normalCumulative) == 0)
        #expect(largestFallUlps(1e-6, 1 - 1e-6, 200_000, DeterministicMath.normalQuantile) == 0)
        #expect(largestFallUlps(-1, 1, 200_000, DeterministicMath.arcsine) == 0)
        #expect(largestFallUlps(-10, 10, 200_000, DeterministicMath.arctangent(_:)) == 0)
    }

    @Test(
        "Where the pieces of a function meet, neighbouring arguments give values at most two ulp out of order",
        arguments: [0.075, 0.925, 1.3887943864964021e-11])
    func seams(_ p: Double) {
        var x = p - 500 * p.ulp
        var previous = DeterministicMath.normalQuantile(x)
        for _ in 0..<1000 {
            x = x.nextUp
            let value = DeterministicMath.normalQuantile(x)
            #expect((previous - value) / value.ulp <= 2)
            previous = value
        }
    }
}
