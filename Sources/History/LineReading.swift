import Domain
import Storage

/// Reads the rows of `order_lines`.
struct LineReading {
    private let source: TableSource
    private let reader: CSVReader
    private let product, quantity, price: Int?
    private var ofOrders: RowsOfOrders
    private var products = NameColumn()
    private var priceZero = RowCounter("price_zero", "lines with a price of 0")

    init(_ source: TableSource, orderCount: Int) {
        self.source = source
        reader = source.reader
        product = source.column("product")
        quantity = source.column("quantity")
        price = source.column("price")
        ofOrders = RowsOfOrders(source, name: "lines", orderCount: orderCount)
    }

    /// Kept lines of an order.
    func count(ofOrder order: Int) -> Int { ofOrders.count(ofOrder: order) }

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
        ofOrders.reserveCapacity(count)
    }

    private mutating func readRow(into rows: inout OrderRows, products: KnownIds) throws(InputError) {
        guard let current = try ofOrders.current(in: &rows) else { return }
        guard let product, !reader.isBlank(product) else {
            _ = try source.required(product, expected: "the id of a product")
            return
        }
        if !current.isASCII { _ = try reader.text(product) }
        let quantity = try source.requiredCount(quantity)
        let price = try source.number(price)
        try source.check(DatasetRules.problem(inLineOf: quantity, price: price))
        guard current.isKept else { return ofOrders.dropWithOrder(current) }
        let number = reader.withField(product) { self.products.number($0, in: &rows.productNames, known: products) }
        if number < 0 {
            source.setAside("unknown_product", "lines of a product that is not in products", at: product)
            ofOrders.drop(current)
            return
        }
        if price == 0 { priceZero.count(source, at: self.price) }
        ofOrders.keep(current)
        rows.lineOrders.append(current.order)
        rows.lineProducts.append(number)
        rows.lineQuantities.append(Int32(clamping: quantity))
        rows.linePrices.append(price ?? .nan, isUsual: price == nil)
    }
}
