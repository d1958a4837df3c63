import Domain
import Storage

/// The tables of the Olist data set, found by their published names among files and folders.
struct OlistSources {
    let orders: SourceTable
    let items: SourceTable
    let customers: SourceTable
    let sellers: SourceTable
    let products: SourceTable
    let payments: SourceTable
    let reviews: SourceTable
    let geolocation: SourceTable
    /// Category names in English; without it they stay Portuguese.
    let translation: SourceTable?

    /// Reads the tables, each plain, `.gz` or `.zst`, and reports what is odd about their form.
    ///
    /// - Throws: `InputError` where a table is missing, is there twice, or is not CSV.
    init(sources: [String], log: inout FindingLog) throws(InputError) {
        let files = try SourceLibrary.files(of: sources)
        orders = try OlistSources.table("olist_orders_dataset", in: files, log: &log)
        items = try OlistSources.table("olist_order_items_dataset", in: files, log: &log)
        customers = try OlistSources.table("olist_customers_dataset", in: files, log: &log)
        sellers = try OlistSources.table("olist_sellers_dataset", in: files, log: &log)
        products = try OlistSources.table("olist_products_dataset", in: files, log: &log)
        payments = try OlistSources.table("olist_order_payments_dataset", in: files, log: &log)
        reviews = try OlistSources.table("olist_order_reviews_dataset", in: files, log: &log)
        geolocation = try OlistSources.table("olist_geolocation_dataset", in: files, log: &log)
        let name = "product_category_name_translation"
        let hasTranslation = files.contains { RowScope.stem(of: $0) == name }
        translation = hasTranslation ? try OlistSources.table(name, in: files, log: &log) : nil
    }

    private static func table(
        _ name: String, in files: [String], log: inout FindingLog
    ) throws(InputError) -> SourceTable {
        let matches = files.filter { RowScope.stem(of: $0) == name }
        guard let path = matches.first, matches.count == 1 else {
            let found = matches.isEmpty ? "no file '\(name).csv'" : "several files: " + matches.joined(separator: ", ")
            throw InputError(
                found: found, expected: "one '\(name).csv', '.csv.gz' or '.csv.zst' among the sources",
                suggestion: nearestWord(to: name + ".csv", among: files.map { FileSystem.lastName(of: $0) }))
        }
        let table = try SourceTable(path: path)
        SourceLibrary.report(table, in: &log)
        return table
    }
}

/// Cells of a source table by column name, read strictly.
struct OlistColumn {
    private let table: SourceTable
    private let column: Int

    /// The column of a name.
    ///
    /// - Throws: `InputError` where the table lacks it.
    init(_ table: SourceTable, _ name: String) throws(InputError) {
        self.table = table
        column = try table.requiredColumn(name)
    }

    /// The cell of a row.
    subscript(_ row: Int) -> String { table.text(row, column) }

    /// The cell of a row as a number of at least 0.
    ///
    /// - Throws: `InputError` where it is none.
    func number(_ row: Int) throws(InputError) -> Double {
        let text = self[row]
        guard let value = NumberParsing.double(Array(text.utf8).span) else {
            throw error(row, expected: "a number")
        }
        return value
    }

    /// The cell of a row as a time, nil where it is blank.
    ///
    /// - Throws: `InputError` where it is none.
    func time(_ row: Int) throws(InputError) -> CivilTime? {
        let text = self[row]
        if text.isEmpty { return nil }
        guard let time = TimestampPattern.standard.parse(text) else {
            throw error(row, expected: "a time such as 2017-07-09 21:57:05")
        }
        return time
    }

    /// An error about a cell.
    func error(_ row: Int, expected: String) -> InputError {
        InputError(
            at: table.location(row), found: "'\(self[row])'",
            expected: "\(expected) in column '\(table.columns[column])'")
    }
}
