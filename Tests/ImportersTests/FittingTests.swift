import Domain
import Sampling
import Testing

@testable import Importers

@Suite struct FittingTests {
    @Test(
        "A number keeps so many significant digits, halves away from zero, and is the Double nearest to them",
        arguments: [
            (1234.5678, 6, 1234.57), (-0.000123456789, 3, -0.000123), (9.9996, 4, 10), (2.5, 1, 3), (-2.5, 1, -3),
            (1e22, 3, 1e22), (123_456_789, 2, 120_000_000), (0, 5, 0), (14_300 * 0.001, 15, 14.3), (5e-20, 3, 5e-20),
        ] as [(Double, Int, Double)])
    func roundsToSignificantDigits(value: Double, digits: Int, expected: Double) {
        #expect(value.rounded(toSignificantDigits: digits) == expected)
    }

    @Test("Projected kilometres agree with the great circle near the parallel, and the projection inverts")
    func projects() {
        let projection = PlaneProjection(parallel: -23)
        let one = Place(x: -46.6, y: -23.1)
        let other = Place(x: -46.2, y: -22.9)
        let plane = projection.project(one).distanceKilometres(to: projection.project(other), in: .plane)
        #expect((plane / one.distanceKilometres(to: other, in: .geographic) - 1).magnitude < 1e-4)
        let back = projection.unproject(projection.project(one))
        #expect((back.x - one.x).magnitude < 1e-12 && (back.y - one.y).magnitude < 1e-12)
    }

    /// Places scattered by the test's own draws.
    private func scatter(_ count: Int, seed: UInt64) -> (places: [Place], weights: [Double]) {
        let draws = Draws(seed: seed, replication: 0)
        let places = (0..<count).map { index in
            let (x, y) = draws.uniformPair(.test, entity: 1, draw: index)
            return Place(x: 100 * x, y: 100 * y)
        }
        return (places, (0..<count).map { 1 + (4 * draws.uniform(.test, entity: 2, draw: $0)).rounded(.down) })
    }

