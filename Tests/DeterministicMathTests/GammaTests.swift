import Testing

@testable import DeterministicMath

@Suite struct GammaTests {
    @Test("log Gamma keeps its absolute and relative bounds")
    func logGamma() throws {
        for row in try ReferenceTable("logGamma").rows {
            let error = (DeterministicMath.logGamma(row.arguments[0]) - row.value).magnitude
            let bound = row.arguments[0] <= 10 ? 1e-14 : 4e-15 * row.value.magnitude
            #expect(error < bound, "\(error) at \(row.arguments)")
        }
    }

    @Test("The incomplete gamma functions keep their relative bound wherever they are below 1/2")
    func incompleteGamma() throws {
        for name in ["regularisedGammaLower", "regularisedGammaUpper"] {
            var count = 0
            for row in try ReferenceTable(name).rows where row.value < 0.5 {
                let (lower, upper) = DeterministicMath.regularisedGamma(shape: row.arguments[0], row.arguments[1])
                let ours = name == "regularisedGammaLower" ? lower : upper
                let bound = 2e-13 * row.value + (row.arguments[0] < 1 ? 1e-14 : 0)
                #expect((ours - row.value).magnitude < bound, "\(ours) for \(row.value) at \(row.arguments)")
                #expect(lower + upper == 1)
                count += 1
            }
            #expect(count > 500)
        }
    }

    @Test(
        "The gamma quantile inverts the distribution function", arguments: [0.1, 0.5, 1, 1.5, 2, 7.3, 20, 400, 1e5])
    func quantile(_ shape: Double) {
        for p in [1e-12, 1e-6, 0.001, 0.05, 0.3, 0.5, 0.7, 0.95, 0.999, 1 - 1e-6, 1 - 1e-12] {
            let x = DeterministicMath.gammaQuantile(shape: shape, p)
            let (lower, upper) = DeterministicMath.regularisedGamma(shape: shape, x)
            // The relative error of x comes back multiplied by x times the hazard: at most about shape + 40.
            let error = p <= 0.5 ? lower / p - 1 : upper / (1 - p) - 1
            #expect(error.magnitude < 1e-12 * (shape.squareRoot() * 8 + 40), "p \(p): \(error)")
        }
    }

    @Test("Edges are as documented")
    func edges() {
        #expect(DeterministicMath.logGamma(0) == .infinity)
        #expect(DeterministicMath.logGamma(-1).isNaN)
        #expect(DeterministicMath.logGamma(1).magnitude < 1e-14)
        #expect(DeterministicMath.regularisedGamma(shape: 2, 0) == (0, 1))
        #expect(DeterministicMath.regularisedGamma(shape: 2, .infinity) == (1, 0))
        #expect(DeterministicMath.regularisedGamma(shape: 0, 1).lower.isNaN)
        #expect(DeterministicMath.gammaQuantile(shape: 2, 0) == 0)
        #expect(DeterministicMath.gammaQuantile(shape: 2, 1) == .infinity)
        #expect(DeterministicMath.gammaQuantile(shape: 2, 1.5).isNaN)
        #expect(DeterministicMath.gammaQuantile(shape: -2, 0.5).isNaN)
    }
}
