import Domain
import Sampling

/// Weighted points in a plane grouped around centres: k-means with k-means++ starts.
///
/// Minimises the sum over points of weight x squared distance to the nearest centre by Lloyd's iteration (Lloyd 1982,
/// DOI 10.1109/TIT.1982.1056489) from starts drawn with probability proportional to weight x squared distance (Arthur &
/// Vassilvitskii 2007, SODA '07). The best of several starts is kept. All draws are addressed by (seed, start, draw),
/// all sums run in point order and ties go to the lower index: the result depends on the input and the seed alone.
public struct WeightedClustering: Sendable, Hashable {
    /// The centres: weighted means of their points.
    public let centres: [Place]
    /// The centre of each point, an index into ``centres``.
    public let membership: [Int]
    /// Sum of weight x squared distance, in weight x km^2.
    public let inertia: Double

    /// Groups `points` around `count` centres; nil where fewer than `count` different places have a weight above 0.
    ///
    /// - Parameters:
    ///   - points: places in a plane, kilometres.
    ///   - weights: one non-negative weight a point; a point of weight 0 joins the nearest centre and pulls none.
    ///   - count: number of centres, at least 1.
    ///   - seed: seed of the draws.
    ///   - starts: number of starts.
    /// - Complexity: O(starts x iterations x points x count).
    public init?(points: [Place], weights: [Double], count: Int, seed: UInt64, starts: Int = 16) {
        precondition(points.count == weights.count && count >= 1 && starts >= 1, "one weight a point, one centre")
        let distinct = Set(zip(points, weights).filter { $0.1 > 0 }.map(\.0))
        guard distinct.count >= count else { return nil }
        var best: WeightedClustering?
        for start in 0..<starts {
            let draws = Draws(seed: seed, replication: UInt32(start))
            let seeds = WeightedClustering.seeds(points: points, weights: weights, count: count, draws: draws)
            let clustering = WeightedClustering(points: points, weights: weights, from: seeds)
            if clustering.inertia < best?.inertia ?? .infinity { best = clustering }
        }
        guard let best else { return nil }
        self = best
    }

    /// Lloyd's iteration from given centres until no point changes its centre.
    private init(points: [Place], weights: [Double], from seeds: [Place]) {
        var centres = seeds
        var membership: [Int] = []
        // Each step lowers the inertia, so it ends by itself; the bound is for rounding cycles.
        for _ in 0..<1000 {
            let next = points.map { WeightedClustering.nearest(to: $0, among: centres).index }
            if next == membership { break }
            membership = next
            centres = WeightedClustering.means(points: points, weights: weights, membership: next, previous: centres)
        }
        self.centres = centres
        self.membership = membership
        var inertia = 0.0
        for (index, point) in points.enumerated() {
            inertia += weights[index] * squaredDistance(point, centres[membership[index]])
        }
        self.inertia = inertia
    }

    /// k-means++ starts.
    private static func seeds(points: [Place], weights: [Double], count: Int, draws: Draws) -> [Place] {
        let entity = StableHash.of("k-means++")
        var masses = weights
        var seeds: [Place] = []
        for draw in 0..<count {
            let index = choice(masses, at: draws.uniform(.importing, entity: entity, draw: draw))
            seeds.append(points[index])
            for (point, place) in points.enumerated() {
                let distance = squaredDistance(place, points[index])
                masses[point] = draw == 0 ? weights[point] * distance : min(masses[point], weights[point] * distance)
            }
        }
        return seeds
    }

    /// The index at which the running sum of `masses` passes the share `u` of their total.
    private static func choice(_ masses: [Double], at u: Double) -> Int {
        var total = 0.0
        for mass in masses { total += mass }
        var sum = 0.0
        var last = 0
        for (index, mass) in masses.enumerated() where mass > 0 {
            sum += mass
            last = index
            if sum > u * total { return index }
        }
        return last
    }

    /// Weighted means of the groups; a group left empty keeps its centre.
    private static func means(
        points: [Place], weights: [Double], membership: [Int], previous: [Place]
    ) -> [Place] {
        var sums = [(x: Double, y: Double, weight: Double)](repeating: (0, 0, 0), count: previous.count)
        for (index, group) in membership.enumerated() {
            sums[group].x += weights[index] * points[index].x
            sums[group].y += weights[index] * points[index].y
            sums[group].weight += weights[index]
        }
        return sums.indices.map { group in
            let sum = sums[group]
            return sum.weight > 0 ? Place(x: sum.x / sum.weight, y: sum.y / sum.weight) : previous[group]
        }
    }

    /// The nearest centre, the first of equally near ones.
    static func nearest(to point: Place, among centres: [Place]) -> (index: Int, squaredDistance: Double) {
        var best = (index: 0, squaredDistance: Double.infinity)
        for (index, centre) in centres.enumerated() {
            let distance = squaredDistance(point, centre)
            if distance < best.squaredDistance { best = (index, distance) }
        }
        return best
    }
}

/// Squared Euclidean distance.
private func squaredDistance(_ a: Place, _ b: Place) -> Double {
    let dx = a.x - b.x
    let dy = a.y - b.y
    return dx * dx + dy * dy
}
