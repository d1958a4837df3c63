import Domain
import Storage

/// Reads the tables of one dataset folder into a ``DatasetBuilder``, small tables first, so that every reference can
/// be checked where it stands.
struct DatasetReading {
    let folder: DatasetFolder
    let log = QualityLog()
    var builder: DatasetBuilder
    var nodes = KnownIds(kind: "node")
    var zones = KnownIds(kind: "zone")
    var products = KnownIds(kind: "product")
    var tariffs = KnownIds(kind: "tariff")
    var services = KnownIds(kind: "service")
    var regions = KnownIds(kind: "region")
    let instants: InstantParser

    /// A reading of a folder whose `dataset.yaml` has been read.
    ///
    /// - Throws: `InputError` when the time zone is not known.
    init(_ folder: DatasetFolder, description: DatasetDescription) throws(InputError) {
        self.folder = folder
        builder = DatasetBuilder(description: description)
        instants = InstantParser(localTime: try LocalTime(timeZone: description.timeZone), start: description.start)
    }

    /// Reads everything.
    ///
    /// - Throws: `InputError` at the first thing that would change a result.
    mutating func read() throws(InputError) {
        let hasCustomers = try readTablesBeforeOrders()
        try readOrders(hasCustomers: hasCustomers)
        try readHistory()
        try readTablesAfterOrders()
    }

    /// Reads what orders refer to; whether there are customers.
    mutating func readTablesBeforeOrders() throws(InputError) -> Bool {
        try readNodes()
        try readZones()
        try readProducts()
        try readTariffs()
        try readServices()
        try readInventory()
        try readReplenishments()
        try readTransfers()
        try readLanes()
        return try readCustomers()
    }

    /// Reads what does not refer to orders and may come last.
    mutating func readTablesAfterOrders() throws(InputError) {
        try readOpenOrders()
        try readWeather()
        try readTraffic()
        try readSignals()
    }

    /// Opens a table; nil where an optional one is not there.
    func open(_ table: DatasetTable) throws(InputError) -> TableSource? {
        guard let file = folder.file(of: table) else {
            if table.isOptional { return nil }
            throw InputError(
                at: SourceLocation(file: folder.path), found: "no table '\(table.name)'",
                expected: "\(table.name).csv, \(table.name).csv.gz or \(table.name).csv.zst")
        }
        return try TableSource(table, folder: folder.path, file: file, log: log, instants: instants)
    }

    /// Closes a table's account and compares its rows with what `dataset.yaml` says; `read` where others than the source have
    /// read them.
    func close(_ source: TableSource, kept: Int, read: Int? = nil) throws(InputError) {
        let read = read ?? source.rowsRead
        log.account(for: source.table, file: source.file, read: read, kept: kept)
        guard let facts = builder.description.files[source.file], facts.rows != read else { return }
        throw InputError(
            at: SourceLocation(file: folder.path + "/" + source.file), found: "\(read) rows",
            expected: "\(facts.rows) as dataset.yaml says")
    }
}
