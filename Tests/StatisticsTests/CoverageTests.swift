import DeterministicMath
import Sampling
import Testing

@testable import Statistics

/// Simulated experiments with known truth, in fixed seeds. A correct procedure fails each of these tests with a
/// probability below 1e-6 over the choice of the seed: bounds are 4.89 binomial standard errors from the nominal level.
@Suite struct CoverageTests {
    /// samples[strategy][replication]: a shared part, which common random numbers give, and an own part.
    func samples(_ experiment: Int, means: [Double], shared: Double, replications: Int) -> [[Double]] {
        let draws = Draws(seed: 2_024, replication: UInt32(experiment))
        return means.indices.map { strategy in
            (0..<replications).map { replication in
                let common = draws.uniform(.test, entity: UInt64(replication))
                let own = draws.uniform(.test, entity: UInt64(replication), draw: strategy + 1)
                return means[strategy] + shared * DeterministicMath.normalQuantile(common)
                    + DeterministicMath.normalQuantile(own)
            }
        }
    }

    @Test("Simultaneous intervals hold all true differences at once at their level", arguments: [8, 60])
    func simultaneous(_ replications: Int) {
        let means = [0.0, 0.2, -0.3, 0.1]
        let experiments = 1500
        // One critical value for all experiments would need one correlation: use the true one, 1/2.
        let correlation = CorrelationMatrix(order: 3, values: [1, 0.5, 0.5, 0.5, 1, 0.5, 0.5, 0.5, 1])
        let critical = MaximumT(correlation: correlation, degreesOfFreedom: replications - 1).quantile(0.95)
        var held = 0
        for experiment in 0..<experiments {
            let values = samples(experiment, means: means, shared: 2, replications: replications)
            let isHeld = (1..<4).allSatisfy { strategy in
                let difference = Estimate(
                    of: values[0].indices.map { values[strategy][$0] - values[0][$0] }, criticalValue: critical)
                let truth = means[strategy] - means[0]
                return difference.interval.map { $0.low <= truth && truth <= $0.high } ?? false
            }
            held += isHeld ? 1 : 0
        }
        let share = Double(held) / Double(experiments)
        // The critical value's own error, 0.0012, is in the bound.
        let bound = 4.89 * (0.95 * 0.05 / Double(experiments) + 0.0012 * 0.0012).squareRoot()
        #expect((share - 0.95).magnitude < bound, "held in \(share)")
    }

    @Test("Comparisons with the best hold at least at their level, and keep the true best")
    func best() {
        let means = [0.0, 0.0, -0.2, -1.5]
        let experiments = 1500
        var held = 0
        var kept = 0
        for experiment in 0..<experiments {
            let result = BestComparison.compare(
                samples: samples(experiment, means: means, shared: 2, replications: 12))
            let isHeld = means.indices.allSatisfy { own in
                let truth = means[own] - (means.indices.filter { $0 != own }.map { means[$0] }.max() ?? 0)
                return result[own].interval.map { $0.low <= truth && truth <= $0.high } ?? false
            }
            held += isHeld ? 1 : 0
            kept += result[0].mayBeBest ? 1 : 0
        }
        let least = 0.95 - 4.89 * (0.95 * 0.05 / Double(experiments)).squareRoot()
        #expect(Double(held) / Double(experiments) > least)
        #expect(Double(kept) / Double(experiments) > least)
    }

    @Test("Critical values of the largest |t| agree with brute-force simulation in NumPy")
    func maximumT() throws {
        for row in try referenceNumbers("maximumT") {
            let order = Int(row[1])
            let values = (0..<order * order).map { $0 / order == $0 % order ? 1 : row[2] }
            let ours = MaximumT(
                correlation: CorrelationMatrix(order: order, values: values), degreesOfFreedom: Int(row[0]) - 1
            ).quantile(0.95)
            // Standard error of ours: sqrt(p q / N) over the density.
            let error = (0.95 * 0.05 / Double(MaximumT.sampleCount)).squareRoot() * row[5]
            #expect(
                (ours - row[3]).magnitude < 4.89 * (error * error + row[4] * row[4]).squareRoot(), "\(ours), \(row)")
        }
    }

    @Test("Fully correlated differences need no allowance: the critical value is Student's own")
    func fullCorrelation() {
        let correlation = CorrelationMatrix(order: 3, values: [Double](repeating: 1, count: 9))
        let ours = MaximumT(correlation: correlation, degreesOfFreedom: 20).quantile(0.95)
        let student = StudentT.quantile(0.975, degreesOfFreedom: 20)
        #expect((ours - student).magnitude < 4.89 * 0.0012 / (2 * StudentT.density(student, 20)))
    }

    @Test("The largest-t critical value never exceeds Bonferroni's and is the same every time")
    func bounded() throws {
        let values = samples(1, means: [0, 0, 0, 0], shared: 0, replications: 10)
        let simulated = BaselineComparison(samples: values, baseline: 0)
        let bonferroni = BaselineComparison(samples: values, baseline: 0, method: .bonferroni)
        #expect(try #require(simulated.criticalValue) <= (try #require(bonferroni.criticalValue)))
        #expect(simulated == BaselineComparison(samples: values, baseline: 0))
        // Two strategies that differ by a constant are perfectly correlated: the matrix is singular.
        let copy = values[1].map { $0 + 1 }
        let singular = BaselineComparison(samples: [values[0], values[1], copy], baseline: 0)
        #expect(try #require(singular.criticalValue) < (try #require(bonferroni.criticalValue)))
    }
}
