import Domain
import Storage

/// History rows by order, then product, node, service and times.
struct HistoryAssembly {
    /// What rows of one order are sorted by.
    struct Row {
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
    /// First row of each order, and the row count at the end.
    let offsets: LargeArray<Int64>
    /// The builder's rows that are kept, in their final order.
    private(set) var order: RowOrder
    let source: HistoryRows
    private var productOfName: [Int32] = []
    private var nodeOfName: [Int32] = []
    private var serviceOfName: [Int32] = []
    /// Whether there is any history at all.
    var isEmpty: Bool { order.count == 0 }

    /// Resolves and sorts.
    ///
    /// - Throws: `InputError` for an unknown id.
    init(_ assembly: DatasetAssembly, orders: OrderAssembly) throws(InputError) {
        let source = assembly.builder.history
        self.source = source
        let ids = assembly.builder.orders.ids
        let rowOfName = source.orderNames.texts.map { ids.number(of: $0) }
        func orderRow(_ row: Int) -> Int32 {
            let order = source.orders[row]
            return order >= 0 ? order : rowOfName[Int(~order)]
        }
        if !rowOfName.isEmpty || source.problem != nil {
            for row in 0..<source.count {
                let id = source.orders[row] < 0 ? source.orderNames.text(Int(~source.orders[row])) : ""
                guard orderRow(row) >= 0 else {
                    throw InputError(found: "unknown order '\(id)' in history", expected: "the id of an order")
                }
                if let (first, problem) = source.problem, first == row {
                    throw DatasetAssembly.error(problem, in: "the history of order '\(id)'")
                }
            }
        }
        (order, offsets) = RowOrder.grouped(rows: source.count, groups: orders.rows.count) { row in
            orders.place(ofRow: Int(orderRow(row)))
        }
        productOfName = try Self.indices(source.productNames, assembly.productIds)
        nodeOfName = try Self.indices(source.nodeNames, assembly.nodeIds)
        serviceOfName = try Self.indices(source.serviceNames, assembly.serviceIds)
        sortRows()
    }

    /// The index of each name.
    private static func indices(_ names: ByteIndex, _ ids: SortedIdentifiers) throws(InputError) -> [Int32] {
        var result: [Int32] = []
        for name in names.texts { result.append(Int32(try ids.index(name, in: "history"))) }
        return result
    }

    /// Product index of each row, in the final order; -1 = all lines.
    var products: LargeArray<Int32> { order.gathered { product($0) } }
    /// Node index of each row.
    var nodes: LargeArray<Int32> { order.gathered { node($0) } }
    /// Service index of each row.
    var services: LargeArray<Int32> { order.gathered { service($0) } }
    /// When the customer cancelled, NaN = never.
    var cancelledAt: LargeArray<Double> { order.gathered { source.cancelledAt[$0] } }

    private func product(_ row: Int) -> Int32 {
        source.products[row] < 0 ? -1 : productOfName[Int(source.products[row])]
    }
    private func node(_ row: Int) -> Int32 { source.nodes[row] < 0 ? -1 : nodeOfName[Int(source.nodes[row])] }
    private func service(_ row: Int) -> Int32 {
        source.services[row] < 0 ? -1 : serviceOfName[Int(source.services[row])]
    }

    /// Sorts the rows of each order.
    private mutating func sortRows() {
        var sorted: LargeArray<Int32>?
        for index in 0..<(offsets.count - 1) where offsets[index + 1] - offsets[index] > 1 {
            let range = Int(offsets[index])..<Int(offsets[index + 1])
            let rows = range.map { (row: order[$0], content: content(ofRow: order[$0])) }
            if zip(rows.dropFirst(), rows).allSatisfy({ !Self.precedes($0.content, $1.content) }) { continue }
            var places = sorted ?? order.gathered { Int32(truncatingIfNeeded: $0) }
            sorted = nil
            for (place, row) in zip(range, rows.sorted { Self.precedes($0.content, $1.content) }) {
                places[place] = Int32(truncatingIfNeeded: row.row)
            }
            sorted = places
        }
        if let sorted { order = RowOrder(sorted) }
    }

    private func content(ofRow row: Int) -> Row {
        Row(
            product: product(row), node: node(row), service: service(row), shippedAt: source.shippedAt[row],
            deliveredAt: source.deliveredAt[row], cancelled: source.cancelled[row],
            cancelledAt: source.cancelledAt[row], freightPaid: source.freightPaid[row],
            complaint: source.complaint[row])
    }

    /// A total order of an order's rows, so that their order in the file leaves no trace. NaN sorts by its bits: after
    /// all times.
    static func precedes(_ left: Row, _ right: Row) -> Bool {
        if left.product != right.product { return left.product < right.product }
        if left.node != right.node { return left.node < right.node }
        if left.service != right.service { return left.service < right.service }
        if let isBelow = isBelow(left.shippedAt, right.shippedAt) { return isBelow }
        if let isBelow = isBelow(left.deliveredAt, right.deliveredAt) { return isBelow }
        if let isBelow = isBelow(left.cancelledAt, right.cancelledAt) { return isBelow }
        if let isBelow = isBelow(left.freightPaid, right.freightPaid) { return isBelow }
        return (left.cancelled, left.complaint) < (right.cancelled, right.complaint)
    }

    /// Whether a number precedes another; nil where they are the same bits.
    private static func isBelow(_ left: Double, _ right: Double) -> Bool? {
        left.bitPattern == right.bitPattern ? nil : left.isTotallyOrdered(belowOrEqualTo: right)
    }
}
