import Domain

/// What really happened.
extension DatasetReading {
    mutating func readHistory() throws(InputError) {
        guard let source = try open(.history) else { return }
        let order = source.column("order")
        while try source.next() {
            let id = try source.required(order, expected: "the id of an order")
            var row = try historyRow(source)
            try source.check(DatasetRules.problem(in: row))
            let position = builder.orders.ids.number(of: id)
            guard position >= 0, !builder.orders.isSetAside(Int(position)) else {
                if position >= 0 {
                    source.setAside("order_set_aside", "history of an order that is set aside", at: order)
                } else {
                    source.setAside("unknown_order", "history of an order that is not in orders", at: order)
                }
                continue
            }
            if let product = row.product, !products.contains(product) {
                source.setAside(
                    "unknown_product", "history of a product that is not in products", at: source.column("product"))
                continue
            }
            if let node = row.node, !nodes.contains(node) {
                source.repaired(
                    "unknown_node", "history at a node that is not in nodes, now unknown", at: source.column("node"))
                row.node = nil
            }
            if let service = row.service, !services.contains(service) {
                source.repaired(
                    "unknown_service", "history by a service that is not in services, now unknown",
                    at: source.column("service"))
                row.service = nil
            }
            noteTimes(row, order: Int(position), source)
            builder.history.orders.append(id)
            builder.history.rows.append(row)
        }
        try close(source, kept: builder.history.rows.count)
    }

    /// The current row.
    private func historyRow(_ source: TableSource) throws(InputError) -> DatasetBuilder.HistoryRow {
        DatasetBuilder.HistoryRow(
            product: try source.text(source.column("product")), node: try source.text(source.column("node")),
            service: try source.text(source.column("service")),
            shippedAt: try source.instant(source.column("shipped_at")) ?? .nan,
            deliveredAt: try source.instant(source.column("delivered_at")) ?? .nan,
            cancelled: try source.flag(source.column("cancelled")) ?? false,
            cancelledAt: try source.instant(source.column("cancelled_at")) ?? .nan,
            freightPaid: try source.number(source.column("freight_paid")) ?? .nan,
            complaint: try source.flag(source.column("complaint")))
    }

    /// Counts what does not fit together in a row that is kept. Comparisons with NaN (never) are false.
    private func noteTimes(_ row: DatasetBuilder.HistoryRow, order: Int, _ source: TableSource) {
        let shipped = source.column("shipped_at")
        let delivered = source.column("delivered_at")
        let freight = source.column("freight_paid")
        if row.shippedAt < builder.orders.placedAt[order] {
            source.note("shipped_before_placed", "shipped before the order was placed", at: shipped)
        } else if row.shippedAt < builder.orders.approved(order) {
            source.note("shipped_before_approved", "shipped before the order was approved", at: shipped)
        }
        if row.deliveredAt < row.shippedAt {
            source.note("delivered_before_shipped", "delivered before shipped", at: delivered)
        }
        if !row.deliveredAt.isNaN, row.shippedAt.isNaN {
            source.note("delivered_without_shipped", "delivered without a time of shipment", at: delivered)
        }
        if row.cancelled, !row.deliveredAt.isNaN {
            source.note("cancelled_but_delivered", "cancelled, with a time of delivery", at: delivered)
        }
        if !row.cancelled, !row.shippedAt.isNaN, row.deliveredAt.isNaN {
            source.note("shipped_not_delivered", "shipped, neither delivered nor cancelled", at: shipped)
        }
        if row.cancelled, row.cancelledAt.isNaN {
            source.note("cancelled_without_time", "cancelled without a time")
        }
        if row.cancelledAt < builder.orders.placedAt[order] {
            source.note(
                "cancelled_before_placed", "cancelled before the order was placed", at: source.column("cancelled_at"))
        }
        if row.freightPaid == 0 { source.note("freight_zero", "freight of 0", at: freight) }
        if row.freightPaid < 0 { source.note("freight_negative", "freight below 0", at: freight) }
        if row.freightPaid.isNaN, !row.deliveredAt.isNaN {
            source.note("freight_missing", "delivered, freight not known")
        }
    }
}
