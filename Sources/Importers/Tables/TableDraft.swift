import Domain

/// A table of a dataset before it is written: texts by row, with the columns in the order in which they came.
struct TableDraft: Sendable {
    /// The table's name in the dataset format.
    let name: String
    /// Column names.
    private(set) var columns: [String]
    /// Rows; each has a text for each column, blank for none.
    private(set) var rows: [[String]] = []
    /// Where each row comes from, nil where that is not kept.
    private(set) var origins: [SourceLocation?] = []

    init(name: String, columns: [String]) {
        self.name = name
        self.columns = columns
    }

    /// Adds a row of texts in the order of the columns.
    mutating func append(_ row: [String]) {
        precondition(row.count == columns.count, "a row of '\(name)' has \(columns.count) cells")
        rows.append(row)
        origins.append(nil)
    }

    /// Adds a row by column name; a column that is new to the table is blank in the rows so far.
    mutating func append(named cells: [(name: String, text: String)], from origin: SourceLocation? = nil) {
        for cell in cells where !columns.contains(cell.name) {
            columns.append(cell.name)
            for index in rows.indices { rows[index].append("") }
        }
        var row = [String](repeating: "", count: columns.count)
        for cell in cells {
            if let column = columns.firstIndex(of: cell.name) { row[column] = cell.text }
        }
        rows.append(row)
        origins.append(origin)
    }

    /// The position of a column.
    func column(_ name: String) -> Int? { columns.firstIndex(of: name) }
}
