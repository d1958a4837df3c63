import DeterministicMath
import History
import Sampling

/// One sampled realisation of everything a strategy cannot influence.
///
/// Made from (scenario, seed, replication) alone, by the perturbations of module Worlds; every strategy meets the same
/// one. A perturbation that is off leaves its neutral value.
public struct World: Sendable {
    /// The index of the world, 0 ... R - 1.
    public let replication: Int
    /// The source of all its draws: those of its index, or those of the world it was written as.
    public var draws: Draws
    /// Whether service times are noisy.
    public var hasServiceNoise = false
    /// Whether transit times are noisy.
    public var hasTransitNoise = false
    /// Factors that are recorded for some shipments: they stand in the place of drawn ones.
    public var recordedNoise: RecordedNoise?
    /// Whether recorded customer cancellations happen.
    public var replaysRecordedCancellations = true
    /// Cancellation hazard of a waiting order, per hour; 0 = off.
    public var cancellationHazardPerHour = 0.0
    /// What the hazard is multiplied by, per region and hour.
    public var cancellationMultiplier: HourlySeries
    /// What service times are multiplied by, per region and hour of the start.
    public var serviceMultiplier: HourlySeries
    /// What weather and traffic do to transit.
    public var slowness: Slowness
    /// Weather, as strategies see it in its hour.
    public var weather: WeatherSeries
    /// Storm warnings, as strategies see them in the hour they are issued; nil where nobody warns.
    public var warnings: WarningSeries?
    /// Congestion, as strategies see it in its hour.
    public var congestion: HourlySeries
    /// The orders that are placed, where they are not the recorded ones.
    public var book: WorldBook?
    /// Seconds by which each of the dataset's replenishments is late; empty = none is.
    public var replenishmentDelays: [Double] = []
    /// Outages per node: sorted, disjoint.
    public var outages: [[Interval]]
    /// What may not be assigned, and when; in any order. A ban of nothing is none: it is not kept.
    public var bans: [Ban] = [] {
        didSet { bans.removeAll(where: \.isEmpty) }
    }
    /// Pick stations out of use, by node; empty = none is.
    public var stationLosses: [[StationLoss]] = []
    /// When a service collects nothing, by service: sorted, disjoint; empty = none pauses.
    public var suspensions: [[Interval]] = []
    /// What carriers' daily capacity is multiplied by, per region of the node and hour; a day's factor is the mean of its hours.
    public var capacityByRegion: HourlySeries
    /// The same per service and hour: "regions" of the series are services.
    public var capacityByService: HourlySeries
    /// What freight is multiplied by, per service and hour of the decision, as strategies see it: "regions" of the series
    /// are services.
    public var freightMultiplier: HourlySeries
    /// Units of the opening record that are not there, laid out as the inventory; empty = none is missing.
    public var missingUnits: [Int32] = []

    /// A neutral world: recorded demand, no noise, no events.
    public init(replication: Int, seed: UInt64, dataset: Dataset) {
        self.replication = replication
        draws = Draws(seed: seed, replication: UInt32(replication))
        let regions = dataset.regions.count
        cancellationMultiplier = HourlySeries(regionCount: regions, hourCount: 0, neutral: 1)
        serviceMultiplier = HourlySeries(regionCount: regions, hourCount: 0, neutral: 1)
        slowness = .neutral(regionCount: regions)
        weather = WeatherSeries(regionCount: regions, hourCount: 0)
        congestion = HourlySeries(regionCount: regions, hourCount: 0, neutral: 1)
        outages = [[Interval]](repeating: [], count: dataset.nodes.count)
        capacityByRegion = HourlySeries(regionCount: regions, hourCount: 0, neutral: 1)
        capacityByService = HourlySeries(regionCount: dataset.services.count, hourCount: 0, neutral: 1)
        freightMultiplier = capacityByService
    }

    /// Whether any shipment's service or transit time may be anything but its mean.
    var hasNoise: Bool { hasServiceNoise || hasTransitNoise || recordedNoise != nil }

    /// The factor of a shipment's service time: the recorded one, else one drawn from the unit-mean distribution.
    public func serviceFactor(_ distribution: UnitDistribution, entity: UInt64, shipment: Int) -> Double {
        if let factor = recordedNoise?.serviceFactor(distribution, entity: entity, shipment: shipment) { return factor }
        guard hasServiceNoise else { return 1 }
        return distribution.value(uniform: draws.uniform(.service, entity: entity, draw: shipment))
    }

    /// The factor of a shipment's transit time: the recorded one, else one drawn from the unit-mean distribution.
    public func transitFactor(_ distribution: UnitDistribution, entity: UInt64, shipment: Int) -> Double {
        if let factor = recordedNoise?.transitFactor(distribution, entity: entity, shipment: shipment) { return factor }
        guard hasTransitNoise else { return 1 }
        return distribution.value(uniform: draws.uniform(.transit, entity: entity, draw: shipment))
    }

    /// When an order placed at `time` in a region is cancelled if nothing of it is picked by then; +infinity if never.
    ///
    /// The smallest t with hazard x integral of the multiplier from `time` to t >= E, E the order's unit exponential.
    public func cancellationTime(entity: UInt64, placedAt time: Double, region: Int) -> Double {
        guard cancellationHazardPerHour > 0 else { return .infinity }
        let uniform =
            recordedNoise?.cancellationUniform(entity: entity) ?? draws.uniform(.cancellation, entity: entity, draw: 0)
        let exponential = -DeterministicMath.log(uniform)
        var needed = exponential / cancellationHazardPerHour
        var now = time / 3_600
        var hour = now.floored
        while hour < cancellationMultiplier.hourCount {
            let multiplier = cancellationMultiplier.value(region: region, hour: hour)
            let left = (Double(hour + 1) - now) * multiplier
            if left >= needed, multiplier > 0 { return (now + needed / multiplier) * 3_600 }
            needed -= left
            hour += 1
            now = Double(hour)
        }
        return cancellationMultiplier.hourCount == 0 ? time + needed * 3_600 : (now + needed) * 3_600
    }
}
