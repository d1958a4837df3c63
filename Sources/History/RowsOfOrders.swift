import Domain
import Storage

/// What rows that name an order begin with: whose they are, and whether they repeat an earlier one.
struct RowsOfOrders {
    /// The current row, if it is new.
    struct Row {
        /// Row of its order, -1 if there is none.
        let order: Int32
        /// Whether its order is there and not set aside.
        let isKept: Bool
        /// Whether no byte of it is beyond ASCII, so that every field is text.
        let isASCII: Bool
        fileprivate let fingerprint: UInt128
    }
    private let source: TableSource
    /// The column with the order's id.
    private let column: Int?
    /// The rows in a word: "lines of an order that is not in orders".
    private let name: String
    private var finder = OrderFinder()
    private var repeated: RepeatedRows

    init(_ source: TableSource, name: String, orderCount: Int) {
        self.source = source
        self.name = name
        column = source.column("order")
        repeated = RepeatedRows(orderCount: orderCount)
    }

    /// Makes room for so many rows.
    mutating func reserveCapacity(_ rows: Int) { repeated.reserveCapacity(rows) }

    /// Rows of an order that are kept.
    func count(ofOrder order: Int) -> Int { repeated.count(ofOrder: order) }

    /// The current row; nil where it repeats an earlier one, which is counted. The orders are not changed, but passed
    /// without a copy.
    mutating func current(in orders: inout OrderRows) throws(InputError) -> Row? {
        let reader = source.reader
        let isASCII = reader.recordIsASCII
        let fingerprint = reader.recordFingerprint
        guard let column, !reader.isBlank(column) else {
            _ = try source.required(column, expected: "the id of an order")
            return nil
        }
        if !isASCII { _ = try reader.text(column) }
        let order = reader.withField(column) { finder.row(of: $0, in: &orders) }
        let isKept = order >= 0 && !orders.isSetAside(Int(order))
        if isKept ? repeated.isRepeated(fingerprint, ofOrder: order) : repeated.isRepeated(fingerprint) {
            source.setAsideDuplicate()
            return nil
        }
        return Row(order: order, isKept: isKept, isASCII: isASCII, fingerprint: fingerprint)
    }

    /// Keeps a row of an order that is kept.
    mutating func keep(_ row: Row) { repeated.remember(row.fingerprint, ofOrder: row.order) }

    /// Does without a row, for a reason that is counted elsewhere.
    mutating func drop(_ row: Row) { repeated.rememberSetAside(row.fingerprint) }

    /// Does without a row of an order that is not there or set aside, which is counted.
    mutating func dropWithOrder(_ row: Row) {
        if row.order < 0 {
            source.setAside("unknown_order", "\(name) of an order that is not in orders", at: column)
        } else {
            source.setAside("order_set_aside", "\(name) of an order that is set aside", at: column)
        }
        drop(row)
    }
}
