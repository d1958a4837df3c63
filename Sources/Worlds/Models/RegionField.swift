import DeterministicMath
import Domain
import History
import LinearAlgebra
import Sampling

/// A standard normal random number for every region and hour: rough from hour to hour, slow over days, alike in regions that
/// are near each other.
///
/// `Z(r, t) = sqrt(1 - a) S(r, t) + sqrt(a) L(r, t)`. S, the short part, is a second-order autoregression with the real roots
/// `exp(-1 / short)` and `exp(-1 / smoothing)`; L, the long part, a first-order one with `exp(-1 / long)`; both of variance
/// 1. One root alone would cross a level far too often: in Beijing 47 % of wet spells would last one hour where 40 % do. The
/// innovations of an hour are independent between hours and correlated between regions by `exp(-distance / length)` through
/// the Cholesky factor (LAPACK `potrf`), rounded to 9 digits, because its last bits depend on the processor.
///
/// An hour's innovations are addressed by region and hour, so that a longer horizon leaves the hours before as they were.
public struct RegionField: Sendable {
    /// How a field moves.
    public struct Shape: Sendable, Hashable {
        /// Time constant of the short part, hours.
        public var shortHours: Double
        /// Its smoothing, hours; 0 = none.
        public var smoothingHours: Double
        /// Time constant of the long part, hours.
        public var longHours: Double
        /// Share a of the variance that the long part has.
        public var longShare: Double

        /// A shape from its parts.
        public init(shortHours: Double, smoothingHours: Double = 0, longHours: Double, longShare: Double) {
            self.shortHours = shortHours
            self.smoothingHours = smoothingHours
            self.longHours = longHours
            self.longShare = longShare
        }
    }
    /// Hours before time 0 from which the short part is run to forget its start; 1e-12 of it is left with 2 hours.
    private static let leadInHours = 48

    let shape: Shape
    /// Lower triangular factor of the correlation between regions, row-major.
    let factor: [Double]
    /// What regions are called.
    let regions: [String]

    /// The field of one place for itself.
    public init(shape: Shape, place: String) { self.init(shape: shape, factor: [1], regions: [place]) }

    /// The field of some regions, with the factor of the correlation between them.
    init(shape: Shape, factor: [Double], regions: [String]) {
        self.shape = shape
        self.factor = factor
        self.regions = regions
    }

    /// Values, region x hour, row-major by region.
    public func values(hours: Int, purpose: DrawPurpose, draws: Draws) -> [Double] {
        let count = regions.count
        let names = regions.map { StableHash.of($0) }
        let (first, second, scale) = shortRecursion()
        let long = root(shape.longHours)
        let longScale = (1 - long * long).squareRoot()
        let shares = ((1 - shape.longShare).squareRoot(), shape.longShare.squareRoot())
        var shortNow = [Double](repeating: 0, count: count)
        var shortBefore = shortNow
        var longNow = shortNow
        var values = [Double](repeating: 0, count: count * max(0, hours))
        for hour in -Self.leadInHours..<max(hours, 0) {
            let innovations = names.map { name in
                let (a, b) = draws.uniformPair(purpose, entity: StableHash.combine(name, StableHash.of(hour)))
                return (DeterministicMath.normalQuantile(a), DeterministicMath.normalQuantile(b))
            }
            for region in 0..<count {
                var (short, slow) = (0.0, 0.0)
                for other in 0...region {
                    short += factor[region * count + other] * innovations[other].0
                    slow += factor[region * count + other] * innovations[other].1
                }
                let next = first * shortNow[region] + second * shortBefore[region] + scale * short
                shortBefore[region] = shortNow[region]
                shortNow[region] = next
                // The long part would take weeks to forget a start, so it begins where it will be.
                longNow[region] = hour == -Self.leadInHours ? slow : long * longNow[region] + longScale * slow
                if hour >= 0 { values[region * hours + hour] = shares.0 * next + shares.1 * longNow[region] }
            }
        }
        return values
    }

    /// Coefficients of the short part and the scale of its innovations: variance 1 by the Yule-Walker equations.
    private func shortRecursion() -> (first: Double, second: Double, scale: Double) {
        let (p, q) = (root(shape.shortHours), root(shape.smoothingHours))
        let (first, second) = (p + q, -p * q)
        let variance = (1 - second) / ((1 + second) * ((1 - second) * (1 - second) - first * first))
        return (first, second, 1 / variance.squareRoot())
    }

    private func root(_ hours: Double) -> Double { hours > 0 ? DeterministicMath.exp(-1 / hours) : 0 }

    /// The factor for a dataset's regions; `kilometres` 0 = independent regions.
    ///
    /// Distances are between the means of the places of a region's zones and nodes.
    static func factor(of dataset: Dataset, kilometres: Double) throws(InputError) -> [Double] {
        let count = dataset.regions.count
        var matrix = [Double](repeating: 0, count: count * count)
        let centres = (0..<count).map { centre(ofRegion: $0, in: dataset) }
        for row in 0..<count {
            for column in 0..<count {
                let distance = centres[row].distanceKilometres(
                    to: centres[column], in: dataset.description.coordinates)
                // Two regions in one place would be one region twice: the matrix must stay positive definite.
                let alike = kilometres > 0 ? 0.9999 * DeterministicMath.exp(-distance / kilometres) : 0
                matrix[row * count + column] = row == column ? 1 : alike
            }
        }
        do {
            return try choleskyFactor(matrix, order: count).map {
                DeterministicMath.rounded($0, significantDigits: 9)
            }
        } catch {
            throw InputError(
                found: "regions whose distances give no correlation matrix (\(error))",
                expected: "a smaller correlation length")
        }
    }

    /// The mean of the places of a region's zones and nodes; the origin of a region without any.
    static func centre(ofRegion region: Int, in dataset: Dataset) -> Place {
        let places =
            dataset.zones.filter { $0.region == region }.map(\.place)
            + dataset.nodes.filter { $0.region == region }.map(\.place)
        guard !places.isEmpty else { return Place(x: 0, y: 0) }
        let sum = places.reduce((0.0, 0.0)) { ($0.0 + $1.x, $0.1 + $1.y) }
        return Place(x: sum.0 / Double(places.count), y: sum.1 / Double(places.count))
    }
}
