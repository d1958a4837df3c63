import Domain
import Storage

/// Reads the rows of `history`, without a string a field.
struct HistoryReading {
    private let source: TableSource
    private let reader: CSVReader
    private let product, node, service, shippedAt, deliveredAt, cancelled, cancelledAt, freightPaid,
        complaint: Int?
    private let known: (products: KnownIds, nodes: KnownIds, services: KnownIds)
    /// One a column, since each remembers the last dates.
    private var shippedInstants, deliveredInstants, cancelledInstants: InstantParser
    private var ofOrders: RowsOfOrders
    private var products = NameColumn()
    private var nodes = NameColumn()
    private var services = NameColumn()
    private var freightMissing = RowCounter("freight_missing", "delivered, freight not known")
    private var freightZero = RowCounter("freight_zero", "freight of 0")
    private var timeMissing = RowCounter("cancelled_without_time", "cancelled without a time")
    private var notDelivered = RowCounter("shipped_not_delivered", "shipped, neither delivered nor cancelled")

    init(
        _ source: TableSource, instants: InstantParser, orderCount: Int,
        known: (products: KnownIds, nodes: KnownIds, services: KnownIds)
    ) {
        self.source = source
        self.known = known
        reader = source.reader
        shippedInstants = instants
        deliveredInstants = instants
        cancelledInstants = instants
        product = source.column("product")
        node = source.column("node")
        service = source.column("service")
        shippedAt = source.column("shipped_at")
        deliveredAt = source.column("delivered_at")
        cancelled = source.column("cancelled")
        cancelledAt = source.column("cancelled_at")
        freightPaid = source.column("freight_paid")
        complaint = source.column("complaint")
        ofOrders = RowsOfOrders(source, name: "history", orderCount: orderCount)
    }

    /// Reads all rows; the orders are not changed, but passed without a copy.
    mutating func readAll(into rows: inout HistoryRows, orders: inout OrderRows) throws(InputError) {
        while try reader.nextRow() {
            try readRow(into: &rows, orders: &orders)
            if reader.rowCount == TableSource.rowsBeforeEstimate {
                rows.reserveCapacity(source.estimatedRowCount)
                ofOrders.reserveCapacity(source.estimatedRowCount)
            }
        }
        freightMissing.finish(source)
        freightZero.finish(source)
        timeMissing.finish(source)
        notDelivered.finish(source)
    }

    private mutating func readRow(into rows: inout HistoryRows, orders: inout OrderRows) throws(InputError) {
        guard let current = try ofOrders.current(in: &orders) else { return }
        if !current.isASCII { for column in [product, node, service] { _ = try source.text(column) } }
        var row = try values()
        try source.check(DatasetRules.problem(in: row))
        guard current.isKept else { return ofOrders.dropWithOrder(current) }
        guard takeNames(&row, &rows) else { return ofOrders.drop(current) }
        let order = Int(current.order)
        noteTimes(row, placedAt: orders.placedAt[order], approvedAt: orders.approved(order))
        ofOrders.keep(current)
        rows.append(row, ofOrderAt: current.order)
    }

    /// The current row without its names.
    private mutating func values() throws(InputError) -> HistoryRows.Row {
        var row = HistoryRows.Row()
        row.shippedAt = try source.instant(shippedAt, &shippedInstants) ?? .nan
        row.deliveredAt = try source.instant(deliveredAt, &deliveredInstants) ?? .nan
        row.cancelled = try source.flag(cancelled) ?? false
        row.cancelledAt = try source.instant(cancelledAt, &cancelledInstants) ?? .nan
        row.freightPaid = try source.number(freightPaid) ?? .nan
        row.complaint = try source.flag(complaint)
        return row
    }

    /// Takes product, node and service; false where the product is not known, which is counted.
    private mutating func takeNames(_ row: inout HistoryRows.Row, _ rows: inout HistoryRows) -> Bool {
        if let product, !reader.isBlank(product) {
            row.product = reader.withField(product) {
                products.number($0, in: &rows.productNames, known: known.products)
            }
            if row.product < 0 {
                source.setAside("unknown_product", "history of a product that is not in products", at: product)
                return false
            }
        }
        if let node, !reader.isBlank(node) {
            row.node = reader.withField(node) { nodes.number($0, in: &rows.nodeNames, known: known.nodes) }
            if row.node < 0 {
                source.repaired("unknown_node", "history at a node that is not in nodes, now unknown", at: node)
            }
        }
        if let service, !reader.isBlank(service) {
            row.service = reader.withField(service) {
                services.number($0, in: &rows.serviceNames, known: known.services)
            }
            if row.service < 0 {
                source.repaired(
                    "unknown_service", "history by a service that is not in services, now unknown", at: service)
            }
        }
        return true
    }

    /// Counts what does not fit together in a row that is kept. Comparisons with NaN (never) are false.
    private mutating func noteTimes(_ row: HistoryRows.Row, placedAt: Double, approvedAt: Double) {
        if row.shippedAt < placedAt {
            source.note("shipped_before_placed", "shipped before the order was placed", at: shippedAt)
        } else if row.shippedAt < approvedAt {
            source.note("shipped_before_approved", "shipped before the order was approved", at: shippedAt)
        }
        if row.deliveredAt < row.shippedAt {
            source.note("delivered_before_shipped", "delivered before shipped", at: deliveredAt)
        }
        if !row.deliveredAt.isNaN, row.shippedAt.isNaN {
            source.note("delivered_without_shipped", "delivered without a time of shipment", at: deliveredAt)
        }
        if row.cancelled, !row.deliveredAt.isNaN {
            source.note("cancelled_but_delivered", "cancelled, with a time of delivery", at: deliveredAt)
        }
        if !row.cancelled, !row.shippedAt.isNaN, row.deliveredAt.isNaN { notDelivered.count(source, at: shippedAt) }
        if row.cancelled, row.cancelledAt.isNaN { timeMissing.count(source) }
        if row.cancelledAt < placedAt {
            source.note("cancelled_before_placed", "cancelled before the order was placed", at: cancelledAt)
        }
        if row.freightPaid == 0 { freightZero.count(source, at: freightPaid) }
        if row.freightPaid < 0 { source.note("freight_negative", "freight below 0", at: freightPaid) }
        if row.freightPaid.isNaN, !row.deliveredAt.isNaN { freightMissing.count(source) }
    }
}
