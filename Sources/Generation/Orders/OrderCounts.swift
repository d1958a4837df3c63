import DeterministicMath
import Domain
import Sampling

/// How many orders each zone places in each hour: Poisson counts that add up to exactly the wanted number.
///
/// Cell (zone i, hour h) has the intensity share `p_ih`: the zone's share of demand, times the weekday's volume, times
/// the local hour's share, times the surges that hold. Its count is the Poisson quantile of mean `L p_ih` at the cell's
/// own uniform number, and the level L, the same for all, is where the counts add up to the wanted number. Counts never
/// fall as L rises, so that a larger book contains every order of a smaller one; and another city changes a cell's
/// count only through L and the shares.
struct OrderCounts: Sendable {
    /// Number of zones.
    let zoneCount: Int
    /// Number of hours.
    let hourCount: Int
    /// Orders by hour, then zone.
    let counts: [Int32]

    /// Orders of a zone in an hour.
    func count(hour: Int, zone: Int) -> Int { Int(counts[hour * zoneCount + zone]) }

    /// The counts of a network.
    ///
    /// - Throws: ``InputError`` where all intensities vanish.
    init(_ network: Network) throws(InputError) {
        zoneCount = network.zones.count
        hourCount = network.specification.clock.hourCount
        let shares = Self.shares(network)
        guard shares.allSatisfy(\.isFinite) else {
            throw InputError(
                found: "no demand in any hour of the horizon", expected: "a city, an hour and a weekday above 0")
        }
        let uniforms = Self.uniforms(network, hourCount: hourCount)
        counts = Self.counts(shares: shares, uniforms: uniforms, total: network.orderCount)
    }

    /// Intensity shares by hour, then zone, summing to 1.
    static func shares(_ network: Network) -> [Double] {
        let specification = network.specification
        let clock = specification.clock
        let demand = specification.demand
        var shares: [Double] = []
        for hour in 0..<clock.hourCount {
            let time = Double(hour) * 3600
            let weekday = clock.weekday(time)
            let profile = weekday < 5 ? demand.weekdayHours : demand.weekendHours
            let volume = demand.weekdays[weekday] * profile[clock.hourOfDay(time)]
            for zone in network.zones.indices {
                let region = specification.regions[network.region(ofZone: zone)]
                var share = volume * network.demandShares[zone]
                for surge in demand.surges
                where time >= surge.from && time < surge.to
                    && (surge.regions.isEmpty || surge.regions.contains(region))
                {
                    share *= surge.factor
                }
                shares.append(share)
            }
        }
        let total = shares.reduce(0, +)
        return shares.map { $0 / total }
    }

    /// Each cell's own uniform number, by hour, then zone.
    private static func uniforms(_ network: Network, hourCount: Int) -> [Double] {
        (0..<hourCount).flatMap { hour in
            network.zones.map {
                network.draws.uniform(.generation, entity: Entity.cell(zone: $0.entity, hour: hour))
            }
        }
    }

    /// Counts at the level where they add up to `total`.
    ///
    /// The level is found by bisection to the last bit. Where several counts rise at once there (equal uniform numbers,
    /// which has probability 0, or a total beyond the resolution of float64) the first cells by hour and zone rise.
    private static func counts(shares: [Double], uniforms: [Double], total: Int) -> [Int32] {
        func counts(at level: Double) -> [Int32] {
            zip(shares, uniforms).map { Int32(poissonQuantile(mean: level * $0, uniform: $1)) }
        }
        func sum(_ counts: [Int32]) -> Int { counts.reduce(0) { $0 + Int($1) } }
        var low = 0.0
        var high = Double(total) + 1
        while sum(counts(at: high)) < total { high *= 2 }
        while true {
            let middle = low + (high - low) / 2
            if middle <= low || middle >= high { break }
            if sum(counts(at: middle)) < total { low = middle } else { high = middle }
        }
        var result = counts(at: low)
        let upper = counts(at: high)
        var missing = total - sum(result)
        for cell in result.indices where missing > 0 {
            let added = min(missing, Int(upper[cell] - result[cell]))
            result[cell] += Int32(added)
            missing -= added
        }
        return result
    }

    /// The Poisson quantile; means beyond what ``Poisson`` takes by the normal approximation, whose relative error is
    /// then below 1e-6.
    private static func poissonQuantile(mean: Double, uniform u: Double) -> Int {
        if mean <= Poisson.meanMax { return Poisson.quantile(mean: mean, uniform: u) }
        let quantile = mean + DeterministicMath.normalQuantile(u) * mean.squareRoot()
        return max(0, Int(quantile.rounded()))
    }
}
