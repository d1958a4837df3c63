import Domain
import Storage

/// Writes a dataset straight into columns, its orders streamed: memory does not grow with them.
///
/// Orders come by placed-at, then id, approved when they are placed, with weight 1, to their zone's place, their lines at
/// the products' prices; what is written is then what reading the same tables from CSV would make. Indices are those
/// that the dataset will have: ask for them by name.
public final class DatasetColumnsWriter {
    /// An order without its lines.
    public struct Order: Sendable {
        /// Number of the beginning of its id, from ``prefix(_:)``.
        public var prefix: Int32
        /// The number that its id goes on with, not negative.
        public var number: Int32
        /// `StableHash` of the id.
        public var idHash: UInt64
        /// Seconds, not below the order before.
        public var placedAt: Double
        /// Seconds; +infinity where nothing is promised.
        public var promisedAt: Double
        /// Zone index.
        public var zone: Int32
        /// Segment index.
        public var segment: Int32
        /// Channel index.
        public var channel: Int32
        /// Tags of order and customer.
        public var tags: TagSet

        /// An order from its parts.
        public init(
            prefix: Int32, number: Int32, idHash: UInt64, placedAt: Double, promisedAt: Double, zone: Int32,
            segment: Int32, channel: Int32, tags: TagSet
        ) {
            self.prefix = prefix
            self.number = number
            self.idHash = idHash
            self.placedAt = placedAt
            self.promisedAt = promisedAt
            self.zone = zone
            self.segment = segment
            self.channel = channel
            self.tags = tags
        }
    }

    private let output: DatasetWriter
    private let assembly: DatasetAssembly
    private let log: QualityLog
    private let archive: ColumnArchiveWriter
    private let orders: OrderSinks
    private let history: HistorySinks?
    private var prefixes: [String] = []
    private var lineCount = 0
    private var census: OrderCensus
    private var lastPlacedAt = 0.0
    private var promiseMissing = 0
    private var promiseExamples: [String] = []

    /// A writer into the folder of a ``DatasetWriter`` that gets no tables.
    ///
    /// - Parameters:
    ///   - output: makes the folder appear, whole, with ``finish()``.
    ///   - network: all other tables.
    ///   - names: exactly those the orders will use.
    ///   - orderCapacity: the most orders there can be.
    ///   - lineCapacity: the most lines there can be; nil = not known, then lines are written twice.
    /// - Throws: `InputError` where a table breaks a rule of datasets, `OperationError` where nothing can be written.
    public init(
        _ output: DatasetWriter, network: DatasetNetwork, names: OrderNames, orderCapacity: Int, lineCapacity: Int?
    ) throws {
        self.output = output
        log = network.log
        var builder = network.builder
        for name in names.segments.sorted() { builder.orders.segmentNames.insert(name) }
        for name in names.channels.sorted() { builder.orders.channelNames.insert(name) }
        for name in names.tags.sorted() { builder.orders.tagLists.append([name]) }
        let assembly = try DatasetAssembly(builder)
        self.assembly = assembly
        census = OrderCensus(zoneCount: assembly.zones.count, productCount: assembly.products.count)
        archive = try ColumnArchiveWriter(path: output.columnsPath)
        let before = MemoryColumnStore()
        try assembly.addTablesBeforeOrders(to: DatasetEncoder(store: before))
        try before.write(to: archive)
        orders = try OrderSinks(archive, assembly, orderCapacity: orderCapacity, lineCapacity: lineCapacity)
        let between = MemoryColumnStore()
        DatasetEncoder(store: between).addHavePlaces(false)
        DatasetEncoder(store: between).add(try assembly.assembleOpenOrders())
        try between.write(to: archive)
        history = names.haveHistory ? try HistorySinks(archive, orderCapacity: orderCapacity) : nil
        let after = MemoryColumnStore()
        try assembly.addSeries(to: DatasetEncoder(store: after))
        try after.write(to: archive)
    }

    // MARK: Indices

