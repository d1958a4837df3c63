import DeterministicMath
import Domain
import Testing

@testable import Sampling

@Suite struct UnitDistributionTests {
    static let members: [UnitDistribution] = [
        .deterministic, .exponential, .lognormal(sigma: 0.25), .lognormal(sigma: 1), .uniform(halfWidth: 0.5),
        .triangular(halfWidth: 0.8), .gamma(shape: 0.5), .gamma(shape: 2), .gamma(shape: 50),
        .hyperexponential(squaredVariation: 4), .hyperexponential(squaredVariation: 1),
    ]

    @Test("The quantile function integrates to mean 1 and to the stated variance", arguments: members)
    func moments(_ member: UnitDistribution) {
        // Midpoint rule in u with both tails refined geometrically: u = 2^-k boundaries, 2000 points each.
        var mean = 0.0
        var second = 0.0
        for level in 1...40 {
            let high = 1 / Double(UInt64(1) << UInt64(level))
            let low = level == 40 ? 0 : high / 2
            for point in 0..<2000 {
                let u = low + (high - low) * ((Double(point) + 0.5) / 2000)
                let width = (high - low) / 2000
                for value in [member.value(uniform: u), member.value(uniform: 1 - u)] {
                    mean += value * width
                    second += (value - 1) * (value - 1) * width
                }
            }
        }
        #expect((mean - 1).magnitude < 2e-6)
        #expect((second - member.variance).magnitude < 2e-5 * max(1, member.variance))
    }

    @Test("Values are non-negative and non-decreasing in the draw", arguments: members)
    func monotone(_ member: UnitDistribution) {
        var previous = member.value(uniform: 0x1p-53)
        #expect(previous >= 0)
        for index in 1..<5000 {
            let value = member.value(uniform: Double(index) / 5000)
            #expect(value >= previous)
            previous = value
        }
        let last = member.value(uniform: 1 - 0x1p-53)
        #expect(last >= previous && last < .infinity)
    }

    @Test("Quantiles agree with their closed forms")
    func closedForms() {
        func close(_ a: Double, _ b: Double) -> Bool { (a - b).magnitude <= 1e-13 * b.magnitude }
        #expect(close(UnitDistribution.exponential.value(uniform: 0.5), 0.6931471805599453))
        #expect(close(UnitDistribution.gamma(shape: 1).value(uniform: 0.5), 0.6931471805599453))
        #expect(close(UnitDistribution.hyperexponential(squaredVariation: 1).value(uniform: 0.5), 0.6931471805599453))
        #expect(close(UnitDistribution.lognormal(sigma: 0.25).value(uniform: 0.5), 0.969233234476344))
        #expect(close(UnitDistribution.triangular(halfWidth: 1).value(uniform: 0.125), 0.5))
        #expect(close(UnitDistribution.uniform(halfWidth: 0.5).value(uniform: 0.25), 0.75))
        // Median of Erlang-2 solves (1 + x) exp(-x) = 1/2: x = 1.6783469900166605.
        #expect(close(UnitDistribution.gamma(shape: 2).value(uniform: 0.5), 1.6783469900166605 / 2))
        #expect(close(UnitDistribution.lognormal(coefficientOfVariation: 0.5).variance, 0.25))
    }

    @Test(
        "The hyperexponential quantile solves its equation in both tails",
        arguments: [1e-9, 0.01, 0.5, 0.99, 1 - 1e-12])
    func hyperexponential(_ u: Double) {
        let c = 4.0
        let p = 0.5 + 0.5 * ((c - 1) / (c + 1)).squareRoot()
        let x = UnitDistribution.hyperexponential(squaredVariation: c).value(uniform: u)
        // 1 - survival without cancellation: p (1 - exp(-2 p x)) + q (1 - exp(-2 q x)).
        let lower = -p * DeterministicMath.expm1(-2 * p * x) - (1 - p) * DeterministicMath.expm1(-2 * (1 - p) * x)
        let upper = p * DeterministicMath.exp(-2 * p * x) + (1 - p) * DeterministicMath.exp(-2 * (1 - p) * x)
        let error = u < 0.5 ? lower / u - 1 : upper / (1 - u) - 1
        #expect(error.magnitude < 1e-13)
    }

    @Test("A distribution written out is read back", arguments: members)
    func roundTrip(_ member: UnitDistribution) throws {
        #expect(try UnitDistribution(parsing: member.description) == member)
    }

    @Test("Written forms are read, an Erlang as a gamma and a variation as a sigma")
    func parsing() throws {
        #expect(try UnitDistribution(parsing: "lognormal:0.25") == .lognormal(sigma: 0.25))
        #expect(try UnitDistribution(parsing: "erlang:3") == .gamma(shape: 3))
        #expect(try UnitDistribution(parsing: "lognormal-cv:0.5") == .lognormal(coefficientOfVariation: 0.5))
        #expect(try UnitDistribution(parsing: "hyperexponential:4") == .hyperexponential(squaredVariation: 4))
    }

    @Test(
        "What cannot be read is refused with what was found and what was expected",
        arguments: [
            (
                "lognorml:0.25",
                "a.csv:3:9: found unknown distribution 'lognorml:0.25', expected one of "
                    + UnitDistribution.forms.joined(separator: ", ") + "; did you mean 'lognormal'?"
            ),
            (
                "lognormal",
                "a.csv:3:9: found 'lognormal', expected 'lognormal:NUMBER', "
                    + "a standard deviation of the logarithm from 0 to 5"
            ),
            ("exponential:2", "a.csv:3:9: found 'exponential:2', expected 'exponential' without a parameter"),
            ("uniform:1.5", "a.csv:3:9: found 'uniform:1.5', expected 'uniform:NUMBER', a half width from 0 to 1"),
            (
                "erlang:2.5",
                "a.csv:3:9: found 'erlang:2.5', expected 'erlang:NUMBER', a whole number of phases from 1 to 100000"
            ),
            (
                "gamma:nan",
                "a.csv:3:9: found 'gamma:nan', expected 'gamma:NUMBER', a shape from 0.01 to 100000"
            ),
        ])
    func refusals(_ text: String, _ message: String) {
        let location = SourceLocation(file: "a.csv", line: 3, column: 9)
        let error = #expect(throws: InputError.self) { try UnitDistribution(parsing: text, at: location) }
        #expect(error?.description == message)
    }
}
