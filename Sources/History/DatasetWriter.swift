import Domain
import Storage

/// Writes a dataset folder row by row; the folder appears whole with ``finish()`` or not at all.
///
/// ```swift
/// let writer = try DatasetWriter(folder: "Datasets/mine", description: description)
/// let nodes = try writer.table(.nodes, columns: ["id", "x", "y", "region", "stations"])
/// try nodes.row(["north", 1.5, 2.0, "upland", 3])
/// try writer.finish()
/// ```
///
/// Tables may be open at the same time; each takes one buffer. `dataset.yaml` is written last, with the rows and the
/// SHA-256 of each file. The same rows give the same bytes. For one thread.
public final class DatasetWriter {
    /// Where the dataset will be.
    public let folder: String
    private let description: DatasetDescription
    private let compression: Compression
    private let partial: String
    private var tables: [(file: String, writer: TableWriter)] = []
    /// What is said of the columns, where they are written in place of tables.
    private var columnFacts: DatasetDescription.FileFacts?
    private var isFinished = false

    /// A writer of a new folder, or of one that holds a dataset already and may be replaced.
    ///
    /// Files of an old dataset folder that are no tables stay; so do notes and specs (`.md`, `.txt`, `.yaml`) of a folder
    /// that is to become one. `description.files` is ignored.
    /// - Throws: `OperationError` when the folder cannot be made, or holds a dataset and `replacing` is false, or holds
    ///   other files but no `dataset.yaml`.
    public init(
        folder: String, description: DatasetDescription, compression: Compression = .zstandard(),
        replacing: Bool = false
    ) throws(OperationError) {
        self.folder = folder
        self.description = description
        self.compression = compression
        if FileSystem.exists(folder) {
            let names = try FileSystem.names(in: folder)
            let isDataset = names.contains("dataset.yaml")
            if !isDataset, !names.allSatisfy(Self.isDocument) {
                throw OperationError("cannot write the dataset '\(folder)': the folder holds other files")
            }
            if isDataset, !replacing {
                throw OperationError("cannot write the dataset '\(folder)': it exists already")
            }
        }
        partial = folder + ".partial"
        try FileSystem.createFolder(FileSystem.parent(of: folder))
        try FileSystem.remove(partial)
        try FileSystem.createFolder(partial)
    }

    deinit {
        if !isFinished { try? FileSystem.remove(partial) }
    }

    /// Whether a file of this name is something people write beside the tables.
    private static func isDocument(_ name: String) -> Bool {
        [".md", ".txt", ".yaml"].contains { name.hasSuffix($0) }
    }

    /// Opens a table for writing; each once.
    ///
    /// `columns` are names from ``DatasetTable``, all required ones among them; for `signals` any others too.
    /// - Throws: `OperationError` when the file cannot be written.
    public func table(_ table: DatasetTable, columns: [String]) throws(OperationError) -> TableWriter {
        let known = Set(table.requiredColumns + table.optionalColumns)
        for column in columns where !known.contains(column) {
            precondition(table.takesFurtherColumns, "table '\(table.name)' has no column '\(column)'")
        }
        for column in table.requiredColumns {
            precondition(columns.contains(column), "table '\(table.name)' needs the column '\(column)'")
        }
        let file = table.name + ".csv" + compression.suffix
        precondition(!tables.contains { $0.file == file }, "table '\(table.name)' opened twice")
        let csv = try CSVWriter(path: partial + "/" + file, header: columns, compression: compression)
        let writer = TableWriter(csv: csv)
        tables.append((file, writer))
        return writer
    }

    /// Where all tables are written as columns, in place of files of their own.
    var columnsPath: String { partial + "/" + DatasetFolder.columnsName }

    /// A folder for what is needed meanwhile; it is gone with ``finish()``.
    public var scratchFolder: String { partial + "/scratch" }

    /// Says that the columns have been written.
    func closeColumns(_ facts: DatasetDescription.FileFacts) {
        precondition(tables.isEmpty, "a dataset is written as tables or as columns")
        columnFacts = facts
    }

