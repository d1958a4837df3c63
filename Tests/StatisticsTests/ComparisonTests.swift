import Testing

@testable import Statistics

@Suite struct ComparisonTests {
    /// The series of the reference script's `paired`.
    func series(_ test: Int, _ count: Int) -> (own: [Double], other: [Double]) {
        (
            (0..<count).map { 100 + Double(($0 * 7919 + test) % 101) / 10 },
            (0..<count).map { 99 + Double(($0 * 104_729 + test) % 103) / 10 }
        )
    }

    @Test("A paired difference has the mean, standard error and t interval of SciPy's paired t test")
    func paired() throws {
        for row in try referenceNumbers("paired") {
            let (own, other) = series(Int(row[0]), Int(row[1]))
            let comparison = BaselineComparison(samples: [own, other], baseline: 1)
            let difference = try #require(comparison.differences[0])
            let interval = try #require(difference.interval)
            #expect(relativeError(difference.mean, row[2]) < 1e-12)
            #expect(relativeError(try #require(difference.standardError), row[3]) < 1e-12)
            #expect(relativeError(interval.low, row[4]) < 1e-10)
            #expect(relativeError(interval.high, row[5]) < 1e-10)
            #expect(comparison.differences[1] == nil)
        }
    }

    @Test("One replication gives means without intervals, and no difference shown")
    func oneReplication() throws {
        let comparison = BaselineComparison(samples: [[3], [1], [1]], baseline: 1)
        let difference = try #require(comparison.differences[0])
        #expect(difference.mean == 2)
        #expect(difference.standardError == nil)
        #expect(difference.interval == nil)
        #expect(comparison.criticalValue == nil)
        #expect(Verdict(interval: difference.interval, practicalDifference: 0) == .noDifferenceShown)
    }

    @Test("Differences without variance are exact, and take no share of the error probability")
    func withoutVariance() throws {
        let base = [0.1, 0.2, 0.7, 0.4, 0.9]
        let wobbly = [0.3, 0.1, 0.9, 0.6, 0.7]
        // 0.25 above the base in every replication, exactly.
        let base16 = base.map { ($0 * 16).rounded() / 16 }
        let shifted = base16.map { $0 + 0.25 }
        let both = BaselineComparison(samples: [base16, shifted, base16, wobbly], baseline: 0, method: .bonferroni)
        #expect(both.differences[1]?.interval == Interval(low: 0.25, high: 0.25))
        #expect(both.differences[1]?.standardError == 0)
        #expect(both.differences[2]?.interval == Interval(low: 0, high: 0))
        let alone = BaselineComparison(samples: [base16, wobbly], baseline: 0, method: .bonferroni)
        #expect(both.criticalValue == alone.criticalValue)
        #expect(both.differences[3] == alone.differences[1])
        #expect(Verdict(interval: both.differences[1]?.interval, practicalDifference: 0.2) == .better)
        #expect(Verdict(interval: both.differences[1]?.interval, practicalDifference: 0.25) == .equivalent)
        #expect(Verdict(interval: both.differences[2]?.interval, practicalDifference: 0) == .equivalent)
    }

    @Test(
        "A verdict follows from the interval and the practical difference",
        arguments: [
            (1.0, 3.0, 0.5, Verdict.better), (-3, -1, 0.5, .worse), (-1, 3, 0.5, .noDifferenceShown),
            (-0.4, 0.3, 0.5, .equivalent), (0.1, 0.3, 0.5, .equivalent), (0.1, 0.6, 0.5, .better),
            (-0.6, -0.1, 0.5, .worse), (-0.5, 0.5, 0.5, .equivalent), (-0.1, 0.1, 0, .noDifferenceShown),
            (0, 1, 0, .noDifferenceShown), (0, 0, 0, .equivalent),
        ])
    func verdicts(_ low: Double, _ high: Double, _ practical: Double, _ expected: Verdict) {
        #expect(Verdict(interval: Interval(low: low, high: high), practicalDifference: practical) == expected)
        #expect(Verdict.allCases.map(\.rawValue) == ["better", "worse", "no difference shown", "equivalent"])
    }

    @Test("Bonferroni's critical value is the t quantile with the error probability shared out")
    func bonferroni() throws {
        let (own, other) = series(1, 10)
        let third = own.indices.map { own[$0] + other[($0 * 3) % 10] }
        let comparison = BaselineComparison(samples: [own, other, third], baseline: 0, method: .bonferroni)
        #expect(try #require(comparison.criticalValue) == StudentT.quantile(1 - 0.0125, degreesOfFreedom: 9))
    }

    @Test("Adding a strategy leaves the other means and standard errors as they are")
    func addition() {
        let (own, other) = series(4, 20)
        let third = own.map { $0 * 1.5 - other[0] }
        let before = BaselineComparison(samples: [own, other], baseline: 0)
        let after = BaselineComparison(samples: [own, other, third], baseline: 0)
        #expect(before.differences[1]?.mean == after.differences[1]?.mean)
        #expect(before.differences[1]?.standardError == after.differences[1]?.standardError)
    }

    @Test("The best of clearly separated strategies is found, with the worse ones at their distance")
    func best() throws {
        let noise = [0.3, -0.2, 0.1, -0.4, 0.2, 0.05, -0.15, 0.1]
        let low = noise.map { 1 + $0 }
        let high = noise.enumerated().map { 5 + $0.element * ($0.offset % 2 == 0 ? 1 : 0.8) }
        let middle = noise.enumerated().map { 3 + $0.element * ($0.offset % 3 == 0 ? 0.5 : 1) }
        let result = BestComparison.compare(samples: [low, high, middle])
        #expect(result.map(\.mayBeBest) == [false, true, false])
        let best = try #require(result[1].interval)
        #expect(best.low == 0 && best.high > 1.9)
        let worst = try #require(result[0].interval)
        #expect(worst.high == 0 && worst.low < -3.8)
        #expect(result[0].distance < -3.9 && result[1].distance > 1.9)
    }

    @Test("With two strategies the interval is the one-sided t bound on the difference")
    func twoStrategies() throws {
        let (own, other) = series(3, 50)
        let difference = Estimate(of: own.indices.map { own[$0] - other[$0] })
        let result = BestComparison.compare(samples: [own, other])
        let width = StudentT.quantile(0.95, degreesOfFreedom: 49) * (try #require(difference.standardError))
        let interval = try #require(result[0].interval)
        #expect(interval.high == difference.mean + width)
        #expect(interval.low == min(0, difference.mean - width))
        #expect(result[0].mayBeBest && result[1].mayBeBest == (-difference.mean + width >= 0))
    }

    @Test("Twins, a single strategy and a single replication are all possibly best")
    func bestEdges() {
        let twins = BestComparison.compare(samples: [[1, 2, 3], [1, 2, 3], [0, 1, 2]])
        #expect(twins.map(\.mayBeBest) == [true, true, false])
        #expect(twins[0].interval == Interval(low: 0, high: 0))
        #expect(twins[2].interval == Interval(low: -1, high: 0))
        #expect(
            BestComparison.compare(samples: [[1, 2]]) == [
                BestComparison(distance: 0, interval: Interval(low: 0, high: 0), mayBeBest: true)
            ])
        let single = BestComparison.compare(samples: [[1], [2]])
        #expect(single.allSatisfy { $0.mayBeBest && $0.interval == nil })
        #expect(single.map(\.distance) == [-1, 1])
    }
}
