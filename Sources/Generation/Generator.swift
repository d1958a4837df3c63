import Documents
import Domain
import History
import Storage

/// Makes synthetic datasets: a network with real or invented cities, and its order book.
///
/// ```swift
/// let specification = try GenerationSpecification(yaml: text, file: "spec.yaml")
/// let generator = try Generator(specification)
/// let summary = try generator.write(to: "Datasets/mine") { print($0.ordersDone) }
/// ```
///
/// The same spec, number of orders and seed give the same bytes, on every machine. Every draw is addressed by what it
/// is about (a zone, a product, an order), so that a change of the spec changes what it is about and nothing else: a
/// further city leaves the zones, products, customers and orders of all others in place, and more orders contain all
/// orders of fewer.
public struct Generator: Sendable {
    /// How a dataset is written.
    public enum Format: String, Sendable, Hashable, CaseIterable {
        /// A compressed CSV file a table.
        case csv
        /// One file of columns, which is mapped into memory as it is.
        case columns

        /// Books of more orders are written as columns unless asked otherwise: their CSV is slow to read, and nobody
        /// opens it in a spreadsheet (which takes 1,048,576 rows).
        static let largestCSVBook = 1_000_000

        /// The format for a number of orders.
        public static func fitting(orders: Int) -> Format { orders > largestCSVBook ? .columns : .csv }
    }
    /// How far ``write(to:format:progress:)`` is.
    public struct Progress: Sendable, Hashable {
        /// Orders written.
        public let ordersDone: Int
        /// Orders in all.
        public let orderCount: Int
    }
    /// What was written.
    public struct Summary: Sendable, Hashable, CustomStringConvertible {
        /// Name of the dataset.
        public let name: String
        /// Where it is.
        public let folder: String
        /// Rows by table, in the order of ``DatasetTable``.
        public let rows: [TableRows]

        /// One line: the name, the folder, the rows of each table.
        public var description: String {
            let counts = rows.map { "\($0.rowCount) \($0.table.name.replacing("_", with: " "))" }
            return "\(name) in \(folder): " + counts.joined(separator: ", ")
        }
    }
    /// The rows of a table.
    public struct TableRows: Sendable, Hashable {
        /// The table.
        public let table: DatasetTable
        /// Rows without the header.
        public let rowCount: Int
    }

    let network: Network
    let counts: OrderCounts

    /// A generator; `orders` and `seed` replace what the spec says.
    ///
    /// More orders are more demand in the same network: stock and replenishments follow the demand, stations, limits
    /// and capacities stay.
    /// - Throws: ``InputError`` where no hour of the horizon or no zone has any demand.
    public init(
        _ specification: GenerationSpecification, orders: Int? = nil, seed: UInt64? = nil
    ) throws(InputError) {
        let orderCount = orders ?? specification.orderCount
        guard orderCount > 0 else {
            throw InputError(found: "\(orderCount) orders", expected: "at least 1")
        }
        network = Network(specification, orderCount: orderCount, seed: seed ?? specification.seed)
        counts = try OrderCounts(network)
    }

    /// Number of orders.
    public var orderCount: Int { network.orderCount }

    /// What `dataset.yaml` will say.
    public var description: DatasetDescription {
        let specification = network.specification
        return DatasetDescription(
            name: specification.name, origin: specification.origin, licence: specification.licence,
            currency: specification.currency, timeZone: specification.clock.timeZone,
            start: specification.clock.startEpoch, end: specification.clock.end,
            promiseBy: specification.promiseBy, coordinates: .geographic)
    }