    /// Ends all tables, writes `dataset.yaml` and puts the folder in place; returns what `dataset.yaml` says.
    ///
    /// - Throws: `OperationError` with path and reason, such as a full disk; the folder is then as it was.
    @discardableResult
    public func finish() throws(OperationError) -> DatasetDescription {
        precondition(!isFinished, "a dataset is finished once")
        try FileSystem.remove(scratchFolder)
        var described = description
        described.files = [:]
        for (file, writer) in tables {
            described.files[file] = DatasetDescription.FileFacts(rows: writer.rowCount, sha256: try writer.csv.finish())
        }
        if let columnFacts { described.files[DatasetFolder.columnsName] = columnFacts }
        let text: String
        do {
            text = try described.yaml()
        } catch {
            throw OperationError("cannot write the dataset '\(folder)': \(error)")
        }
        try AtomicFile.write(text, to: partial + "/dataset.yaml")
        if FileSystem.exists(folder) {
            try replace()
        } else {
            try FileSystem.rename(partial, to: folder)
        }
        isFinished = true
        return described
    }

    /// Moves the new files into the old folder. `dataset.yaml` goes first and comes last: a folder in between is no
    /// dataset.
    private func replace() throws(OperationError) {
        try FileSystem.remove(folder + "/dataset.yaml")
        for table in DatasetTable.allCases {
            for format in Compression.Format.allCases {
                try FileSystem.remove("\(folder)/\(table.name).csv\(format.suffix)")
            }
        }
        try FileSystem.remove(folder + "/" + DatasetFolder.columnsName)
        for file in tables.map(\.file) + (columnFacts == nil ? [] : [DatasetFolder.columnsName]) {
            try FileSystem.rename(partial + "/" + file, to: folder + "/" + file)
        }
        try FileSystem.rename(partial + "/dataset.yaml", to: folder + "/dataset.yaml")
        try FileSystem.remove(partial)
    }
}

/// Writes the rows of one table of a dataset.
public final class TableWriter {
    let csv: CSVWriter
    /// Rows so far.
    public var rowCount: Int { csv.rowCount }

    init(csv: CSVWriter) {
        self.csv = csv
    }

    /// A value of a row.
    public enum Cell: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
        ExpressibleByFloatLiteral, ExpressibleByNilLiteral, ExpressibleByBooleanLiteral
    {
        /// Text; blank takes the column's default.
        case text(String)
        /// A whole number.
        case integer(Int)
        /// A number, written so that it reads back to the same bits; also an instant, as seconds from the start.
        case number(Double)
        /// `true` or `false`.
        case flag(Bool)
        /// Texts separated by `;`.
        case list([String])
        /// Nothing: the column's default.
        case blank

        /// Text.
        public init(stringLiteral value: String) { self = .text(value) }
        /// A whole number.
        public init(integerLiteral value: Int) { self = .integer(value) }
        /// A number.
        public init(floatLiteral value: Double) { self = .number(value) }
        /// Nothing.
        public init(nilLiteral: ()) { self = .blank }
        /// `true` or `false`.
        public init(booleanLiteral value: Bool) { self = .flag(value) }
        /// A number, or nothing where there is none.
        public init(_ value: Double?) { self = value.map { .number($0) } ?? .blank }
        /// A whole number, or nothing where there is none.
        public init(_ value: Int?) { self = value.map { .integer($0) } ?? .blank }
        /// Text, or nothing where there is none.
        public init(_ value: String?) { self = value.map { .text($0) } ?? .blank }
    }

    /// Appends a row: one cell a column, in the order the columns were given.
    ///
    /// - Throws: `OperationError` with path and reason, such as a full disk.
    public func row(_ cells: [Cell]) throws(OperationError) {
        for cell in cells {
            switch cell {
            case .text(let text): csv.field(text)
            case .integer(let number): csv.field(number)
            case .number(let number): csv.field(number)
            case .flag(let flag): csv.field(flag ? "true" : "false")
            case .list(let items): csv.field(items.joined(separator: ";"))
            case .blank: csv.blank()
            }
        }
        try csv.endRow()
    }
}
