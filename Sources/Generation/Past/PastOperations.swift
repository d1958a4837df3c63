import DeterministicMath
import Domain
import History
import Sampling

/// How the shipments of the past went: queue and pick, hand-over, transit.
///
/// A shipment joins its node's queue when the order is placed; the first free of the node's stations takes it within
/// the opening hours (Kiefer & Wolfowitz 1955); service and transit times carry the node's and the service's noise.
/// Hand-over is the first cut-off from the end of the pick on that has room in the service's daily capacity, counted in
/// the order in which shipments were placed. Transit work is done hour by hour at the rate
/// `1 / (congestion x slowness of the weather)`, the first half in the node's region, the second in the zone's.
struct PastOperations {
    private let network: Network
    private let past: HistorySpecification
    private let hours: [WeeklyHours]
    private let serviceNoise: [UnitDistribution]
    private let transitNoise: [UnitDistribution]
    /// When each station of each node is next free.
    private var freeAt: [[Double]]
    /// Shipments handed over by service, then node, then calendar day; grows as needed.
    private var handedOver: [[[Int]]]
    /// Slowness, region x hour.
    private let slowness: [Double]
    private let hourCount: Int

    /// The operations at the start of the horizon.
    init(_ network: Network, past: HistorySpecification, series: RecordedSeries) {
        self.network = network
        self.past = past
        let specification = network.specification
        hours = specification.nodes.map(\.openingHours)
        serviceNoise = specification.nodes.map(\.serviceDistribution)
        transitNoise = specification.carriers.services.map(\.transitDistribution)
        freeAt = specification.nodes.map { [Double](repeating: -.infinity, count: $0.stations) }
        let days = specification.clock.calendar.midnights.count
        handedOver = specification.carriers.services.map { service in
            service.dailyCapacity == nil
                ? [] : specification.nodes.map { _ in [Int](repeating: 0, count: days) }
        }
        hourCount = specification.clock.hourCount
        slowness = Self.slowness(network, past: past, series: series)
    }

    /// When the pick of a shipment starts and ends, and the station that does it.
    func pick(_ shipment: PastRouting.Shipment, of batch: OrderBatch, order: Int, ordinal: Int) -> (
        station: Int, start: Double, end: Double
    ) {
        let node = network.specification.nodes[shipment.node]
        var station = 0
        for other in freeAt[shipment.node].indices
        where freeAt[shipment.node][other] < freeAt[shipment.node][station] { station = other }
        let ready = max(batch.placedAt[order], freeAt[shipment.node][station])
        let start = hours[shipment.node].nextOpen(from: ready, calendar: network.specification.clock.calendar)
        let items = shipment.lines.reduce(0) { $0 + Int(batch.lineQuantities[$1]) }
        let mean =
            node.secondsPerOrder + node.secondsPerLine * Double(shipment.lines.count)
            + node.secondsPerItem * Double(items)
        let u = uniform(batch, order, draw: 8 + 4 * ordinal)
        return (station, start, start + mean * serviceNoise[shipment.node].value(uniform: u))
    }

    /// Lets the pick take its station.
    mutating func occupy(node: Int, station: Int, until time: Double) { freeAt[node][station] = time }

    /// When a packed shipment leaves; it takes its place in the day's capacity.
    mutating func handOver(_ shipment: PastRouting.Shipment, packedAt time: Double) -> Double {
        let service = network.specification.carriers.services[shipment.service]
        let calendar = network.specification.clock.calendar
        var day = calendar.day(of: time)
        while day + 1 < calendar.midnights.count {
            let earliest = max(time, calendar.midnights[day])
            let leaves =
                service.cutOffMinutes.isEmpty
                ? earliest
                : service.cutOffMinutes.map { calendar.instant(day: day, minute: $0) }.first { $0 >= earliest }
            if let leaves, hasRoom(shipment, service: service, day: day) { return leaves }
            day += 1
        }
        return .infinity
    }

    /// Takes a place of the day's capacity, if there is one.
    private mutating func hasRoom(
        _ shipment: PastRouting.Shipment, service: ServiceSpecification.Service, day: Int
    ) -> Bool {
        guard let capacity = service.dailyCapacity else { return true }
        guard handedOver[shipment.service][shipment.node][day] < capacity else { return false }
        handedOver[shipment.service][shipment.node][day] += 1
        return true
    }

    /// When a shipment that left at `time` arrives at its zone.
    func arrival(
        _ shipment: PastRouting.Shipment, of batch: OrderBatch, order: Int, ordinal: Int, leavesAt time: Double
    ) -> Double {
        let service = network.specification.carriers.services[shipment.service]
        let distance =
            service.distanceExponent == 1
            ? shipment.kilometres : DeterministicMath.power(shipment.kilometres, service.distanceExponent)
        let u = uniform(batch, order, draw: 9 + 4 * ordinal)
        let work =
            (service.fixedHours + distance / service.kilometresPerHour)
            * transitNoise[shipment.service].value(uniform: u)
        let half = done(work / 2, from: time, region: network.region(ofNode: shipment.node))
        return done(work / 2, from: half, region: network.region(ofZone: Int(batch.zones[order])))
    }

    /// When so many hours of work, begun at an instant in a region, are done.
    private func done(_ workHours: Double, from time: Double, region: Int) -> Double {
        var left = workHours
        var now = time
        while true {
            let hour = Int((now / 3600).rounded(.down))
            let slow = hour >= 0 && hour < hourCount ? slowness[region * hourCount + hour] : 1
            let room = (Double(hour + 1) * 3600 - now) / 3600 / slow
            if left <= room || hour >= hourCount { return now + left * slow * 3600 }
            left -= room
            now = Double(hour + 1) * 3600
        }
    }

    private func uniform(_ batch: OrderBatch, _ order: Int, draw: Int) -> Double {
        network.draws.uniform(.generation, entity: Entity.past(order: batch.entities[order]), draw: draw)
    }

    /// Congestion times the weather's slowness, region x hour.
    private static func slowness(
        _ network: Network, past: HistorySpecification, series: RecordedSeries
    ) -> [Double] {
        let hours = network.specification.clock.hourCount
        return (0..<network.specification.regions.count * hours).map { cell in
            var slow = series.traffic?.values[cell] ?? 1
            if let weather = series.weather {
                slow *= past.classSlowness[Int(weather.classes[cell].rawValue)]
                slow *= 1 + past.slownessPerLevel * weather.stormLevels[cell]
            }
            return slow
        }
    }
}
