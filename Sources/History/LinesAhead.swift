import Dispatch
import Domain
import Storage
import Synchronization

/// The rows of a large `order_lines`, read on another core while the orders are.
///
/// What they refer to is not known yet, so ids stay what they are until ``take(into:products:)``. Only a table in which
/// nothing at all is to be said of any row is taken this way, lines of an order one after the other; where anything is
/// odd, the table is read as usual, row by row, so that what is told, counted and set aside is the same.
final class LinesAhead: Sendable {
    /// What the rows hold.
    private struct Lines: Sendable {
        /// The id of each order, in the order of its lines.
        var orders = ByteIndex()
        /// The row after the last line of each of them.
        var ends = LargeArray<Int>()
        var products = ByteIndex()
        /// Numbers in ``products``.
        var lineProducts = LargeArray<Int32>()
        var quantities = LargeArray<Int32>()
        /// NaN = the product's.
        var prices = SparseColumn(usual: Double.nan)

        mutating func reserveCapacity(_ rows: Int) {
            lineProducts.reserveCapacity(rows)
            quantities.reserveCapacity(rows)
            prices.reserveCapacity(rows)
        }
    }
    /// A smaller file is read before another thread has begun.
    private static let sizeMin = 1 << 20
    /// Lines of an order that are compared with each further one.
    private static let linesMax = 32

    private let path: String
    private let lines = Mutex<Lines?>(nil)
    private let work = DispatchGroup()
    private let isStopped = Atomic<Bool>(false)

    /// Starts to read; nil where the table is small or not there.
    init?(_ folder: DatasetFolder) {
        guard let file = folder.file(of: .orderLines) else { return nil }
        path = folder.path + "/" + file
        guard let facts = FileSystem.facts(path), facts.size >= Self.sizeMin else { return nil }
        // A queue of its own has a thread of its own, whoever else waits for the shared ones.
        DispatchQueue(label: "order lines").async(group: work) {
            let lines = self.read()
            self.lines.withLock { $0 = lines }
        }
    }

    /// Lets the reading end, whose result nobody wants any more.
    func stop() { isStopped.store(true, ordering: .relaxed) }

    /// Hands all lines over to the orders, once they have been read; nil, with the orders as they were, where the table
    /// has to be read as usual.
    ///
    /// - Returns: the number of rows, and of each order's lines by its row.
    func take(into rows: inout OrderRows, products: KnownIds) -> (rowCount: Int, ofOrders: LargeArray<Int32>)? {
        work.wait()
        guard let lines = lines.withLock({ $0.take() }), rows.lineOrders.isEmpty, rows.productNames.count == 0 else {
            return nil
        }
        let names = lines.products.texts
        guard names.allSatisfy(products.contains) else { return nil }
        var finder = OrderFinder()
        var counts = LargeArray<Int32>(repeating: 0, count: rows.count)
        var lineOrders = LargeArray<Int32>()
        lineOrders.reserveCapacity(lines.quantities.count)
        var first = 0
        for order in 0..<lines.orders.count {
            let row = lines.orders.withBytes(order) { finder.row(of: $0, in: &rows) }
            guard row >= 0, !rows.isSetAside(Int(row)), counts[Int(row)] == 0 else { return nil }
            let end = lines.ends[order]
            counts[Int(row)] = Int32(truncatingIfNeeded: end - first)
            for _ in first..<end { lineOrders.append(row) }
            first = end
        }
        // In the order they first came, as ``NameColumn`` numbers them.
        for name in names { rows.productNames.insert(name) }
        rows.lineOrders = lineOrders
        rows.lineProducts = lines.lineProducts
        rows.lineQuantities = lines.quantities
        rows.linePrices = lines.prices
        return (lines.quantities.count, counts)
    }

    /// All rows; nil where something is to be said of one.
    private func read() -> Lines? {
        guard let reader = try? CSVReader(path: path),
            let order = reader.column(named: "order"), let product = reader.column(named: "product"),
            let quantity = reader.column(named: "quantity")
        else { return nil }
        let columns = (order, product, quantity, reader.column(named: "price"))
        var lines = Lines()
        var fingerprints: [UInt64] = []
        do throws(InputError) {
            while try reader.nextRow() {
                guard Self.take(reader, columns, into: &lines, &fingerprints),
                    !isStopped.load(ordering: .relaxed)
                else { return nil }
                if reader.rowCount == TableSource.rowsBeforeEstimate {
                    lines.reserveCapacity(TableSource.estimatedRowCount(reader))
                }
            }
        } catch {
            // It comes again where the table is read as usual.
            return nil
        }
        if lines.orders.count > 0 { lines.ends.append(lines.quantities.count) }
        return lines
    }

    /// Takes the current row; false where something is to be said of it. `fingerprints` are those of the lines of its
    /// order so far.
    private static func take(
        _ reader: CSVReader, _ columns: (order: Int, product: Int, quantity: Int, price: Int?), into lines: inout Lines,
        _ fingerprints: inout [UInt64]
    ) -> Bool {
        let (order, product) = (columns.order, columns.product)
        guard !reader.isBlank(order), !reader.isBlank(product),
            reader.recordIsASCII || [order, product].allSatisfy({ (try? reader.text($0)) != nil }),
            let quantity = reader.withField(columns.quantity, { NumberParsing.integer($0) })
        else { return false }
        var price: Double?
        if let column = columns.price, !reader.isBlank(column) {
            price = reader.withField(column) { NumberParsing.double($0) }
            // A price of 0 is kept, but noted.
            guard let price, price != 0 else { return false }
        }
        guard DatasetRules.problem(inLineOf: quantity, price: price) == nil else { return false }
        let fingerprint = UInt64(truncatingIfNeeded: reader.recordFingerprint)
        let last = Int32(truncatingIfNeeded: lines.orders.count - 1)
        if last >= 0, reader.withField(order, { lines.orders.holds($0, at: last) }) {
            guard fingerprints.count < linesMax, !fingerprints.contains(fingerprint) else { return false }
        } else {
            if last >= 0 { lines.ends.append(lines.quantities.count) }
            reader.withField(order) { lines.orders.add($0) }
            fingerprints.removeAll(keepingCapacity: true)
        }
        fingerprints.append(fingerprint)
        lines.lineProducts.append(reader.withField(product) { lines.products.insert($0).number })
        lines.quantities.append(Int32(clamping: quantity))
        lines.prices.append(price ?? .nan, isUsual: price == nil)
        return true
    }
}
