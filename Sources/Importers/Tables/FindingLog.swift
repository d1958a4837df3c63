import Domain

/// What an import found in its sources, counted as it goes: findings with examples, and the account of every row.
///
/// Kept in the order of first appearance, so that equal sources give equal reports.
public struct FindingLog: Sendable {
    /// How much a finding matters.
    public enum Severity: String, Sendable, Hashable, CaseIterable {
        /// Kept or repaired; worth knowing.
        case note
        /// Set aside, or likely wrong; an error under `--strict`.
        case warning
    }

    /// Something found, with its count and first examples.
    public struct Finding: Sendable, Hashable {
        /// Short name, lower case with hyphens.
        public let code: String
        /// The source file.
        public let file: String
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
    public struct Example: Sendable, Hashable {
        /// The place.
        public let location: SourceLocation
        /// What stands there; blank where the place says enough.
        public let detail: String
    }

    /// Rows of a source for one use: read = kept + set aside, per reason.
    public struct Account: Sendable, Hashable {
        /// The source file.
        public let file: String
        /// What its rows became.
        public let use: String
        /// Rows read.
        public var read = 0
        /// Rows set aside or merged into others, by reason, in order of appearance.
        public var setAside: [(reason: String, count: Int)] = []

        /// Rows kept.
        public var kept: Int { read - setAside.reduce(0) { $0 + $1.count } }

        /// Counts a row that is not kept.
        public mutating func setAside(_ reason: String, count: Int = 1) {
            if let index = setAside.firstIndex(where: { $0.reason == reason }) {
                setAside[index].count += count
            } else {
                setAside.append((reason, count))
            }
        }

        /// Equal when every count is.
        public static func == (left: Account, right: Account) -> Bool {
            left.file == right.file && left.use == right.use && left.read == right.read
                && left.setAside.elementsEqual(right.setAside) { $0 == $1 }
        }

        /// Feeds the counts to the hasher.
        public func hash(into hasher: inout Hasher) {
            hasher.combine(file)
            hasher.combine(use)
            hasher.combine(read)
            for entry in setAside {
                hasher.combine(entry.reason)
                hasher.combine(entry.count)
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
    ///   - severity: how much it matters.
    ///   - message: what it is and what became of it; the first one stays.
    ///   - location: where.
    ///   - detail: what stands there.
    ///   - count: how often.
    public mutating func add(
        _ code: String, _ severity: Severity, _ message: @autoclosure () -> String, at location: SourceLocation,
        detail: @autoclosure () -> String = "", count: Int = 1
    ) {
        guard count > 0 else { return }
        let position = position(code, severity, message(), file: location.file)
        findings[position].count += count
        if findings[position].examples.count < FindingLog.exampleLimit {
            findings[position].examples.append(Example(location: location, detail: detail()))
        }
    }

    /// Adds the account of a source.
    public mutating func add(_ account: Account) {
        accounts.append(account)
    }

    /// Moves a row of the last account of a file and use from kept to set aside.
    public mutating func setAside(_ reason: String, use: String, file: String) {
        if let index = accounts.lastIndex(where: { $0.use == use && $0.file == file }) {
            accounts[index].setAside(reason)
        }
    }

    /// How often a finding was made, over all files.
    public func count(_ code: String) -> Int {
        findings.reduce(0) { $0 + ($1.code == code ? $1.count : 0) }
    }

    private mutating func position(
        _ code: String, _ severity: Severity, _ message: String, file: String
    ) -> Int {
        let key = code + "\u{1F}" + file
        if let position = positions[key] { return position }
        positions[key] = findings.count
        findings.append(
            Finding(code: code, file: file, severity: severity, message: message, count: 0, examples: []))
        return findings.count - 1
    }
}
