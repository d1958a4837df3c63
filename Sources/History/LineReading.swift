import Domain
import Storage

/// Reads the rows of `order_lines`.
struct LineReading {
    /// Lines of an order that are compared one by one with a further one; of longer orders the others go to a set.
    private static let fewLines: Int32 = 32

    private let source: TableSource
    private let reader: CSVReader
    private let order, product, quantity, price: Int?
    /// Kept lines of each order.
    private(set) var counts: [Int32]
    /// The order of the row before; lines mostly come in the order of the orders.
    private var last: Int32 = 0
    /// The line before of the same order, or -1, by line; the last line of each order.
    private var previous: [Int32] = []
    private var newest: [Int32]
    private var fingerprints: [UInt128] = []
    /// Fingerprints of rows set aside and of the lines of long orders.
    private var seen: Set<UInt128> = []
    /// Products met so far, and their numbers among the names of known ones; -1 = unknown.
    private var productTexts = ByteIndex()
    private var productNumbers: [Int32] = []
    private var priceZero = RowCounter("price_zero", "lines with a price of 0")

    init(_ source: TableSource, orderCount: Int) {
        self.source = source
        reader = source.reader
        order = source.column("order")
        product = source.column("product")
        quantity = source.column("quantity")
        price = source.column("price")
        counts = [Int32](repeating: 0, count: orderCount)
        newest = [Int32](repeating: -1, count: orderCount)
    }

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
        previous.reserveCapacity(count)
        fingerprints.reserveCapacity(count)
    }

    private mutating func readRow(into rows: inout OrderRows, products: KnownIds) throws(InputError) {
        let isText = reader.recordIsASCII
        let fingerprint = reader.recordFingerprint
        guard let order, !reader.isBlank(order) else {
            _ = try source.required(order, expected: "the id of an order")
            return
        }
        if !isText { _ = try reader.text(order) }
        let position = reader.withField(order) { findOrder($0, rows) }
        if position < 0 || rows.isSetAside(Int(position)) {
            if isRepeated(fingerprint) { return }
        } else if isRepeated(fingerprint, ofOrder: position) {
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
        if position < 0 || rows.isSetAside(Int(position)) {
            setAside(position, at: order)
            seen.insert(fingerprint)
            return
        }
        let number = reader.withField(product) { productNumber($0, &rows, products) }
        if number < 0 {
            source.setAside("unknown_product", "lines of a product that is not in products", at: product)
            seen.insert(fingerprint)
            return
        }
        if price == 0 { priceZero.count(source, at: self.price) }
        remember(fingerprint, line: Int32(rows.lineOrders.count), ofOrder: position)
        rows.lineOrders.append(position)
        rows.lineProducts.append(number)
        rows.lineQuantities.append(Int32(clamping: quantity))
        rows.linePrices.append(price ?? .nan, isUsual: price == nil)
    }

    /// The row of an order, -1 if there is none: mostly that of the row before or the next.
    private mutating func findOrder(_ id: Span<UInt8>, _ rows: OrderRows) -> Int32 {
        if last < rows.count, rows.ids.holds(id, at: last) { return last }
        if last + 1 < rows.count, rows.ids.holds(id, at: last + 1) {
            last += 1
            return last
        }
        let position = rows.ids.number(of: id)
        if position >= 0 { last = position }
        return position
    }

    /// The number of a product among the names of known ones, -1 if it is not known.
    private mutating func productNumber(_ id: Span<UInt8>, _ rows: inout OrderRows, _ products: KnownIds) -> Int32 {
        let (text, isNew) = productTexts.insert(id)
        if isNew {
            let name = productTexts.text(Int(text))
            productNumbers.append(products.contains(name) ? rows.productNames.insert(name).number : -1)
        }
        return productNumbers[Int(text)]
    }

    /// Counts a line of an order that is not there or set aside.
    private func setAside(_ position: Int32, at column: Int) {
        if position < 0 {
            source.setAside("unknown_order", "lines of an order that is not in orders", at: column)
        } else {
            source.setAside("order_set_aside", "lines of an order that is set aside", at: column)
        }
    }

    /// Whether the row repeats one that was set aside; it is counted then.
    private func isRepeated(_ fingerprint: UInt128) -> Bool {
        guard !seen.isEmpty, seen.contains(fingerprint) else { return false }
        source.setAsideDuplicate()
        return true
    }

    /// Whether the row repeats a line of the same order, which it does if it repeats any; it is counted then.
    private func isRepeated(_ fingerprint: UInt128, ofOrder order: Int32) -> Bool {
        if isRepeated(fingerprint) { return true }
        var line = counts[Int(order)] > Self.fewLines ? -1 : newest[Int(order)]
        while line >= 0 {
            if fingerprints[Int(line)] == fingerprint {
                source.setAsideDuplicate()
                return true
            }
            line = previous[Int(line)]
        }
        return false
    }

    /// Remembers a line that is kept.
    private mutating func remember(_ fingerprint: UInt128, line: Int32, ofOrder order: Int32) {
        previous.append(newest[Int(order)])
        fingerprints.append(fingerprint)
        newest[Int(order)] = line
        counts[Int(order)] += 1
        if counts[Int(order)] == Self.fewLines + 1 {
            var earlier = line
            while earlier >= 0 {
                seen.insert(fingerprints[Int(earlier)])
                earlier = previous[Int(earlier)]
            }
        } else if counts[Int(order)] > Self.fewLines {
            seen.insert(fingerprint)
        }
    }
}
