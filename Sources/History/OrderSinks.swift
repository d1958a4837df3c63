import Domain
import Storage

/// The open columns of orders and lines, in the order of ``DatasetEncoder``.
struct OrderSinks {
    private let prefixOffsets: ColumnSink<Int64>
    private let prefixBytes: ColumnSink<UInt8>
    private let prefix: ColumnSink<Int32>
    private let number: ColumnSink<Int32>
    private let idHash: ColumnSink<UInt64>
    private let placedAt: ColumnSink<Double>
    private let approvedAt: ColumnSink<Double>
    private let promisedAt: ColumnSink<Double>
    private let zone: ColumnSink<Int32>
    private let x: ColumnSink<Double>
    private let y: ColumnSink<Double>
    private let segment: ColumnSink<Int32>
    private let channel: ColumnSink<Int32>
    private let tagsLow: ColumnSink<UInt64>
    private let tagsHigh: ColumnSink<UInt64>
    private let weight: ColumnSink<Double>
    private let lineOffsets: ColumnSink<Int64>
    private let lineProduct: ColumnSink<Int32>
    private let lineQuantity: ColumnSink<Int32>
    private let linePrice: ColumnSink<Double>

    init(
        _ archive: ColumnArchiveWriter, _ assembly: DatasetAssembly, orderCapacity count: Int, lineCapacity: Int?
    ) throws(OperationError) {
        prefixOffsets = try archive.open("orders.id.prefixes.offsets", of: Int64.self)
        prefixBytes = try archive.open("orders.id.prefixes", of: UInt8.self)
        prefix = try archive.open("orders.id.prefix", of: Int32.self, capacity: count)
        number = try archive.open("orders.id.number", of: Int32.self, capacity: count)
        idHash = try archive.open("orders.id_hash", of: UInt64.self, capacity: count)
        placedAt = try archive.open("orders.placed_at", of: Double.self, capacity: count)
        approvedAt = archive.open("orders.approved_at", sameAs: placedAt)
        promisedAt = try archive.open("orders.promised_at", of: Double.self, capacity: count)
        zone = try archive.open("orders.zone", of: Int32.self, capacity: count)
        x = try archive.open("orders.x", table: assembly.zones.map(\.place.x), at: "orders.zone")
        y = try archive.open("orders.y", table: assembly.zones.map(\.place.y), at: "orders.zone")
        segment = try archive.open("orders.segment", of: Int32.self, capacity: count)
        channel = try archive.open("orders.channel", of: Int32.self, capacity: count)
        tagsLow = try archive.open("orders.tags.low", of: UInt64.self, capacity: count)
        tagsHigh = try archive.open("orders.tags.high", of: UInt64.self, capacity: count)
        weight = try archive.open("orders.weight", of: Double.self, capacity: count)
        lineOffsets = try archive.open("orders.line_offsets", of: Int64.self, capacity: count + 1)
        lineProduct = try archive.open("orders.line_product", of: Int32.self, capacity: lineCapacity)
        lineQuantity = try archive.open("orders.line_quantity", of: Int32.self, capacity: lineCapacity)
        linePrice = try archive.open(
            "orders.line_price", table: assembly.products.prices, at: "orders.line_product")
        try prefixOffsets.append(0)
    }

    /// Orders so far.
    var count: Int { number.count }

    func add(prefix text: String) throws(OperationError) {
        for byte in text.utf8 { try prefixBytes.append(byte) }
        try prefixOffsets.append(Int64(prefixBytes.count))
    }

    func add(_ order: DatasetColumnsWriter.Order, lineCount: Int, place: Place) throws(OperationError) {
        try prefix.append(order.prefix)
        try number.append(order.number)
        try idHash.append(order.idHash)
        try placedAt.append(order.placedAt)
        try approvedAt.append(order.placedAt)
        try promisedAt.append(order.promisedAt)
        try zone.append(order.zone)
        try x.append(place.x)
        try y.append(place.y)
        try segment.append(order.segment)
        try channel.append(order.channel)
        try tagsLow.append(UInt64(truncatingIfNeeded: order.tags.bits))
        try tagsHigh.append(UInt64(truncatingIfNeeded: order.tags.bits >> 64))
        try weight.append(1)
        try lineOffsets.append(Int64(lineCount))
    }

