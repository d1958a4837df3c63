import DeterministicMath
import Testing

@testable import Statistics

@Suite struct DistributionTests {
    @Test("Student's t tails agree with the 40-digit reference to 1e-12, beyond 1000 degrees of freedom to 1e-11")
    func studentTail() throws {
        for row in try referenceNumbers("studentTail") {
            let upper = StudentT.cumulative(-row[1], degreesOfFreedom: row[0])
            #expect(relativeError(upper, row[2]) < (row[0] > 1000 ? 1e-11 : 1e-12), "\(upper) for \(row)")
            #expect(StudentT.cumulative(row[1], degreesOfFreedom: row[0]) == 1 - upper)
        }
    }

    @Test("Student's t quantiles agree with the 40-digit reference to 1e-11, on both sides")
    func studentQuantile() throws {
        for row in try referenceNumbers("studentQuantile") {
            let lower = StudentT.quantile(row[1], degreesOfFreedom: row[0])
            #expect(relativeError(-lower, row[2]) < 1e-11, "\(lower) for \(row)")
            // 1 - tail is rounded: compare against its own quantile.
            if row[1] > 1e-3 {
                let upper = StudentT.quantile(1 - row[1], degreesOfFreedom: row[0])
                #expect(relativeError(upper, row[2]) < 1e-11)
            }
        }
    }

    @Test("Student's t has its edges, and the normal law as its limit")
    func studentEdges() {
        #expect(StudentT.quantile(0.5, degreesOfFreedom: 3) == 0)
        #expect(StudentT.quantile(0, degreesOfFreedom: 3) == -.infinity)
        #expect(StudentT.quantile(1, degreesOfFreedom: 3) == .infinity)
        #expect(StudentT.quantile(0.5, degreesOfFreedom: 0.5).isNaN)
        #expect(StudentT.quantile(1.5, degreesOfFreedom: 5).isNaN)
        #expect(StudentT.quantile(0.975, degreesOfFreedom: .infinity) == DeterministicMath.normalQuantile(0.975))
        #expect(StudentT.cumulative(.infinity, degreesOfFreedom: 4) == 1)
        #expect(StudentT.cumulative(0, degreesOfFreedom: 4) == 0.5)
        #expect(StudentT.cumulative(1, degreesOfFreedom: 0).isNaN)
        #expect(StudentT.cumulative(1, degreesOfFreedom: .infinity) == 1 - DeterministicMath.normalCumulative(-1))
    }

    @Test("The incomplete beta functions agree with the reference to 1e-12 where they are the smaller of the two")
    func beta() throws {
        for row in try referenceNumbers("regularisedBeta") {
            let (lower, upper) = DeterministicMath.regularisedBeta(row[0], row[1], row[2])
            if row[3] <= 0.5 { #expect(relativeError(lower, row[3]) < 1e-12, "\(lower) for \(row)") }
            if row[4] <= 0.5 { #expect(relativeError(upper, row[4]) < 1e-12, "\(upper) for \(row)") }
            #expect((lower + upper - 1).magnitude < 1e-15)
        }
        #expect(DeterministicMath.regularisedBeta(2, 3, 0) == (0, 1))
        #expect(DeterministicMath.regularisedBeta(2, 3, 1) == (1, 0))
        #expect(DeterministicMath.regularisedBeta(2, 3, 1.5).lower.isNaN)
        #expect(DeterministicMath.regularisedBeta(0, 3, 0.5).lower.isNaN)
    }

    @Test("Chi-square quantiles agree with the reference to 1e-11 and invert the distribution function")
    func chiSquare() throws {
        for row in try referenceNumbers("chiSquareQuantile") {
            let x = ChiSquare.quantile(row[1], degreesOfFreedom: row[0])
            #expect(relativeError(x, row[2]) < 1e-11, "\(x) for \(row)")
            let (lower, upper) = ChiSquare.cumulative(x, degreesOfFreedom: row[0])
            #expect((lower - row[1]).magnitude < 1e-12)
            #expect((upper - (1 - row[1])).magnitude < 1e-12)
        }
    }
}
