import Storage

/// History rows as they come, one array a column; ids that repeat are numbers.
struct HistoryRows: Sendable {
    /// The row of each order among the orders; where negative, ~its number in ``orderNames``.
    private(set) var orders = LargeArray<Int32>()
    /// Ids of orders that were not looked up.
    private(set) var orderNames = ByteIndex()
    /// Numbers in ``productNames``, -1 = all lines.
    private(set) var products = SparseColumn(usual: Int32(-1))
    var productNames = ByteIndex()
    /// Numbers in ``nodeNames``, -1 = unknown.
    private(set) var nodes = LargeArray<Int32>()
    var nodeNames = ByteIndex()
    /// Numbers in ``serviceNames``, -1 = unknown.
    private(set) var services = LargeArray<Int32>()
    var serviceNames = ByteIndex()
    /// NaN = never.
    private(set) var shippedAt = LargeArray<Double>()
    private(set) var deliveredAt = LargeArray<Double>()
    private(set) var cancelled = LargeArray<UInt8>()
    private(set) var cancelledAt = SparseColumn(usual: Double.nan)
    /// NaN = unknown.
    private(set) var freightPaid = LargeArray<Double>()
    /// 0 no, 1 yes, 2 unknown.
    private(set) var complaint = LargeArray<UInt8>()
    /// The first row that is out of range.
    private(set) var problem: (row: Int, problem: RangeProblem)?

    /// A row without its order.
    struct Row {
        var product: Int32 = -1
        var node: Int32 = -1
        var service: Int32 = -1
        var shippedAt = Double.nan
        var deliveredAt = Double.nan
        var cancelled = false
        var cancelledAt = Double.nan
        var freightPaid = Double.nan
        var complaint: Bool?
    }

    /// Number of rows.
    var count: Int { orders.count }

    /// Makes room for so many rows.
    mutating func reserveCapacity(_ rows: Int) {
        orders.reserveCapacity(rows)
        products.reserveCapacity(rows)
        nodes.reserveCapacity(rows)
        services.reserveCapacity(rows)
        shippedAt.reserveCapacity(rows)
        deliveredAt.reserveCapacity(rows)
        cancelled.reserveCapacity(rows)
        cancelledAt.reserveCapacity(rows)
        freightPaid.reserveCapacity(rows)
        complaint.reserveCapacity(rows)
    }

    /// Appends a row of the order with that row number.
    mutating func append(_ row: Row, ofOrderAt order: Int32) {
        orders.append(order)
        products.append(row.product)
        nodes.append(row.node)
        services.append(row.service)
        shippedAt.append(row.shippedAt)
        deliveredAt.append(row.deliveredAt)
        cancelled.append(row.cancelled ? 1 : 0)
        cancelledAt.append(row.cancelledAt, isUsual: row.cancelledAt.isNaN)
        freightPaid.append(row.freightPaid)
        complaint.append(row.complaint.map { $0 ? 1 : 0 } ?? 2)
    }

    /// Appends a row of an order that may come later.
    mutating func append(_ row: Row, ofOrder order: String) {
        if problem == nil, let found = DatasetRules.problem(in: row) { problem = (count, found) }
        append(row, ofOrderAt: ~orderNames.insert(order).number)
    }

    /// The number of a product's id; nil = all lines.
    mutating func number(ofProduct id: String?) -> Int32 { id.map { productNames.insert($0).number } ?? -1 }
    /// The number of a node's id; nil = unknown.
    mutating func number(ofNode id: String?) -> Int32 { id.map { nodeNames.insert($0).number } ?? -1 }
    /// The number of a service's id; nil = unknown.
    mutating func number(ofService id: String?) -> Int32 { id.map { serviceNames.insert($0).number } ?? -1 }
}
