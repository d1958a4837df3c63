import Domain
import History

/// What an import found in its sources, counted as it goes: findings with examples, and the account of every row.
///
/// Kept in the order of first appearance, so that equal sources give equal reports. Becomes a `QualityReport`.
public struct FindingLog: Sendable {
    /// What became of the rows, as a `QualityReport` says it.
    public typealias Treatment = QualityReport.Treatment
    /// How much a finding matters, as a `QualityReport` says it.
    public typealias Severity = QualityReport.Severity

    /// Something found in one file, with its count and first examples.
    public struct Finding: Sendable, Hashable {
        /// Short name, lower case with underscores; after a colon what it is about.
        public let code: String
        /// The source file.
        public let file: String
        /// What became of the rows.
        public let treatment: Treatment
        /// How much it matters.
        public let severity: Severity
        /// What was found and what became of it.
        public let message: String
        /// How often.
        public var count: Int
        /// The first places.
        public var examples: [Example]
    }

    /// Where something was found, and what stood there.
    public struct Example: Sendable, Hashable, CustomStringConvertible {
        /// The place.
        public let location: SourceLocation
        /// What stands there; blank where the place says enough.
        public let detail: String

        /// `file:line: detail`.
        public var description: String { detail.isEmpty ? "\(location)" : "\(location): \(detail)" }
    }

    /// Rows of a source for one use: read = kept + set aside, per reason.
    public struct Account: Sendable, Hashable {
        /// The source file.
        public let file: String
        /// What its rows became.
        public let use: String
        /// Rows read.
        public var read = 0
        /// Rows kept.
        public var kept = 0
        /// Rows set aside or merged into others, by reason, in order of appearance.
        public private(set) var setAside: [Reason] = []

        /// Why rows are not kept, and how many.
        public struct Reason: Sendable, Hashable {
            /// The reason.
            public let reason: String
            /// Rows.
            public var count: Int
        }

        /// Rows set aside, by reason.
        public var setAsideByReason: [String: Int] {
            Dictionary(uniqueKeysWithValues: setAside.map { ($0.reason, $0.count) })
        }

        /// An account of nothing yet.
        public init(file: String, use: String) {
            self.file = file
            self.use = use
        }

        /// Counts rows that are not kept.
        public mutating func setAside(_ reason: String, count: Int = 1) {
            guard count > 0 else { return }
            if let index = setAside.firstIndex(where: { $0.reason == reason }) {
                setAside[index].count += count
            } else {
                setAside.append(Reason(reason: reason, count: count))
            }
        }
    }

    /// Examples kept of each finding: enough to look it up, few enough to read.
    static let exampleLimit = 5

    /// Findings in order of first appearance.
    public private(set) var findings: [Finding] = []
    /// Accounts in order of use.
    public private(set) var accounts: [Account] = []
    private var positions: [String: Int] = [:]

    /// An empty log.
    public init() {}

    /// Counts a finding.
    ///
    /// - Parameters:
    ///   - code: short name; with the file it identifies the finding.
    ///   - treatment: what became of the rows.
    ///   - severity: how much it matters; a warning where rows are set aside, else a note, unless given.
    ///   - message: what it is and what became of it; the first one stays.
    ///   - location: where.
    ///   - detail: what stands there.
    ///   - count: how often.
    public mutating func add(
        _ code: String, _ treatment: Treatment, severity: Severity? = nil, _ message: @autoclosure () -> String,
        at location: SourceLocation, detail: @autoclosure () -> String = "", count: Int = 1
    ) {
        guard count > 0 else { return }
        let key = code + "\u{1F}" + location.file
        let position: Int
        if let known = positions[key] {
            position = known
        } else {
            position = findings.count
            positions[key] = position
            findings.append(
                Finding(
                    code: code, file: location.file, treatment: treatment,
                    severity: severity ?? (treatment == .setAside ? .warning : .note), message: message(), count: 0,
                    examples: []))
        }
        findings[position].count += count
        if findings[position].examples.count < FindingLog.exampleLimit {
            findings[position].examples.append(Example(location: location, detail: detail()))
        }
    }

    /// Adds the account of a source, which must balance: rows read = rows kept + rows set aside.
    public mutating func add(_ account: Account) {
        precondition(
            account.read == account.kept + account.setAside.reduce(0) { $0 + $1.count },
            "rows of '\(account.file)' for \(account.use): \(account.read) read, \(account.kept) kept, "
                + "\(account.setAsideByReason) set aside")
        accounts.append(account)
    }

    /// Moves a row of the last account of a file and use from kept to set aside.
    public mutating func setAside(_ reason: String, use: String, file: String) {
        if let index = accounts.lastIndex(where: { $0.use == use && $0.file == file }) {
            accounts[index].kept -= 1
            accounts[index].setAside(reason)
        }
    }

    /// How often a finding was made, over all files.
    public func count(_ code: String) -> Int {
        findings.reduce(0) { $0 + ($1.code == code ? $1.count : 0) }
    }
}
