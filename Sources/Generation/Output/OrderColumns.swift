import Domain
import History

/// Writes orders, lines and history straight into columns, batch by batch, and notes which names they used.
struct OrderColumns {
    private let network: Network
    private let writer: DatasetColumnsWriter
    private let names: OrderNames
    private let orderTags: OrderTags
    private var recorder: PastRecorder?

    // Indices in the dataset of what the network numbers.
    private let zones: [Int32]
    private let products: [Int32]
    private let nodes: [Int32]
    private let services: [Int32]
    private let channels: [Int32]
    /// By segment of the spec; -1 where no customer and, as far as known, no order has it.
    private let segments: [Int32]
    /// Tags of each customer.
    private let customerTags: [TagSet]
    /// Sets of tags by the bits of ``OrderTags`` met so far; looked up only.
    private var tagSets: [UInt128: TagSet] = [0: TagSet()]

    /// The hour whose beginnings of ids are in ``prefixes``.
    private var hour: Int32 = -1
    /// By zone: number and hash of the beginning of its orders' ids in the hour; -1 = not used yet.
    private var prefixes: [Int32] = []
    private var hashes: [StableHashPrefix] = []

    private var segmentsUsed: [Bool]
    private var channelsUsed: [Bool]
    private var tagsUsed: UInt128 = 0
    private var hasHistory = false
    private var lines: [(product: Int32, quantity: Int32)] = []

    /// Columns of a network's orders in a dataset with these names.
    init(_ network: Network, names: OrderNames, recorder: PastRecorder?, to writer: DatasetColumnsWriter) {
        self.network = network
        self.writer = writer
        self.names = names
        self.recorder = recorder
        let specification = network.specification
        let customers = specification.customers
        orderTags = OrderTags(network)
        zones = network.zones.map { writer.zone($0.id) }
        products = network.catalogue.products.map { writer.product($0.id) }
        nodes = specification.nodes.map { writer.node($0.id) }
        services = specification.carriers.services.map { writer.service($0.id) }
        channels = customers.channels.map { names.channels.contains($0.word) ? writer.channel($0.word) : -1 }
        let pool = network.customers
        let ofCustomers = Set(pool.segments)
        segments = customers.segments.indices.map { segment in
            let name = customers.segments[segment].id
            return ofCustomers.contains(Int32(segment)) || names.segments.contains(name) ? writer.segment(name) : -1
        }
        customerTags = (0..<pool.count).map { customer in
            let preferences = customers.segments[Int(pool.segments[customer])].preferences
            return writer.tags(
                preferences.indices.filter { pool.preferences[customer] >> UInt64($0) & 1 == 1 }
                    .map { preferences[$0].word })
        }
        segmentsUsed = [Bool](repeating: false, count: customers.segments.count)
        channelsUsed = [Bool](repeating: false, count: customers.channels.count)
    }

    /// All names that orders might use.
    static func possibleNames(_ network: Network) -> OrderNames {
        let customers = network.specification.customers
        return OrderNames(
            segments: network.customers.count > 0 ? [] : Set(customers.segments.filter { $0.share > 0 }.map(\.id)),
            channels: Set(customers.channels.map(\.word)), tags: Set(OrderTags(network).names),
            haveHistory: network.specification.history != nil)
    }

    /// The names that the orders so far have used.
    var namesUsed: OrderNames {
        let customers = network.specification.customers
        return OrderNames(
            segments: Set(segmentsUsed.indices.filter { segmentsUsed[$0] }.map { customers.segments[$0].id }),
            channels: Set(channelsUsed.indices.filter { channelsUsed[$0] }.map { customers.channels[$0].word }),
            tags: Set(orderTags.names.indices.filter { tagsUsed >> UInt128($0) & 1 == 1 }.map { orderTags.names[$0] }),
            haveHistory: hasHistory)
    }