    /// The index of a zone that is there.
    public func zone(_ id: String) -> Int32 { Self.index(assembly.zoneIds.index(id), id) }
    /// The index of a product that is there.
    public func product(_ id: String) -> Int32 { Self.index(assembly.productIds.index(id), id) }
    /// The index of a node that is there.
    public func node(_ id: String) -> Int32 { Self.index(assembly.nodeIds.index(id), id) }
    /// The index of a service that is there.
    public func service(_ id: String) -> Int32 { Self.index(assembly.serviceIds.index(id), id) }
    /// The index of a segment that customers or orders have; blank = none.
    public func segment(_ name: String) -> Int32 { Self.index(assembly.segments.number(name), name) }
    /// The index of a channel; blank = none.
    public func channel(_ name: String) -> Int32 { Self.index(assembly.channels.number(name), name) }
    /// The set of some tags that customers, orders or anything else have.
    public func tags(_ names: [String]) -> TagSet { assembly.tags.set(names) }

    private static func index(_ place: Int?, _ name: String) -> Int32 {
        guard let place else { preconditionFailure("'\(name)' is not in the dataset") }
        return Int32(place)
    }

    /// The number of a new beginning of ids, all different, in the order in which orders first use them.
    public func prefix(_ text: String) throws(OperationError) -> Int32 {
        precondition(IdentifierColumn.isPrefix(text), "'\(text)' ends with digits")
        try orders.add(prefix: text)
        prefixes.append(text)
        return Int32(prefixes.count - 1)
    }

    // MARK: Rows

    /// Appends an order; then come its lines.
    public func add(_ order: Order) throws(OperationError) {
        precondition(order.placedAt >= lastPlacedAt, "orders come in the order of time")
        lastPlacedAt = order.placedAt
        try orders.add(order, lineCount: lineCount, place: assembly.zones[Int(order.zone)].place)
        try history?.beginOrder()
        census.ordersByZone[Int(order.zone)] += 1
        if order.promisedAt == .infinity {
            promiseMissing += 1
            if promiseExamples.count < QualityLog.exampleLimit {
                promiseExamples.append("order '\(prefixes[Int(order.prefix)])\(order.number)'")
            }
        }
    }

    /// Appends a line of the last order; lines come by product.
    public func addLine(product: Int32, quantity: Int32) throws(OperationError) {
        lineCount += 1
        census.linesByProduct[Int(product)] += 1
        try orders.addLine(
            product: product, quantity: quantity, price: assembly.products.prices[Int(product)])
    }

    /// Appends what is on record of the last order; rows in any order.
    public func add(history rows: [HistoryRecord]) throws(OperationError) {
        guard let history else { preconditionFailure("no history was announced") }
        try history.add(rows)
    }

    // MARK: The end

    /// Writes the rest and puts the folder in place; returns the rows of each table.
    ///
    /// - Throws: `OperationError` with path and reason, such as a full disk; the folder is then as it was.
    @discardableResult
    public func finish() throws -> [QualityReport.TableAccount] {
        try orders.finish(lineCount: lineCount)
        try history?.finish()
        try archive.closeColumns()
        let hash = DatasetEncoder.contentHash(of: archive.digests)
        let facts = DatasetDescription.FileFacts(rows: orders.count, sha256: hash)
        let last = DatasetEncoder(store: MemoryColumnStore())
        last.add(contentHash: hash)
        last.add(files: [DatasetFolder.columnsName: facts])
        let report = try quality()
        last.add(report)
        try last.store.write(to: archive)
        try archive.finish()
        output.closeColumns(facts)
        try output.finish()
        // Just written and synced: there is no need to read it all to know that it is whole.
        let folder = try DatasetFolder(output.folder)
        DatasetCache(folder).remember([DatasetFolder.columnsName: hash], isSettled: true)
        return report.tables
    }

    /// Removes what has been written; the folder stays as it was.
    public func discard() { archive.discard() }

    /// What reading the same tables from CSV would have found.
    private func quality() throws(InputError) -> QualityReport {
        DatasetChecks(dataset: Dataset(store: try assembly.store()), census: census, log: log).run()
        for example in promiseExamples {
            log.count("promise_missing", in: .orders, OrderReading.promiseMissing) { example }
        }
        if promiseMissing > promiseExamples.count {
            let others = promiseMissing - promiseExamples.count
            log.count("promise_missing", in: .orders, OrderReading.promiseMissing, times: others) { nil }
        }
        log.account(for: .orders, file: DatasetTable.orders.name, read: orders.count, kept: orders.count)
        log.account(for: .orderLines, file: DatasetTable.orderLines.name, read: lineCount, kept: lineCount)
        if let history {
            log.account(for: .history, file: DatasetTable.history.name, read: history.count, kept: history.count)
        }
        var report = log.report()
        // There is no file a table.
        for index in report.tables.indices { report.tables[index].file = report.tables[index].table }
        return report
    }
}
