import Testing

@testable import LinearAlgebra

@Suite struct FitTests {
    func close(_ a: [Double], _ b: [Double], _ relative: Double) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { ($0 - $1).magnitude <= relative * $1.magnitude }
    }

    @Test("The Longley regression agrees with NIST's certified values")
    func longley() throws {
        // NIST StRD, Longley (1967): an ill-conditioned design. Columns: y, then x1 ... x6; certified to 15 digits.
        let rows: [[Double]] = [
            [60323, 83.0, 234289, 2356, 1590, 107608, 1947], [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
            [60171, 88.2, 258054, 3682, 1616, 109773, 1949], [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
            [63221, 96.2, 328975, 2099, 3099, 112075, 1951], [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
            [64989, 99.0, 365385, 1870, 3547, 115094, 1953], [63761, 100.0, 363112, 3578, 3350, 116219, 1954],
            [66019, 101.2, 397469, 2904, 3048, 117388, 1955], [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
            [68169, 108.4, 442769, 2936, 2798, 120445, 1957], [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
            [68655, 112.6, 482704, 3813, 2552, 123366, 1959], [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
            [69331, 115.7, 518173, 4806, 2572, 127852, 1961], [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
        ]
        let fit = try leastSquares(
            design: rows.flatMap { [1] + $0.dropFirst() }, rows: 16, columns: 7, target: rows.map { $0[0] })
        let certified = [
            -3482258.63459582, 15.0618722713733, -0.358191792925910e-1, -2.02022980381683, -1.03322686717359,
            -0.511041056535807e-1, 1829.15146461355,
        ]
        let errors = [
            890420.383607373, 84.9149257747669, 0.334910077722432e-1, 0.488399681651699, 0.214274163161675,
            0.226073200069370, 455.478499142212,
        ]
        #expect(close(fit.coefficients, certified, 1e-8))
        #expect(close(fit.standardErrors, errors, 1e-8))
        #expect((fit.rSquared - 0.995479004577296).magnitude < 1e-11)
        #expect((fit.residualSumOfSquares / 836424.055505915 - 1).magnitude < 1e-9)
        #expect((fit.residualDeviation / 304.854073561965 - 1).magnitude < 1e-9)
        #expect(fit.degreesOfFreedom == 9)
    }

    @Test("A whole weight is as good as so many copies of the row, and weight 0 as none")
    func weights() throws {
        let design: [Double] = [1, 0, 1, 1, 1, 2, 1, 5]
        let target: [Double] = [1, 3, 2, 8]
        let weighted = try leastSquares(design: design, rows: 4, columns: 2, target: target, weights: [2, 1, 0, 3])
        let copied = try leastSquares(
            design: [1, 0, 1, 0, 1, 1, 1, 5, 1, 5, 1, 5], rows: 6, columns: 2, target: [1, 1, 3, 8, 8, 8])
        #expect(close(weighted.coefficients, copied.coefficients, 1e-13))
        #expect((weighted.residualSumOfSquares - copied.residualSumOfSquares).magnitude < 1e-12)
        #expect((weighted.rSquared - copied.rSquared).magnitude < 1e-12)
        #expect(weighted.degreesOfFreedom == 1)
        #expect(weighted.predict([1, 2]) == weighted.coefficients[0] + 2 * weighted.coefficients[1])
    }

    @Test("As many rows as coefficients interpolate, and leave the precision unknown")
    func interpolation() throws {
        let fit = try leastSquares(design: [1, 1, 1, 3], rows: 2, columns: 2, target: [5, 9])
        #expect(close(fit.coefficients, [3, 2], 1e-13))
        #expect(fit.standardErrors.allSatisfy { $0.isNaN })
        #expect(fit.residualDeviation.isNaN)
    }

    @Test("What cannot be fitted is refused by name")
    func refusals() {
        #expect(throws: LinearAlgebraError.tooFewObservations(rows: 1, columns: 2)) {
            try leastSquares(design: [1, 2, 1, 3], rows: 2, columns: 2, target: [1, 2], weights: [1, 0])
        }
        #expect(throws: LinearAlgebraError.dependentColumn(column: 2)) {
            try leastSquares(
                design: [1, 2, 3e6, 1, 3, 4e6, 1, 5, 6e6, 1, 8, 9e6], rows: 4, columns: 3, target: [1, 2, 3, 4])
        }
        #expect(throws: LinearAlgebraError.dependentColumn(column: 1)) {
            try leastSquares(design: [1, 0, 1, 0, 1, 0], rows: 3, columns: 2, target: [1, 2, 3])
        }
        #expect(throws: LinearAlgebraError.invalidObservation(row: 1)) {
            try leastSquares(design: [1, 1, 1], rows: 3, columns: 1, target: [1, .nan, 3])
        }
        #expect(throws: LinearAlgebraError.invalidObservation(row: 2)) {
            try leastSquares(design: [1, 1, 1], rows: 3, columns: 1, target: [1, 2, 3], weights: [1, 1, -1])
        }
    }

    @Test("A Cholesky factor multiplies back, exactly for a whole-numbered one")
    func cholesky() throws {
        // L = [[2, 0, 0], [6, 1, 0], [-8, 5, 3]].
        let factor = try choleskyFactor([4, 99, 99, 12, 37, 99, -16, -43, 98], order: 3)
        #expect(factor == [2, 0, 0, 6, 1, 0, -8, 5, 3])
        #expect(try choleskyFactor([], order: 0).isEmpty)
        #expect(try choleskyFactor([9], order: 1) == [3])
    }

    @Test("A matrix that is not positive definite is refused with the order of the failing minor")
    func indefinite() {
        #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 2)) {
            try choleskyFactor([1, 0, 2, 1], order: 2)
        }
        #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 1)) {
            try choleskyFactor([.nan, 0, 0, 1], order: 2)
        }
    }
}