    func addLine(product: Int32, quantity: Int32, price: Double) throws(OperationError) {
        try lineProduct.append(product)
        try lineQuantity.append(quantity)
        try linePrice.append(price)
    }

    func finish(lineCount: Int) throws(OperationError) { try lineOffsets.append(Int64(lineCount)) }
}

/// A row of `history` with its references resolved, of the order it is given with; the columns of ``HistoryTable``.
public struct HistoryRecord: Sendable {
    /// Product index, -1 = all lines of the order.
    public var product: Int32 = -1
    /// Node index, -1 = unknown.
    public var node: Int32 = -1
    /// Service index, -1 = unknown.
    public var service: Int32 = -1
    /// Seconds, NaN = never.
    public var shippedAt = Double.nan
    /// Seconds, NaN = never.
    public var deliveredAt = Double.nan
    /// Whether the customer cancelled.
    public var isCancelled = false
    /// Seconds, NaN = not cancelled or not known when.
    public var cancelledAt = Double.nan
    /// Money, NaN = unknown.
    public var freightPaid = Double.nan
    /// Whether the customer complained, nil = unknown.
    public var complaint: Bool?

    /// A row of which nothing is known.
    public init() {}
}

/// The open columns of history.
final class HistorySinks {
    private let offsets: ColumnSink<Int64>
    private let product: ColumnSink<Int32>
    private let node: ColumnSink<Int32>
    private let service: ColumnSink<Int32>
    private let shippedAt: ColumnSink<Double>
    private let deliveredAt: ColumnSink<Double>
    private let cancelled: ColumnSink<UInt8>
    private let cancelledAt: ColumnSink<Double>
    private let freightPaid: ColumnSink<Double>
    private let complaint: ColumnSink<UInt8>
    /// Rows so far.
    private(set) var count = 0

    init(_ archive: ColumnArchiveWriter, orderCapacity: Int) throws(OperationError) {
        offsets = try archive.open("history.offsets", of: Int64.self, capacity: orderCapacity + 1)
        product = try archive.open("history.product", of: Int32.self)
        node = try archive.open("history.node", of: Int32.self)
        service = try archive.open("history.service", of: Int32.self)
        shippedAt = try archive.open("history.shipped_at", of: Double.self)
        deliveredAt = try archive.open("history.delivered_at", of: Double.self)
        cancelled = try archive.open("history.cancelled", of: UInt8.self)
        cancelledAt = try archive.open("history.cancelled_at", of: Double.self)
        freightPaid = try archive.open("history.freight_paid", of: Double.self)
        complaint = try archive.open("history.complaint", of: UInt8.self)
    }

    /// Marks where the rows of a further order begin.
    func beginOrder() throws(OperationError) { try offsets.append(Int64(count)) }

    func add(_ rows: [HistoryRecord]) throws(OperationError) {
        let sorted = rows.map { HistoryAssembly.Row($0) }.sorted(by: HistoryAssembly.precedes)
        for row in sorted {
            try product.append(row.product)
            try node.append(row.node)
            try service.append(row.service)
            try shippedAt.append(row.shippedAt)
            try deliveredAt.append(row.deliveredAt)
            try cancelled.append(row.cancelled)
            try cancelledAt.append(row.cancelledAt)
            try freightPaid.append(row.freightPaid)
            try complaint.append(row.complaint)
        }
        count += rows.count
    }

    func finish() throws(OperationError) { try offsets.append(Int64(count)) }
}

extension HistoryAssembly.Row {
    /// A row of the order in hand.
    init(_ record: HistoryRecord) {
        self.init(
            product: record.product, node: record.node, service: record.service, shippedAt: record.shippedAt,
            deliveredAt: record.deliveredAt, cancelled: record.isCancelled ? 1 : 0, cancelledAt: record.cancelledAt,
            freightPaid: record.freightPaid, complaint: record.complaint.map { $0 ? 1 : 0 } ?? 2)
    }
}
