import Domain
import Storage

/// Orders and their lines: the tables that may be large, read without a string a field.
extension DatasetReading {
    mutating func readOrders(hasCustomers: Bool) throws(InputError) {
        guard let orders = try open(.orders) else { return }
        // Taken out while it grows, so that it is held once.
        var rows = builder.orders
        builder.orders = OrderRows()
        var orderReading = OrderReading(orders, instants: instants, system: builder.description.coordinates)
        try orderReading.readAll(
            into: &rows, end: builder.description.end, zones: zones, customers: hasCustomers ? builder.customers : nil)
        guard let lines = try open(.orderLines) else { return }
        var lineReading = LineReading(lines, orderCount: rows.count)
        try lineReading.readAll(into: &rows, products: products)
        for position in 0..<rows.count where lineReading.count(ofOrder: position) == 0 && !rows.isSetAside(position) {
            rows.rowsSetAside.insert(Int32(position))
            log.count(
                "order_without_lines", in: .orders, "orders without a line that is kept", severity: .warning,
                treatment: .setAside
            ) { "\(orders.file): order '\(rows.ids.text(position))'" }
        }
        try close(orders, kept: (0..<rows.count).count { lineReading.count(ofOrder: $0) > 0 })
        try close(lines, kept: rows.lineOrders.count)
        if rows.lineOrders.isEmpty { throw empty(orders) }
        builder.orders = rows
    }
}

/// Counts rows of which there may be many: the first few go to the log at once, with their place, the others at the end.
struct RowCounter {
    private let code: String
    private let message: String
    private var later = 0
    private var logged = 0

    init(_ code: String, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Counts the current row of a table.
    mutating func count(_ source: TableSource, at column: Int? = nil) {
        if logged == QualityLog.exampleLimit {
            later += 1
        } else {
            logged += 1
            source.note(code, message, at: column)
        }
    }

    /// Tells the log of the rows it has not heard of.
    func finish(_ source: TableSource) {
        guard later > 0 else { return }
        source.log.count(code, in: source.table, message, times: later) { nil }
    }
}
