import Domain
import Sampling

/// All orders in time order, a batch at a time.
///
/// Memory is bounded by the arrivals of one hour (12 bytes each) and one batch. Everything about an order is keyed by
/// its id, so it does not matter how the stream is cut.
struct OrderStream {
    /// Most orders of a batch.
    static let batchSize = 8192

    /// An order before anything but its time is known.
    private struct Arrival {
        var second: Int32
        /// Position of the zone among zones sorted by id.
        var zoneRank: Int32
        var number: Int32
    }

    private let network: Network
    private let counts: OrderCounts
    private let promises: PromiseTimes
    private let basket: Basket
    private let tagger: OrderTags
    private let channels: [CumulativeWeights?]
    /// Zones in the order of their orders' ids.
    private let zonesByID: [Int]
    private let zoneIds: [String]
    private var hour = 0
    private var arrivals: [Arrival] = []
    private var position = 0

    /// The orders of a network.
    init(_ network: Network, counts: OrderCounts) {
        self.network = network
        self.counts = counts
        promises = PromiseTimes(network)
        basket = Basket(network)
        tagger = OrderTags(network)
        let customers = network.specification.customers
        channels =
            customers.segments.map { segment in
                Self.weights(
                    customers.channels.map { channel in
                        segment.channels.first { $0.word == channel.word }?.value ?? channel.value
                    })
            } + [Self.weights(customers.channels.map(\.value))]
        zoneIds = network.zones.map(\.id)
        zonesByID = network.zones.indices.sorted {
            identifierPrecedes(network.zones[$0].id + "-", network.zones[$1].id + "-")
        }
    }

    private static func weights(_ values: [Double]) -> CumulativeWeights? {
        values.contains { $0 > 0 } ? CumulativeWeights(values) : nil
    }

    /// The next orders, none of them before any that came earlier; nil after the last.
    mutating func next() -> OrderBatch? {
        while position == arrivals.count {
            guard hour < counts.hourCount else { return nil }
            fillHour()
        }
        var batch = OrderBatch()
        batch.zoneIds = zoneIds
        let end = min(position + Self.batchSize, arrivals.count)
        for arrival in arrivals[position..<end] { add(arrival, to: &batch) }
        position = end
        return batch
    }

    /// Collects the arrivals of the next hour, sorted by second, then id.
    private mutating func fillHour() {
        arrivals.removeAll(keepingCapacity: true)
        position = 0
        for (rank, zone) in zonesByID.enumerated() {
            for number in 0..<counts.count(hour: hour, zone: zone) {
                let entity = Entity.order(zone: network.zones[zone].entity, hour: hour, number: number)
                let u = network.draws.uniform(.generation, entity: entity)
                arrivals.append(
                    Arrival(second: Int32(u * 3600), zoneRank: Int32(rank), number: Int32(number)))
            }
        }
        sortArrivals()
        hour += 1
    }

    /// Sorts the arrivals by second; they come by id, and those of a second stay so.
    private mutating func sortArrivals() {
        var next = [Int](repeating: 0, count: 3601)
        for arrival in arrivals { next[Int(arrival.second) + 1] += 1 }
        for second in 1..<next.count { next[second] += next[second - 1] }
        var sorted = arrivals
        for arrival in arrivals {
            sorted[next[Int(arrival.second)]] = arrival
            next[Int(arrival.second)] += 1
        }
        arrivals = sorted
    }

    /// Adds an order: draw 0 its time and customer, 1 its segment and channel, 2 its promise and number of lines.
    private func add(_ arrival: Arrival, to batch: inout OrderBatch) {
        let zone = zonesByID[Int(arrival.zoneRank)]
        let number = Int(arrival.number)
        let entity = Entity.order(zone: network.zones[zone].entity, hour: hour - 1, number: number)
        let draws = network.draws
        let (_, who) = draws.uniformPair(.generation, entity: entity)
        let (kind, channel) = draws.uniformPair(.generation, entity: entity, draw: 1)
        let (promiseDraw, lines) = draws.uniformPair(.generation, entity: entity, draw: 2)
        let customer = network.customers.customer(zone: zone, uniform: who)
        let segment =
            customer < 0 ? network.customers.segment(uniform: kind) : Int(network.customers.segments[customer])
        let placedAt = Double(hour - 1) * 3600 + Double(arrival.second)
        let promise = promises.promise(segment: segment, zone: zone, uniform: promiseDraw)
        batch.hours.append(Int32(hour - 1))
        batch.numbers.append(arrival.number)
        batch.entities.append(entity)
        batch.placedAt.append(placedAt)
        batch.zones.append(Int32(zone))
        batch.customers.append(Int32(customer))
        batch.segments.append(Int32(segment))
        let choice = channels[segment < 0 ? channels.count - 1 : segment]
        batch.channels.append(Int32(choice?.index(uniform: channel) ?? -1))
        batch.promises.append(Int32(promise))
        batch.promisedAt.append(promises.promisedAt(promise: promise, placedAt: placedAt))
        basket.addLines(to: &batch, segment: segment, entity: entity, countUniform: lines)
        batch.tags.append(tagger.tags(ofLast: batch, promise: promise))
    }
}