    /// Writes a batch. Once a name is used that was not announced, the columns are wrong and only names are noted.
    mutating func write(_ batch: OrderBatch) throws(OperationError) {
        let past = recorder?.rows(of: batch) ?? []
        var next = 0
        for order in 0..<batch.count {
            try writeOrder(order, of: batch)
            let first = next
            while next < past.count, past[next].order == order { next += 1 }
            guard next > first else { continue }
            hasHistory = true
            try writer.add(history: past[first..<next].map(record))
        }
    }

    private mutating func writeOrder(_ order: Int, of batch: OrderBatch) throws(OperationError) {
        let zone = Int(batch.zones[order])
        let customer = Int(batch.customers[order])
        let segment = Int(batch.segments[order])
        let channel = Int(batch.channels[order])
        let bits = batch.tags[order]
        if batch.hours[order] != hour { beginHour(batch.hours[order]) }
        if prefixes[zone] < 0 {
            let text = OrderBatch.idPrefix(zone: network.zones[zone].id, hour: hour)
            prefixes[zone] = try writer.prefix(text)
            hashes[zone] = StableHashPrefix(text)
        }
        if channel >= 0 { channelsUsed[channel] = true }
        if customer < 0, segment >= 0 { segmentsUsed[segment] = true }
        tagsUsed |= bits
        let number = batch.numbers[order] + 1
        let ownTags = tags(bits)
        try writer.add(
            DatasetColumnsWriter.Order(
                prefix: prefixes[zone], number: number, idHash: hashes[zone].hash(followedBy: number),
                // Instants are written to the second.
                placedAt: batch.placedAt[order].rounded(.down), promisedAt: batch.promisedAt[order].rounded(.down),
                zone: zones[zone], segment: segment < 0 ? 0 : max(0, segments[segment]),
                channel: channel < 0 ? 0 : max(0, channels[channel]),
                tags: customer < 0 ? ownTags : ownTags.union(customerTags[customer])))
        try writeLines(of: order, batch)
    }

    /// Writes the lines of an order, by product.
    private mutating func writeLines(of order: Int, _ batch: OrderBatch) throws(OperationError) {
        let range = batch.lines(of: order)
        if range.count == 1 {
            let line = range.lowerBound
            return try writer.addLine(
                product: products[Int(batch.lineProducts[line])], quantity: batch.lineQuantities[line])
        }
        lines.removeAll(keepingCapacity: true)
        for line in range { lines.append((products[Int(batch.lineProducts[line])], batch.lineQuantities[line])) }
        lines.sort { ($0.product, $0.quantity) < ($1.product, $1.quantity) }
        for line in lines { try writer.addLine(product: line.product, quantity: line.quantity) }
    }

    private mutating func beginHour(_ next: Int32) {
        hour = next
        prefixes = [Int32](repeating: -1, count: zones.count)
        hashes = [StableHashPrefix](repeating: StableHashPrefix(""), count: zones.count)
    }

    /// The set of the labels with these bits.
    private mutating func tags(_ bits: UInt128) -> TagSet {
        if bits == 0 { return TagSet() }
        if let known = tagSets[bits] { return known }
        let set = writer.tags(
            orderTags.names.indices.filter { bits >> UInt128($0) & 1 == 1 }.map { orderTags.names[$0] })
        tagSets[bits] = set
        return set
    }

    private func record(_ row: PastRow) -> HistoryRecord {
        var record = HistoryRecord()
        if let product = row.product { record.product = products[product] }
        if let node = row.node { record.node = nodes[node] }
        if let service = row.service { record.service = services[service] }
        record.shippedAt = row.shippedAt?.rounded(.down) ?? .nan
        record.deliveredAt = row.deliveredAt?.rounded(.down) ?? .nan
        record.isCancelled = row.cancelledAt != nil
        record.cancelledAt = row.cancelledAt?.rounded(.down) ?? .nan
        record.freightPaid = row.freightPaid ?? .nan
        record.complaint = row.complaint
        return record
    }
}