    @Test(
        "With many starts, clustering finds the best of all divisions of few points",
        arguments: [1, 2, 3, 4, 5] as [UInt64])
    func clusteringIsOptimalOnFewPoints(seed: UInt64) throws {
        let (points, weights) = scatter(9, seed: seed)
        let clustering = try #require(
            WeightedClustering(points: points, weights: weights, count: 2, seed: 7, starts: 200))
        var best = Double.infinity
        for division in 1..<(1 << points.count) - 1 {
            var inertia = 0.0
            for side in 0...1 {
                let members = points.indices.filter { division >> $0 & 1 == side }
                let mass = members.reduce(0) { $0 + weights[$1] }
                let x = members.reduce(0) { $0 + weights[$1] * points[$1].x } / mass
                let y = members.reduce(0) { $0 + weights[$1] * points[$1].y } / mass
                for member in members {
                    let (dx, dy) = (points[member].x - x, points[member].y - y)
                    inertia += weights[member] * (dx * dx + dy * dy)
                }
            }
            best = min(best, inertia)
        }
        #expect((clustering.inertia / best - 1).magnitude < 1e-12)
    }

    @Test("Every point belongs to its nearest centre, and every centre is the weighted mean of its points")
    func clusteringIsAFixedPoint() throws {
        let (points, weights) = scatter(400, seed: 3)
        let clustering = try #require(WeightedClustering(points: points, weights: weights, count: 12, seed: 1))
        for (index, point) in points.enumerated() {
            #expect(
                WeightedClustering.nearest(to: point, among: clustering.centres).index == clustering.membership[index])
        }
        for centre in clustering.centres.indices {
            let members = points.indices.filter { clustering.membership[$0] == centre }
            #expect(!members.isEmpty)
            let mass = members.reduce(0) { $0 + weights[$1] }
            let x = members.reduce(0) { $0 + weights[$1] * points[$1].x } / mass
            #expect((x - clustering.centres[centre].x).magnitude < 1e-9)
        }
    }

    @Test("The same input and seed give the same clustering; a point of weight 0 pulls no centre")
    func clusteringRepeats() throws {
        let (points, weights) = scatter(60, seed: 5)
        let first = try #require(WeightedClustering(points: points, weights: weights, count: 5, seed: 9))
        #expect(first == WeightedClustering(points: points, weights: weights, count: 5, seed: 9))
        let added = try #require(
            WeightedClustering(points: points + [Place(x: 900, y: 900)], weights: weights + [0], count: 5, seed: 9))
        #expect(added.centres == first.centres)
        #expect(added.membership.count == 61)
    }

    @Test("More centres than different places of some weight are refused")
    func clusteringNeedsPlaces() {
        let places = [Place(x: 0, y: 0), Place(x: 0, y: 0), Place(x: 1, y: 1), Place(x: 2, y: 2)]
        #expect(WeightedClustering(points: places, weights: [1, 1, 1, 0], count: 2, seed: 1) != nil)
        #expect(WeightedClustering(points: places, weights: [1, 1, 1, 0], count: 3, seed: 1) == nil)
    }

    /// Observations of y = 5 + 2 a - 3 b + noise, the first 70 fitted.
    private func observations(noise: Double) -> Observations {
        var observations = Observations(terms: ["one", "a", "b"])
        let draws = Draws(seed: 11, replication: 0)
        for index in 0..<100 {
            let (a, b) = draws.uniformPair(.test, entity: 3, draw: index)
            let e = draws.uniform(.test, entity: 4, draw: index) - 0.5
            observations.append([1, a, b], target: 5 + 2 * a - 3 * b + noise * e, isFitted: index < 70)
        }
        return observations
    }

    @Test("A fit recovers exact coefficients and scores both parts")
    func fitsExactly() throws {
        let fit = try ScoredFit(observations(noise: 0), target: "y")
        #expect(fit.values == [5, 2, -3])
        #expect(fit.fitted.observations == 70 && fit.heldOut.observations == 30)
        #expect(try #require(fit.fitted.rSquared) > 1 - 1e-9)
        #expect(try #require(fit.heldOut.rSquared) > 1 - 1e-9)
    }

    @Test("A held-out part that was shifted shows the shift as its mean residual, and the fit does not see it")
    func heldOutPartIsNotFitted() throws {
        let original = observations(noise: 0)
        var shifted = Observations(terms: original.terms)
        for index in original.target.indices {
            let shift = original.isFitted[index] ? 0.0 : 4
            shifted.append(
                original.rows[index], target: original.target[index] + shift, isFitted: original.isFitted[index])
        }
        let fit = try ScoredFit(shifted, target: "y")
        #expect(fit.values == [5, 2, -3])
        #expect((fit.heldOut.meanResidual - 4).magnitude < 1e-8)
    }

    @Test("A non-negative fit meets the optimality conditions: no gain from any term left out")
    func nonNegativeFitIsOptimal() throws {
        let data = observations(noise: 1)
        let fit = try ScoredFit(data, target: "y", isNonNegative: true)
        #expect(fit.values[2] == 0)
        #expect(fit.values.allSatisfy { $0 >= 0 })
        // Karush, Kuhn, Tucker: the gradient is 0 for terms in use and not negative for terms at 0.
        for term in data.terms.indices {
            var gradient = 0.0
            for (row, value) in zip(data.rows, data.target).prefix(70) {
                var fitted = 0.0
                for (index, coefficient) in fit.values.enumerated() { fitted += row[index] * coefficient }
                gradient -= row[term] * (value - fitted)
            }
            if fit.values[term] > 0 { #expect(gradient.magnitude < 1e-5) } else { #expect(gradient > 0) }
        }
    }

    @Test("Too few observations are an input error that says what is to be fitted")
    func fitNeedsObservations() {
        var few = Observations(terms: ["one", "a"])
        few.append([1, 2], target: 3, isFitted: true)
        #expect(
            throws: InputError(found: "1 observations of y", expected: "enough different ones to fit one, a")
        ) { try ScoredFit(few, target: "y") }
    }

    @Test("Group means: alike groups share one mean, different ones keep theirs, small ones lean on all")
    func groupMeans() {
        let alike = GroupMeans(values: [1, 3, 1, 3], groups: [0, 0, 1, 1], groupCount: 3)
        #expect(alike.means == [2, 2, 2])
        #expect(alike.deviationBetween == 0)
        let apart = GroupMeans(values: [0, 2, 0, 2, 100, 102], groups: [0, 0, 0, 0, 1, 1], groupCount: 3)
        // Balanced by hand: MSW = 6 / 4, MSB = 6 x 100^2 x (4 x 2) / 36, n0 = 6 - 20 / 6.
        let within = 1.5
        let between = (4.0 * 2 / 6 * 10_000 - within) / (6 - 20.0 / 6)
        #expect((apart.deviationWithin * apart.deviationWithin - within).magnitude < 1e-12)
        #expect((apart.deviationBetween * apart.deviationBetween / between - 1).magnitude < 1e-12)
        let overall = 206.0 / 6
        let strength = within / between
        #expect((apart.means[1] - (202 + strength * overall) / (2 + strength)).magnitude < 1e-9)
        #expect((apart.means[2] - overall).magnitude < 1e-9)
    }
}
