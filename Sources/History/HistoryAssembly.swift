import Domain

/// History rows by order, then product, node, service and times.
struct HistoryAssembly {
    /// A row with its references resolved.
    struct Row {
        var order: Int32
        var product: Int32
        var node: Int32
        var service: Int32
        var shippedAt: Double
        var deliveredAt: Double
        var cancelled: UInt8
        var cancelledAt: Double
        var freightPaid: Double
        var complaint: UInt8
    }
    let offsets: [Int64]
    let rows: [Row]
    /// Whether there is any history at all.
    var isEmpty: Bool { rows.isEmpty }

    /// Resolves and sorts.
    ///
    /// - Throws: `InputError` for an unknown id.
    init(_ assembly: DatasetAssembly, orders: OrderAssembly) throws(InputError) {
        var rows: [Row] = []
        let history = assembly.builder.history
        for (id, row) in zip(history.orders, history.rows) {
            let position = assembly.builder.orders.ids.number(of: id)
            guard position >= 0 else {
                throw InputError(found: "unknown order '\(id)' in history", expected: "the id of an order")
            }
            try DatasetAssembly.check(DatasetRules.problem(in: row), in: "the history of order '\(id)'")
            let order = orders.places[Int(position)]
            if order < 0 { continue }
            var product: Int32 = -1
            var node: Int32 = -1
            var service: Int32 = -1
            if let id = row.product { product = Int32(try assembly.productIds.index(id, in: "history")) }
            if let id = row.node { node = Int32(try assembly.nodeIds.index(id, in: "history")) }
            if let id = row.service { service = Int32(try assembly.serviceIds.index(id, in: "history")) }
            rows.append(
                Row(
                    order: order, product: product, node: node, service: service, shippedAt: row.shippedAt,
                    deliveredAt: row.deliveredAt, cancelled: row.cancelled ? 1 : 0, cancelledAt: row.cancelledAt,
                    freightPaid: row.freightPaid, complaint: row.complaint.map { $0 ? 1 : 0 } ?? 2))
        }
        rows.sort(by: Self.precedes)
        self.rows = rows
        var offsets = [Int64](repeating: 0, count: orders.rows.count + 1)
        for row in rows { offsets[Int(row.order) + 1] += 1 }
        for index in offsets.indices.dropFirst() { offsets[index] += offsets[index - 1] }
        self.offsets = offsets
    }

    /// A total order of rows, so that their order in the file leaves no trace. NaN sorts by its bits: after all times.
    static func precedes(_ left: Row, _ right: Row) -> Bool {
        if left.order != right.order { return left.order < right.order }
        if left.product != right.product { return left.product < right.product }
        if left.node != right.node { return left.node < right.node }
        if left.service != right.service { return left.service < right.service }
        for (a, b) in [
            (left.shippedAt, right.shippedAt), (left.deliveredAt, right.deliveredAt),
            (left.cancelledAt, right.cancelledAt), (left.freightPaid, right.freightPaid),
        ] where a.bitPattern != b.bitPattern {
            return a.isTotallyOrdered(belowOrEqualTo: b)
        }
        return (left.cancelled, left.complaint) < (right.cancelled, right.complaint)
    }
}
