import Testing

@testable import Statistics

@Suite struct SampleTests {
    @Test("Distances and quantiles of samples agree with SciPy and NumPy, weights included")
    func distances() throws {
        for row in try referenceNumbers("distances") {
            let test = Int(row[0])
            let own = (0..<40 + test).map { Double(($0 * 7919 + test * 31) % 1009) / 10 }
            let other = (0..<30 + 3 * test).map { Double(($0 * 104_729 + test * 17) % 997) / 9 }
            let ownWeights = own.indices.map { Double(1 + ($0 * 13 + test) % 7) }
            let otherWeights = other.indices.map { Double(1 + ($0 * 5 + test) % 4) }
            let (a, b) = (WeightedSample(own), WeightedSample(other))
            #expect(relativeError(try #require(a.kolmogorovSmirnov(to: b)), row[1]) < 1e-12)
            #expect(relativeError(try #require(a.wasserstein(to: b)), row[2]) < 1e-12)
            let (c, d) = (WeightedSample(own, weights: ownWeights), WeightedSample(other, weights: otherWeights))
            #expect(relativeError(try #require(c.kolmogorovSmirnov(to: d)), row[3]) < 1e-12)
            #expect(relativeError(try #require(c.wasserstein(to: d)), row[4]) < 1e-12)
            #expect([0.1, 0.5, 0.9].map { c.quantile($0) } == [row[5], row[6], row[7]])
            #expect(c.wasserstein(to: d) == d.wasserstein(to: c))
        }
    }

    @Test("Equal samples are at distance 0, disjoint ones at 1, and a shift is its own Wasserstein distance")
    func simpleDistances() {
        let sample = WeightedSample([3, 1, 2, 2])
        #expect(sample.kolmogorovSmirnov(to: sample) == 0)
        #expect(sample.wasserstein(to: sample) == 0)
        let shifted = WeightedSample([13, 11, 12, 12])
        #expect(sample.kolmogorovSmirnov(to: shifted) == 1)
        #expect(sample.wasserstein(to: shifted) == 10)
        #expect(sample.kolmogorovSmirnov(to: WeightedSample([])) == nil)
        #expect(WeightedSample([]).wasserstein(to: sample) == nil)
    }

    @Test("A weighted sample ignores weight 0 and has the ends as its extreme quantiles")
    func weights() {
        let sample = WeightedSample([5, 1, 9, 3], weights: [1, 2, 0, 1])
        #expect(sample.values == [1, 3, 5])
        #expect(sample.mean == 2.5)
        #expect(sample.quantile(0) == 1)
        #expect(sample.quantile(0.5) == 1)
        #expect(sample.quantile(0.51) == 3)
        #expect(sample.quantile(1) == 5)
        #expect(WeightedSample([]).quantile(0.5) == nil)
        #expect(WeightedSample([]).mean == nil)
    }

    @Test("Moments are exact where the arithmetic is, and do not cancel at a large mean")
    func moments() {
        let moments = Moments([1, 2, 3, 4])
        #expect(moments.mean == 2.5 && moments.variance == 5.0 / 3)
        let far = Moments([1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4])
        #expect(relativeError(far.variance ?? 0, 5.0 / 3) < 1e-9)
        #expect(Moments([7]).variance == nil && Moments([]).standardError == nil)
        #expect(Estimate(of: [0.1, 0.1, 0.1]).standardError == 0)
    }

    @Test("A logarithmic histogram gives quantiles within half a bin, whatever the order of merging whole weights")
    func logarithmicHistogram() throws {
        let values = (0..<5000).map { 0.5 * Double(1 + ($0 * 7919) % 5003) }
        var whole = LogarithmicHistogram(bins: LogarithmicBins(from: 0.1, to: 10_000))
        var parts = [LogarithmicHistogram](repeating: whole, count: 3)
        for (index, value) in values.enumerated() {
            whole.add(value)
            parts[index % 3].add(value)
        }
        var merged = parts[2]
        merged.merge(parts[0])
        merged.merge(parts[1])
        #expect(merged == whole)
        let sorted = values.sorted()
        for p in [0.001, 0.1, 0.5, 0.9, 0.99, 1] {
            let exact = sorted[max(0, Int((p * 5000).rounded(.up)) - 1)]
            #expect(relativeError(try #require(whole.quantile(p)), exact) < 1.01.squareRoot() - 1 + 1e-12)
        }
        var ends = LogarithmicHistogram(bins: LogarithmicBins(from: 1, to: 100))
        #expect(ends.quantile(0.5) == nil)
        ends.add(-5)
        ends.add(0)
        ends.add(1e6, weight: 2)
        #expect(ends.quantile(0.5) == 1 && ends.quantile(0.75) == 100 && ends.total == 4)
        ends.add(99.999999)
        ends.add(1)
        let weights = ends.weights
        #expect(weights[weights.count - 1] == 2 && weights[weights.count - 2] == 1 && weights[1] == 1)
        var shares = LogarithmicHistogram(bins: LogarithmicBins(from: 1, to: 100))
        shares.add(2, weight: 0.25)
        shares.add(50, weight: 0.75)
        shares.add(90, weight: 0)
        #expect(relativeError(try #require(shares.quantile(0.25)), 2) < 0.005)
        for p in [0.26, 1] { #expect(relativeError(try #require(shares.quantile(p)), 50) < 0.005) }
    }
}
