import Domain
import Storage

/// Reads the rows of `order_lines`.
struct LineReading {
    private let source: TableSource
    private let reader: CSVReader
    private let order, product, quantity, price: Int?
    private var orders = OrderFinder()
    private var products = NameColumn()
    private var repeated: RepeatedRows
    private var priceZero = RowCounter("price_zero", "lines with a price of 0")

    init(_ source: TableSource, orderCount: Int) {
        self.source = source
        reader = source.reader
        order = source.column("order")
        product = source.column("product")
        quantity = source.column("quantity")
        price = source.column("price")
        repeated = RepeatedRows(orderCount: orderCount)
    }

    /// Kept lines of an order.
    func count(ofOrder order: Int) -> Int { repeated.count(ofOrder: order) }

    /// Reads all rows.
    mutating func readAll(into rows: inout OrderRows, products: KnownIds) throws(InputError) {
        while try reader.nextRow() {
            try readRow(into: &rows, products: products)
            if reader.rowCount == TableSource.rowsBeforeEstimate { reserve(&rows) }
        }
        priceZero.finish(source)
    }

    /// Makes room for all rows.
    private mutating func reserve(_ rows: inout OrderRows) {
        let count = source.estimatedRowCount
        rows.reserveCapacity(lines: count)
        repeated.reserveCapacity(count)
    }

    private mutating func readRow(into rows: inout OrderRows, products: KnownIds) throws(InputError) {
        let isText = reader.recordIsASCII
        let fingerprint = reader.recordFingerprint
        guard let order, !reader.isBlank(order) else {
            _ = try source.required(order, expected: "the id of an order")
            return
        }
        if !isText { _ = try reader.text(order) }
        let position = reader.withField(order) { orders.row(of: $0, in: &rows) }
        let isKept = position >= 0 && !rows.isSetAside(Int(position))
        if isKept ? repeated.isRepeated(fingerprint, ofOrder: position) : repeated.isRepeated(fingerprint) {
            source.setAsideDuplicate()
            return
        }
        guard let product, !reader.isBlank(product) else {
            _ = try source.required(product, expected: "the id of a product")
            return
        }
        if !isText { _ = try reader.text(product) }
        let quantity = try source.requiredCount(quantity)
        let price = try source.number(price)
        try source.check(DatasetRules.problem(inLineOf: quantity, price: price))
        guard isKept else {
            setAside(position, at: order)
            repeated.rememberSetAside(fingerprint)
            return
        }
        let number = reader.withField(product) { self.products.number($0, in: &rows.productNames, known: products) }
        if number < 0 {
            source.setAside("unknown_product", "lines of a product that is not in products", at: product)
            repeated.rememberSetAside(fingerprint)
            return
        }
        if price == 0 { priceZero.count(source, at: self.price) }
        repeated.remember(fingerprint, ofOrder: position)
        rows.lineOrders.append(position)
        rows.lineProducts.append(number)
        rows.lineQuantities.append(Int32(clamping: quantity))
        rows.linePrices.append(price ?? .nan, isUsual: price == nil)
    }

    /// Counts a line of an order that is not there or set aside.
    private func setAside(_ position: Int32, at column: Int) {
        if position < 0 {
            source.setAside("unknown_order", "lines of an order that is not in orders", at: column)
        } else {
            source.setAside("order_set_aside", "lines of an order that is set aside", at: column)
        }
    }
}
