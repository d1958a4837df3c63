import Domain
import History
import Storage

/// What an import found: in the sources, and in the dataset it made of them. The content of `quality.json`.
public struct ImportQuality: Sendable, Hashable, Codable {
    /// Findings and accounts of the source files; a finding's `table` is the file, an account's what its rows became.
    public var sources: QualityReport
    /// Findings and accounts of the dataset's own tables, as its reader sees them.
    public var dataset: QualityReport

    /// Both parts.
    public init(sources: QualityReport, dataset: QualityReport) {
        self.sources = sources
        self.dataset = dataset
    }

    /// The content of `quality.txt`: findings by weight, then the account of each source file.
    public var text: String {
        var lines = ["Found in the sources:"]
        for severity in QualityReport.Severity.allCases.reversed() {
            for finding in sources.findings where finding.severity == severity {
                lines.append("  \(severity.rawValue) \(finding.code): \(finding.count) x \(finding.message)")
                for example in finding.examples { lines.append("      \(example)") }
            }
        }
        lines.append("Rows of the sources:")
        for account in sources.tables {
            lines.append("  \(account.file), \(account.table): \(account.read) read = \(account.kept) kept")
            // By reason, as a dictionary has no order of its own.
            for (reason, count) in account.setAside.sorted(by: { $0.key < $1.key }) {
                lines[lines.count - 1] += " + \(count) set aside (\(reason))"
            }
        }
        lines.append("Found in the dataset:")
        for finding in dataset.findings {
            lines.append("  \(finding.severity.rawValue) \(finding.table): \(finding.count) x \(finding.message)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension FindingLog {
    /// The log as a quality report: findings and accounts in the order in which they came. Files are named without
    /// their folders, so that equal sources give equal reports wherever they lie.
    public var report: QualityReport {
        QualityReport(
            findings: findings.map { finding in
                QualityReport.Finding(
                    severity: finding.severity, code: finding.code, table: FileSystem.lastName(of: finding.file),
                    count: finding.count, treatment: finding.treatment, message: finding.message,
                    examples: finding.examples.map(\.text))
            },
            tables: accounts.map { account in
                QualityReport.TableAccount(
                    table: account.use, file: FileSystem.lastName(of: account.file), read: account.read,
                    kept: account.kept, setAside: account.setAsideByReason)
            })
    }
}

extension FindingLog.Example {
    /// `orders.csv:17: what stands there`.
    var text: String {
        let place = SourceLocation(
            file: FileSystem.lastName(of: location.file), line: location.line, column: location.column)
        return detail.isEmpty ? "\(place)" : "\(place): \(detail)"
    }
}
