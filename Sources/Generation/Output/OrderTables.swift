import Domain
import History

/// Writes the tables that grow with the orders, batch by batch.
struct OrderTables {
    private let network: Network
    private let tags: OrderTags
    private let orders: TableWriter
    private let lines: TableWriter
    private let history: TableWriter?
    private var recorder: PastRecorder?
    /// Texts of sets of tags met so far; looked up only.
    private var tagTexts: [UInt128: TableWriter.Cell] = [:]

    /// Opens the tables; `recorder` says what is on record, if anything is.
    init(_ network: Network, recorder: PastRecorder?, to writer: DatasetWriter) throws(OperationError) {
        self.network = network
        self.recorder = recorder
        tags = OrderTags(network)
        orders = try writer.table(
            .orders, columns: ["id", "placed_at", "customer", "segment", "zone", "promised_at", "channel", "tags"])
        lines = try writer.table(.orderLines, columns: ["order", "product", "quantity"])
        history =
            recorder == nil
            ? nil
            : try writer.table(
                .history,
                columns: [
                    "order", "product", "node", "service", "shipped_at", "delivered_at", "cancelled", "cancelled_at",
                    "freight_paid", "complaint",
                ])
    }

    /// Writes a batch.
    mutating func write(_ batch: OrderBatch) throws(OperationError) {
        for order in 0..<batch.count {
            let id = TableWriter.Cell.text(batch.id(of: order))
            try writeOrder(order, id: id, of: batch)
            for line in batch.lines(of: order) {
                try lines.row([
                    id, .text(network.catalogue.products[Int(batch.lineProducts[line])].id),
                    .integer(Int(batch.lineQuantities[line])),
                ])
            }
        }
        for row in recorder?.rows(of: batch) ?? [] { try writeHistory(row, of: batch) }
    }

    private mutating func writeOrder(_ order: Int, id: TableWriter.Cell, of batch: OrderBatch) throws(OperationError) {
        let specification = network.specification
        let zone = Int(batch.zones[order])
        let customer = Int(batch.customers[order])
        let segment = Int(batch.segments[order])
        let channel = Int(batch.channels[order])
        let bits = batch.tags[order]
        if tagTexts[bits] == nil { tagTexts[bits] = .text(tags.text(bits)) }
        try orders.row([
            id, .text(specification.clock.text(batch.placedAt[order])),
            customer < 0
                ? .blank
                : .text(
                    CustomerPool.id(
                        zone: network.zones[zone].id, number: customer - network.customers.offsets[zone])),
            // A customer's segment is the customer's.
            customer >= 0 || segment < 0 ? .blank : .text(specification.customers.segments[segment].id),
            .text(network.zones[zone].id),
            batch.promisedAt[order] < .infinity ? .text(specification.clock.text(batch.promisedAt[order])) : .blank,
            channel < 0 ? .blank : .text(specification.customers.channels[channel].word),
            tagTexts[bits] ?? .blank,
        ])
    }

    private func writeHistory(_ row: PastRow, of batch: OrderBatch) throws(OperationError) {
        let specification = network.specification
        func instant(_ time: Double?) -> TableWriter.Cell { .init(time.map(specification.clock.text)) }
        try history?
            .row([
                .text(batch.id(of: row.order)), .init(row.product.map { network.catalogue.products[$0].id }),
                .init(row.node.map { specification.nodes[$0].id }),
                .init(row.service.map { specification.carriers.services[$0].id }), instant(row.shippedAt),
                instant(row.deliveredAt), .flag(row.cancelledAt != nil), instant(row.cancelledAt),
                .init(row.freightPaid), row.complaint.map { .flag($0) } ?? .blank,
            ])
    }
}
