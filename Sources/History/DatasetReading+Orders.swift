import Domain
import Storage

/// Orders and their lines: the tables that may be large, read without a string a field.
extension DatasetReading {
    mutating func readOrders(hasCustomers: Bool) throws(InputError) {
        let ahead = LinesAhead(folder)
        defer { ahead?.stop() }
        guard let (orders, found) = try readOrderRows(hasCustomers: hasCustomers) else { return }
        var rows = found
        // Before the table is opened once more: two threads that decompress it would be one too many.
        let taken = ahead?.take(into: &rows, products: products)
        guard let lines = try open(.orderLines) else { return }
        var lineReading = LineReading(lines, orderCount: taken == nil ? rows.count : 0)
        if taken == nil { try lineReading.readAll(into: &rows, products: products) }
        func count(ofOrder order: Int) -> Int {
            taken.map { Int($0.ofOrders[order]) } ?? lineReading.count(ofOrder: order)
        }
        for position in 0..<rows.count where count(ofOrder: position) == 0 && !rows.isSetAside(position) {
            rows.rowsSetAside.insert(Int32(position))
            log.count(
                "order_without_lines", in: .orders, "orders without a line that is kept", severity: .warning,
                treatment: .setAside
            ) { "\(orders.file): order '\(rows.ids.text(position))'" }
        }
        try close(orders, kept: (0..<rows.count).count { count(ofOrder: $0) > 0 })
        try close(lines, kept: rows.lineOrders.count, read: taken?.rowCount)
        if rows.lineOrders.isEmpty { throw empty(orders) }
        builder.orders = rows
    }

    /// The rows of `orders`; nil where there is no such table.
    ///
    /// Nearly always all ids differ and no row is wrong. So ids are looked up together, after the rows, which takes a
    /// third of the time; where that finds anything, the table is read anew, each id looked up where it stands, so that
    /// what is told is the first thing that is wrong.
    private func readOrderRows(hasCustomers: Bool) throws(InputError) -> (TableSource, OrderRows)? {
        do throws(InputError) {
            guard let (source, found) = try readOrderRows(hasCustomers: hasCustomers, looksUpIds: false) else {
                return nil
            }
            var rows = found
            if rows.ids.indexAll() { return (source, rows) }
        } catch {
            // The same error comes again, unless another is before it.
        }
        log.forget(.orders)
        return try readOrderRows(hasCustomers: hasCustomers, looksUpIds: true)
    }

    private func readOrderRows(hasCustomers: Bool, looksUpIds: Bool) throws(InputError) -> (TableSource, OrderRows)? {
        guard let source = try open(.orders) else { return nil }
        var rows = OrderRows()
        var reading = OrderReading(
            source, instants: instants, system: builder.description.coordinates, looksUpIds: looksUpIds)
        try reading.readAll(
            into: &rows, end: builder.description.end, zones: zones, customers: hasCustomers ? builder.customers : nil)
        return (source, rows)
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
