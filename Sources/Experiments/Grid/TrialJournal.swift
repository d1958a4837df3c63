import Domain
import Storage

/// Finished trials of a run that is under way, on the disk: what `--resume` goes on from.
///
/// A CSV file, a row a cell and then one row for their trial, each with a hash of its own text, so that a torn row is
/// told from a whole one. The header holds the run's hash: a journal of another run is not taken for this one's.
public struct TrialJournal {
    /// What the columns are, and whose journal it is.
    public struct Layout: Sendable {
        /// Hash of the run.
        public var runHash: String
        /// Number of metrics.
        public var metricCount: Int
        /// Number of cuts: labels of a cell.
        public var cutCount: Int
        /// Number of segment metrics.
        public var segmentMetricCount: Int

        /// A layout from its parts.
        public init(runHash: String, metricCount: Int, cutCount: Int, segmentMetricCount: Int) {
            self.runHash = runHash
            self.metricCount = metricCount
            self.cutCount = cutCount
            self.segmentMetricCount = segmentMetricCount
        }

        /// Labels and values share columns: a cell needs both, a trial its values only.
        var valueColumns: Int { max(metricCount, cutCount + segmentMetricCount) }
        /// Names of the columns.
        var header: [String] {
            ["strategy", "replication", "decisions"] + (0..<valueColumns).map { "v\($0)" } + [
                TrialJournal.hashPrefix + runHash
            ]
        }
    }

    private let writer: JournalWriter
    private let layout: Layout

    /// Reads the whole rows of a journal, in the order they were written, and leaves the file with these rows only.
    ///
    /// Where there is no journal, or one of another run, nothing is read.
    /// - Throws: ``OperationError`` when the file cannot be written.
    public static func recover(
        path: String, layout: Layout, into enter: (TrialRow) -> Void
    ) throws(OperationError) {
        guard FileSystem.exists(path) else { return }
        let output = try AtomicFile(path: path)
        try output.write(Array(csvLine(layout.header).utf8))
        do {
            let reader = try CSVReader(path: path)
            guard reader.header == layout.header else { throw Damage() }
            var cells: [TrialCell] = []
            var text = ""
            while try reader.nextRow() {
                guard let entry = Entry(reader, layout: layout) else { throw Damage() }
                text += entry.line
                switch entry.content {
                case .cell(let cell): cells.append(cell)
                case .trial(var row):
                    row.cells = cells
                    enter(row)
                    try output.write(Array(text.utf8))
                    cells = []
                    text = ""
                }
            }
        } catch let error as OperationError {
            throw error
        } catch {
            // A torn end, or a stranger's file: what came before is whole, the rest is run again.
        }
        try output.commit()
    }

    /// The hash of the run that a journal belongs to; nil where there is no journal.
    public static func runHash(ofJournalAt path: String) -> String? {
        guard FileSystem.exists(path), let name = (try? CSVReader(path: path))?.header.last else { return nil }
        return name.hasPrefix(hashPrefix) ? String(name.dropFirst(hashPrefix.count)) : nil
    }

    /// What the name of the last column begins with; the run's hash follows.
    static let hashPrefix = "hash_in_"

    /// A journal to append to, made with its header where it is missing.
    ///
    /// - Throws: ``OperationError`` when the folder cannot be written.
    public init(path: String, layout: Layout) throws(OperationError) {
        self.layout = layout
        if !FileSystem.exists(path) {
            try AtomicFile.write(Self.csvLine(layout.header), to: path)
        }
        writer = try JournalWriter(path: path)
    }

    /// Appends finished trials and waits until they are on the disk.
    ///
    /// - Throws: ``OperationError`` such as a full disk; the journal then holds what it held before.
    public func append(_ rows: [TrialRow]) throws(OperationError) {
        var text = ""
        for row in rows {
            for cell in row.cells {
                let head = [String(row.strategy), String(row.replication), "cell"]
                text += line(head + cell.labels + cell.values.map(Self.text))
            }
            let head = [String(row.strategy), String(row.replication), String(row.decisions)]
            text += line(head + row.values.map(Self.text))
        }
        try writer.append(Array(text.utf8))
    }

    /// A row with blanks up to the width and its hash.
    private func line(_ fields: [String]) -> String {
        Self.hashedLine(fields, layout: layout)
    }

    private static func hashedLine(_ fields: [String], layout: Layout) -> String {
        let padding = [String](repeating: "", count: layout.header.count - 1 - fields.count)
        let whole = fields + padding
        return csvLine(whole + [String(StableHash.of(whole.joined(separator: "\u{1F}")), radix: 16)])
    }

    /// The shortest text of a number that reads back to the same bits; NaN is blank.
    private static func text(_ value: Double) -> String { value.isNaN ? "" : "\(value)" }

    private static func csvLine(_ fields: [String]) -> String {
        fields.map { field in
            let needsQuotes = field.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
            return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
        }.joined(separator: ",") + "\n"
    }

    /// Not a whole row of this run.
    private struct Damage: Error {}

    /// A row of the file, if it is whole.
    private struct Entry {
        enum Content {
            case cell(TrialCell)
            case trial(TrialRow)
        }
        var content: Content
        var line: String

        init?(_ reader: CSVReader, layout: Layout) {
            let count = layout.header.count
            var fields: [String] = []
            for column in 0..<count {
                guard let field = try? reader.text(column) else { return nil }
                fields.append(field)
            }
            let line = TrialJournal.hashedLine(Array(fields.dropLast()), layout: layout)
            guard line.hasSuffix(",\(fields[count - 1])\n"), let strategy = Int(fields[0]),
                let replication = Int(fields[1])
            else { return nil }
            self.line = line
            func numbers(_ range: Range<Int>) -> [Double] {
                range.map { fields[3 + $0].isEmpty ? .nan : Double(fields[3 + $0]) ?? .nan }
            }
            if fields[2] == "cell" {
                content = .cell(
                    TrialCell(
                        labels: Array(fields[3..<(3 + layout.cutCount)]),
                        values: numbers(layout.cutCount..<(layout.cutCount + layout.segmentMetricCount))))
            } else {
                guard let decisions = Int(fields[2]) else { return nil }
                content = .trial(
                    TrialRow(
                        strategy: strategy, replication: replication, decisions: decisions,
                        values: numbers(0..<layout.metricCount)))
            }
        }
    }
}
