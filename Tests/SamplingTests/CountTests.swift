import DeterministicMath
import Testing

@testable import Sampling

@Suite struct CountTests {
    @Test(
        "The Poisson quantile is the least count whose distribution function reaches the draw",
        arguments: [0.01, 0.5, 1, 3.7, 12, 29.9, 30.1, 250])
    func inversion(_ mean: Double) {
        for index in 1..<400 {
            let u = Double(index) / 400
            let count = Poisson.quantile(mean: mean, uniform: u)
            #expect(cumulative(count, mean) >= u - 1e-12)
            #expect(count == 0 || cumulative(count - 1, mean) < u + 1e-12)
        }
    }

    /// P(N <= count) by plain summation of logarithms: slow, and shares no code with the quantile.
    private func cumulative(_ count: Int, _ mean: Double) -> Double {
        var logTerm = -mean
        var sum = DeterministicMath.exp(logTerm)
        for n in stride(from: 1, through: count, by: 1) {
            logTerm += DeterministicMath.log(mean) - DeterministicMath.log(Double(n))
            sum += DeterministicMath.exp(logTerm)
        }
        return sum
    }

    @Test("A raised mean never takes a copy away, across the change of method included")
    func monotoneInMean() {
        for index in 0..<200 {
            let u = (Double(index) + 0.5) / 200
            var previous = 0
            for step in 0...800 {
                let count = Poisson.quantile(mean: Double(step) * 0.05, uniform: u)
                #expect(count >= previous)
                previous = count
            }
        }
    }

    @Test("The extreme draws give finite counts, and mean 0 gives 0")
    func extremes() {
        #expect(Poisson.quantile(mean: 0, uniform: 1 - 0x1p-53) == 0)
        #expect(Poisson.quantile(mean: 1, uniform: 0x1p-53) == 0)
        #expect((15...20).contains(Poisson.quantile(mean: 1, uniform: 1 - 0x1p-53)))
        #expect((80...90).contains(Poisson.quantile(mean: 30, uniform: 1 - 0x1p-53)))
        #expect((80...91).contains(Poisson.quantile(mean: 30.01, uniform: 1 - 0x1p-53)))
        #expect((991_000...992_000).contains(Poisson.quantile(mean: 1e6, uniform: 0x1p-53)))
    }

    @Test("Poisson draws have their mean and variance, at a false-alarm rate of 1e-6")
    func draws() {
        let draws = Draws(seed: 5, replication: 0)
        let n = 40_000
        let mean = 2.5
        var sum = 0.0
        var squares = 0.0
        for entity in 0..<UInt64(n) {
            let deviation = Double(Poisson.quantile(mean: mean, uniform: draws.uniform(.test, entity: entity))) - mean
            sum += deviation
            squares += deviation * deviation
        }
        #expect((sum / Double(n)).magnitude < 4.89 * (mean / Double(n)).squareRoot())
        // Var((N - m)^2) = m + 2 m^2.
        let spread = ((mean + 2 * mean * mean) / Double(n)).squareRoot()
        #expect((squares / Double(n) - mean).magnitude < 4.89 * spread)
    }

    @Test("A weighted choice follows its weights and never takes one of weight 0")
    func weights() {
        let choice = CumulativeWeights([0, 1, 0, 3, 0])
        #expect(choice.index(uniform: 0x1p-53) == 1)
        #expect(choice.index(uniform: 0.2499) == 1)
        #expect(choice.index(uniform: 0.2501) == 3)
        #expect(choice.index(uniform: 1 - 0x1p-53) == 3)
        let tiny = CumulativeWeights([0.1, 0.2, 0.3, 0])
        #expect(tiny.index(uniform: 1 - 0x1p-53) == 2)
    }
}
