import DeterministicMath
import Domain
import History
import Replay
import Sampling

/// How often each recorded order appears in a world, when and where: see ``Demand``.
struct DemandModel: Sendable, Hashable {
    /// More of some demand for some time.
    struct Surge: Sendable, Hashable {
        var multiplier: Double
        var from: Double
        var to: Double
        var rampSeconds: Double
        var decaySeconds: Double
        /// Indices; nil = all.
        var regions: [Int]?
        var categories: [Int]?
        var channels: [Int]?
        var segments: [Int]?
        var keepsVolume: Bool

        /// The factor at an instant, for orders it is about.
        func factor(at time: Double) -> Double {
            var height = 1.0
            if time < from {
                height = rampSeconds > 0 ? max(0, 1 - (from - time) / rampSeconds) : 0
            } else if time >= to {
                height = decaySeconds > 0 ? DeterministicMath.exp(-(time - to) / decaySeconds) : 0
            }
            return 1 + (multiplier - 1) * height
        }
    }
    /// A span in which orders come earlier or later.
    struct Warp: Sendable, Hashable {
        var from: Double
        var to: Double
        var power: Double

        /// Where an instant goes.
        func warped(_ time: Double) -> Double {
            guard time > from, time < to else { return time }
            let share = (time - from) / (to - from)
            return from + (to - from) * DeterministicMath.power(share, power)
        }
    }
    var multiplier: Double
    var isPoisson: Bool
    var frailtyDeviation: Double
    var jitterSeconds: Double
    var surges: [Surge] = []
    var warps: [Warp] = []

    /// Whether every order appears once, as recorded.
    var isRecorded: Bool {
        multiplier == 1 && !isPoisson && frailtyDeviation == 0 && surges.allSatisfy { $0.multiplier == 1 }
            && warps.allSatisfy { $0.power == 1 }
    }

    /// The copies that appear, by time, then id, then number.
    func copies(
        of dataset: Dataset, settings: ReplaySettings, calendar: LocalCalendar, draws: Draws
    ) -> [OrderCopy] {
        let orders = dataset.orders
        let rows = (0..<orders.count).filter {
            settings.from <= orders.placedAt[$0] && orders.placedAt[$0] < settings.to
        }
        let shares = volumeShares(rows, dataset: dataset)
        let byRegion = Dictionary(grouping: rows) { dataset.zones[Int(orders.zones[$0])].region }
        var frailties: [Int: Double] = [:]
        var copies: [OrderCopy] = []
        for row in rows {
            let region = dataset.zones[Int(orders.zones[row])].region
            let day = calendar.day(of: orders.placedAt[row])
            let cell = region * calendar.midnights.count + day
            let frailty = frailties[cell] ?? frailty(region: dataset.regions[region], day: day, draws: draws)
            frailties[cell] = frailty
            let entity = orders.idHashes[row]
            let mean = min(Poisson.meanMax, multiplier * frailty * mean(ofOrder: row, shares: shares, in: dataset))
            let uniform = draws.uniform(.demandMultiplicity, entity: entity)
            let count = isPoisson ? Poisson.quantile(mean: mean, uniform: uniform) : Int(mean + uniform)
            let time = warps.reduce(orders.placedAt[row]) { $1.warped($0) }
            for copy in 0..<count {
                copies.append(
                    copy == 0
                        ? OrderCopy(source: row, copy: 0, placeSource: row, placedAt: time)
                        : further(
                            copy, of: row, at: time, neighbours: byRegion[region] ?? [row], entity: entity,
                            settings: settings, draws: draws))
            }
        }
        return copies.inOrder(of: orders)
    }

    /// A copy beyond the first: somewhat earlier or later, where a random order of the region is.
    private func further(
        _ copy: Int, of row: Int, at time: Double, neighbours: [Int], entity: UInt64, settings: ReplaySettings,
        draws: Draws
    ) -> OrderCopy {
        let own = StableHash.combine(entity, StableHash.of(copy))
        var placedAt = time + jitterSeconds * (2 * draws.uniform(.demandJitter, entity: own) - 1)
        if placedAt < settings.from { placedAt = 2 * settings.from - placedAt }
        if placedAt >= settings.to { placedAt = 2 * settings.to - placedAt }
        // A horizon shorter than the jitter could still be left.
        placedAt = min(max(placedAt, settings.from), settings.to.nextDown)
        let position = Int(draws.uniform(.demandZone, entity: own) * Double(neighbours.count))
        return OrderCopy(
            source: row, copy: copy, placeSource: neighbours[min(position, neighbours.count - 1)], placedAt: placedAt)
    }

    /// The factor of a region's day: gamma with mean 1.
    private func frailty(region: String, day: Int, draws: Draws) -> Double {
        guard frailtyDeviation > 0 else { return 1 }
        let shape = 1 / (frailtyDeviation * frailtyDeviation)
        let entity = StableHash.combine(StableHash.of(region), StableHash.of(day))
        return DeterministicMath.gammaQuantile(shape: shape, draws.uniform(.demandFrailty, entity: entity)) / shape
    }

    /// The product of the surges that are about an order, those that keep the volume divided by their mean.
    private func mean(ofOrder row: Int, shares: [Double], in dataset: Dataset) -> Double {
        var product = 1.0
        for (surge, share) in zip(surges, shares) { product *= factor(of: surge, order: row, in: dataset) / share }
        return product
    }

    /// For each surge the mean of its factor over the orders where it keeps the volume, else 1.
    private func volumeShares(_ rows: [Int], dataset: Dataset) -> [Double] {
        surges.map { surge in
            guard surge.keepsVolume, !rows.isEmpty else { return 1 }
            let mean = rows.reduce(0) { $0 + factor(of: surge, order: $1, in: dataset) } / Double(rows.count)
            // Where nothing would be left there is no mix to shift.
            return mean > 0 ? mean : 1
        }
    }

    /// A surge's factor for an order: 1 for one that it is not about.
    private func factor(of surge: Surge, order row: Int, in dataset: Dataset) -> Double {
        let orders = dataset.orders
        if let regions = surge.regions, !regions.contains(dataset.zones[Int(orders.zones[row])].region) { return 1 }
        if let channels = surge.channels, !channels.contains(Int(orders.channels[row])) { return 1 }
        if let segments = surge.segments, !segments.contains(Int(orders.segments[row])) { return 1 }
        if let categories = surge.categories {
            let lines = orders.lines(of: row)
            guard let first = lines.first,
                categories.contains(dataset.products.categories[Int(orders.lineProducts[first])])
            else { return 1 }
        }
        return surge.factor(at: orders.placedAt[row])
    }
}