    /// Writes the dataset; memory is bounded by the network and one hour of orders.
    ///
    /// The content is the same in each format; nil takes ``Format/fitting(orders:)``.
    /// The folder appears whole or, on an error, stays as it was. A folder that holds a dataset of the same name gets
    /// the new tables in place of the old; what else lies in it, such as the spec, stays. `progress` is called after
    /// each batch of orders.
    /// - Throws: ``InputError`` where the folder holds another dataset, `OperationError` where it holds other files or
    ///   cannot be written.
    @discardableResult
    public func write(
        to folder: String, format: Format? = nil, progress: (Progress) -> Void = { _ in }
    ) throws -> Summary {
        let replaces = try holdsSameDataset(folder)
        let writer = try DatasetWriter(folder: folder, description: description, replacing: replaces)
        let rows =
            switch format ?? .fitting(orders: orderCount) {
            case .csv: try writeTables(writer, progress: progress)
            case .columns: try writeColumns(writer, progress: progress)
            }
        return Summary(name: description.name, folder: folder, rows: rows)
    }

    /// Writes CSV tables; returns their rows.
    private func writeTables(_ writer: DatasetWriter, progress: (Progress) -> Void) throws -> [TableRows] {
        let stock = StockPlan(network)
        let series = RecordedSeries(network)
        try NetworkTables(network, to: writer).write(stock: stock, series: series)
        var tables = try OrderTables(network, recorder: recorder(stock, series), to: writer)
        try forEachBatch(progress) { batch in try tables.write(batch) }
        let files = try writer.finish().files
        return DatasetTable.allCases.compactMap { table in
            files.keys.sorted().first { $0.hasPrefix(table.name + ".csv") }.flatMap { files[$0] }
                .map { TableRows(table: table, rowCount: $0.rows) }
        }
    }

    /// Writes columns; returns the rows of each table.
    ///
    /// Segments, channels and tags are numbered among those that occur. Nearly always all do that can; where one does
    /// not, the orders are written again with the names that occur.
    private func writeColumns(_ writer: DatasetWriter, progress: (Progress) -> Void) throws -> [TableRows] {
        let stock = StockPlan(network)
        let series = RecordedSeries(network)
        let scratch = try DatasetWriter(folder: writer.scratchFolder, description: description)
        try NetworkTables(network, to: scratch).write(stock: stock, series: series)
        try scratch.finish()
        let tables = try DatasetNetwork(folder: writer.scratchFolder)
        let isSingle = network.specification.customers.lineShares.dropFirst().allSatisfy { $0 == 0 }
        var names = OrderColumns.possibleNames(network)
        while true {
            let columns = try DatasetColumnsWriter(
                writer, network: tables, names: names, orderCapacity: orderCount,
                lineCapacity: isSingle ? orderCount : nil)
            var orders = OrderColumns(network, names: names, recorder: recorder(stock, series), to: columns)
            try forEachBatch(progress) { batch in try orders.write(batch) }
            let used = orders.namesUsed
            guard used == names else {
                columns.discard()
                names = used
                continue
            }
            let accounts = try columns.finish()
            return accounts.compactMap { account in
                DatasetTable(rawValue: account.table).map { TableRows(table: $0, rowCount: account.kept) }
            }
        }
    }

    private func recorder(_ stock: StockPlan, _ series: RecordedSeries) -> PastRecorder? {
        network.specification.history.map { PastRecorder(network, past: $0, stock: stock, series: series) }
    }

    /// Generates all orders, a batch at a time.
    private func forEachBatch(_ progress: (Progress) -> Void, _ write: (OrderBatch) throws -> Void) throws {
        var stream = OrderStream(network, counts: counts)
        var done = 0
        while let batch = stream.next() {
            try write(batch)
            done += batch.count
            progress(Progress(ordersDone: done, orderCount: orderCount))
        }
    }

    /// Whether a folder holds a dataset of this name.
    ///
    /// - Throws: ``InputError`` where it holds another one: a folder is not a place for two.
    private func holdsSameDataset(_ folder: String) throws -> Bool {
        let path = folder + "/dataset.yaml"
        guard FileSystem.exists(path) else { return false }
        let text = String(decoding: try FileSystem.read(path), as: UTF8.self)
        let name = try DocumentValue(parsing: text, file: path)["name"]?.text() ?? ""
        guard name == description.name else {
            throw InputError(
                at: SourceLocation(file: path), found: "the dataset '\(name)'",
                expected: "a folder of its own for '\(description.name)'")
        }
        return true
    }
}
