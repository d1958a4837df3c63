import Domain
import History
import Replay

/// One sampled world as people look at it: weather, storms, warnings, congestion and demand by region and hour of the
/// horizon, and what stands still.
public struct WorldView: Sendable, Codable {
    /// A region's hours.
    public struct Region: Sendable, Codable {
        /// Its name.
        public var region: String
        /// Weather class by hour.
        public var weather: [String]
        /// Storm level by hour, 0 to 5.
        public var stormLevel: [Double]
        /// The level warned of twelve hours before; empty where nobody warns.
        public var warning: [Int]
        /// Congestion by hour.
        public var congestion: [Double]
        /// How many times as long ways take, weather and closures with it.
        public var transit: [Double]
        /// Orders placed by hour.
        public var orders: [Int]
        /// Orders placed by hour in the record.
        public var recordedOrders: [Int]
    }
    /// A node that stands still.
    public struct Outage: Sendable, Codable {
        /// The node's id.
        public var node: String
        /// When it begins, local time.
        public var from: String
        /// When it ends, local time.
        public var to: String
    }
    /// Something else that is not as usual for a while.
    public struct Disruption: Sendable, Codable {
        /// What, for people: `no chilled-1, chilled-2 from ningbo-yinzhou`, `express 15 % dearer`.
        public var what: String
        /// When it begins, local time.
        public var from: String
        /// When it ends, local time.
        public var to: String
    }
    /// The scenario.
    public var scenario: String
    /// The seed.
    public var seed: UInt64
    /// Index of the world.
    public var replication: Int
    /// The horizon's first hour, local time.
    public var from: String
    /// Hours of the horizon.
    public var hours: Int
    /// Lead of the warnings shown, hours.
    public var warningLead: Int
    /// Regions, by name.
    public var regions: [Region]
    /// Outages within the horizon, by node and time.
    public var outages: [Outage]
    /// Bans, lost stations, suspensions and premiums within the horizon, by kind and time.
    public var disruptions: [Disruption]
    /// Units on record that are not there.
    public var missingUnits: Int
    /// Replenishments that are late, and by how many hours on average.
    public var lateReplenishments: Int
    /// Mean delay of those, hours; nil without any.
    public var meanDelayHours: Double?

    /// Lead of the warnings shown.
    private static let lead = 12

    /// The view of a world over a horizon.
    public init(
        _ world: World, scenario: String, dataset: Dataset, settings: ReplaySettings
    ) throws(InputError) {
        let local = try LocalTime(timeZone: dataset.description.timeZone)
        let first = Int((settings.from / 3_600).rounded(.down))
        let last = max(first + 1, Int((settings.to / 3_600).rounded(.up)))
        let start = dataset.description.start
        self.scenario = scenario
        seed = world.draws.seed
        replication = world.replication
        from = local.text(of: start + 3_600 * Double(first))
        hours = last - first
        warningLead = Self.lead
        let placed = Self.counts(world.book?.dataset ?? dataset, settings: settings, first: first, hours: last - first)
        let recorded = Self.counts(dataset, settings: settings, first: first, hours: last - first)
        regions = dataset.regions.indices.map { region in
            Region(
                region: dataset.regions[region],
                weather: (first..<last).map { hour in
                    let weather = world.weather
                    let isKnown = hour >= 0 && hour < weather.hourCount
                    return (isKnown ? weather.classes[region * weather.hourCount + hour] : .clear).word
                },
                stormLevel: (first..<last).map { world.weather.stormLevel(region: region, at: $0) },
                warning: world.warnings.map { warnings in
                    (first..<last).map { warnings.level(region: region, validHour: $0, lead: Self.lead) }
                } ?? [],
                congestion: (first..<last).map { world.congestion.value(region: region, hour: $0) },
                transit: (first..<last).map { world.slowness.value(region: region, at: 3_600 * Double($0)) },
                orders: placed[region], recordedOrders: recorded[region])
        }
        outages = dataset.nodes.indices.flatMap { node in
            world.outages[node].filter { $0.to > settings.from && $0.from < settings.to }.map { outage in
                Outage(
                    node: dataset.nodes[node].id, from: local.text(of: (start + outage.from).rounded()),
                    to: local.text(of: (start + outage.to).rounded()))
            }
        }
        disruptions = WorldDisruptions(world: world, dataset: dataset).spans
            .filter { $0.span.to > settings.from && $0.span.from < settings.to }
            .map { what, span in
                Disruption(
                    what: what, from: local.text(of: (start + max(span.from, settings.from)).rounded()),
                    to: local.text(of: (start + min(span.to, settings.end)).rounded()))
            }
        missingUnits = world.missingUnits.reduce(0) { $0 + Int($1) }
        let late = world.replenishmentDelays.filter { $0 > 0 }
        lateReplenishments = late.count
        meanDelayHours = late.isEmpty ? nil : late.reduce(0, +) / Double(late.count) / 3_600
    }

    /// Orders placed in each region and hour.
    private static func counts(_ dataset: Dataset, settings: ReplaySettings, first: Int, hours: Int) -> [[Int]] {
        var counts = [[Int]](repeating: [Int](repeating: 0, count: hours), count: dataset.regions.count)
        for row in 0..<dataset.orders.count {
            let time = dataset.orders.placedAt[row]
            guard settings.from <= time, time < settings.to else { continue }
            let hour = Int((time / 3_600).rounded(.down)) - first
            counts[dataset.zones[Int(dataset.orders.zones[row])].region][hour] += 1
        }
        return counts
    }
}
