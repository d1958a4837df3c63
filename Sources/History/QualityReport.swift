import Domain

/// What was found in a dataset's tables that an analyst can live with, counted, with examples; and the account of
/// every row: rows read = rows kept + rows set aside.
public struct QualityReport: Sendable, Hashable, Codable {
    /// How much a finding matters.
    public enum Severity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
        /// Worth knowing.
        case note
        /// Rows are missing from the dataset or a ranking may be off; `--strict` turns it into an error.
        case warning
        /// The dataset cannot be used.
        case error

        /// By weight.
        public static func < (left: Severity, right: Severity) -> Bool { left.weight < right.weight }

        private var weight: Int {
            switch self {
            case .note: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    /// What became of the rows.
    public enum Treatment: String, Sendable, Hashable, Codable, CaseIterable {
        /// As they are.
        case kept
        /// With a value put right.
        case repaired
        /// Not in the dataset.
        case setAside = "set_aside"
    }

    /// One kind of thing found in one table.
    public struct Finding: Sendable, Hashable, Codable {
        /// How much it matters.
        public var severity: Severity
        /// Short name, such as `duplicate_row`.
        public var code: String
        /// The table, such as `orders`.
        public var table: String
        /// How often.
        public var count: Int
        /// What became of the rows.
        public var treatment: Treatment
        /// What it means, as half a sentence.
        public var message: String
        /// Up to five places, as `orders.csv:17:3: 'x'`, file names relative to the dataset.
        public var examples: [String]

        /// A finding from its parts.
        public init(
            severity: Severity, code: String, table: String, count: Int, treatment: Treatment, message: String,
            examples: [String]
        ) {
            self.severity = severity
            self.code = code
            self.table = table
            self.count = count
            self.treatment = treatment
            self.message = message
            self.examples = examples
        }
    }

    /// The account of one table.
    public struct TableAccount: Sendable, Hashable, Codable {
        /// The table, such as `orders`.
        public var table: String
        /// The file it was read from.
        public var file: String
        /// Records in the file, without the header.
        public var read: Int
        /// Rows in the dataset.
        public var kept: Int
        /// Rows not in the dataset, by finding code.
        public var setAside: [String: Int]

        /// An account from its parts.
        public init(table: String, file: String, read: Int, kept: Int, setAside: [String: Int]) {
            self.table = table
            self.file = file
            self.read = read
            self.kept = kept
            self.setAside = setAside
        }
    }

    /// Findings by table in the order of the format, then code.
    public var findings: [Finding]
    /// Accounts by table in the order of the format.
    public var tables: [TableAccount]

    /// A report from its parts.
    public init(findings: [Finding] = [], tables: [TableAccount] = []) {
        self.findings = findings
        self.tables = tables
    }

    /// The findings of a severity or a heavier one.
    public func findings(from severity: Severity) -> [Finding] {
        findings.filter { $0.severity >= severity }
    }

    /// How often something was found, over all tables.
    public func count(of code: String) -> Int {
        findings.filter { $0.code == code }.reduce(0) { $0 + $1.count }
    }
}

/// Collects findings while tables are read.
final class QualityLog {
    /// Places kept of each finding: enough to look it up, few enough to read.
    static let exampleLimit = 5

    private struct Key: Hashable {
        var table: DatasetTable
        var code: String
    }
    private var findings: [Key: QualityReport.Finding] = [:]
    private var accounts: [DatasetTable: QualityReport.TableAccount] = [:]

    /// Counts a finding; `example` is asked for the first few times only.
    func count(
        _ code: String, in table: DatasetTable, _ message: String, severity: QualityReport.Severity = .note,
        treatment: QualityReport.Treatment = .kept, times: Int = 1, example: () -> String?
    ) {
        let key = Key(table: table, code: code)
        var finding =
            findings[key]
            ?? QualityReport.Finding(
                severity: severity, code: code, table: table.name, count: 0, treatment: treatment, message: message,
                examples: [])
        finding.count += times
        if finding.examples.count < Self.exampleLimit, let example = example() { finding.examples.append(example) }
        findings[key] = finding
    }

    /// Takes back what was found in a table, which is read anew.
    func forget(_ table: DatasetTable) {
        for key in findings.keys where key.table == table { findings[key] = nil }
    }

    /// Closes the account of a table.
    func account(for table: DatasetTable, file: String, read: Int, kept: Int) {
        var setAside: [String: Int] = [:]
        for (key, finding) in findings where key.table == table && finding.treatment == .setAside {
            setAside[key.code] = finding.count
        }
        precondition(
            read == kept + setAside.values.reduce(0, +),
            "rows of '\(file)': \(read) read, \(kept) kept, set aside \(setAside)")
        accounts[table] = QualityReport.TableAccount(
            table: table.name, file: file, read: read, kept: kept, setAside: setAside)
    }

    /// Everything so far.
    func report() -> QualityReport {
        var report = QualityReport()
        for table in DatasetTable.allCases {
            report.findings += findings.filter { $0.key.table == table }.map(\.value).sorted { $0.code < $1.code }
            if let account = accounts[table] { report.tables.append(account) }
        }
        return report
    }
}
