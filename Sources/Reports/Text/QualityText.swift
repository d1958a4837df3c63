import History

/// The data-quality report as text: the account of every row, then what was found, the heaviest first.
public struct QualityText: Sendable {
    private let report: QualityReport

    /// The text of a report.
    public init(_ report: QualityReport) {
        self.report = report
    }

    /// One line: how many rows were read, kept and set aside, how many findings there are.
    public var summary: String {
        let read = report.tables.reduce(0) { $0 + $1.read }
        let kept = report.tables.reduce(0) { $0 + $1.kept }
        var text = "\(NumberText.count(read)) rows read = \(NumberText.count(kept)) kept + "
        text += "\(NumberText.count(read - kept)) set aside"
        for severity in QualityReport.Severity.allCases.reversed() {
            let count = report.findings.filter { $0.severity == severity }.count
            if count > 0 { text += ", \(count) \(severity.rawValue)\(count == 1 ? "" : "s")" }
        }
        return text
    }

    /// Rows read = rows kept + rows set aside, per reason, for every table.
    public var accounts: TextTable {
        var table = TextTable(
            columns: [TextTable.Column("file")]
                + ["read", "kept", "set aside"].map { TextTable.Column($0, alignsRight: true) }
                + [TextTable.Column("why")])
        for account in report.tables {
            let reasons = account.setAside.sorted { $0.key < $1.key }.filter { $0.value > 0 }
                .map { "\($0.key) \(NumberText.count($0.value))" }
            table.add(
                [
                    account.file, NumberText.count(account.read), NumberText.count(account.kept),
                    NumberText.count(account.read - account.kept), reasons.joined(separator: ", "),
                ].map { TextTable.Cell($0) })
        }
        return table
    }

    /// The findings with a first example each.
    public var findings: TextTable {
        var table = TextTable(
            columns: [
                TextTable.Column("severity"), TextTable.Column("table"), TextTable.Column("found"),
                TextTable.Column("count", alignsRight: true), TextTable.Column("rows"), TextTable.Column("example"),
            ])
        for severity in QualityReport.Severity.allCases.reversed() {
            for finding in report.findings where finding.severity == severity {
                table.add([
                    TextTable.Cell(severity.rawValue, look: Self.look(severity)), TextTable.Cell(finding.table),
                    TextTable.Cell("\(finding.code): \(finding.message)"),
                    TextTable.Cell(NumberText.count(finding.count)),
                    TextTable.Cell(finding.treatment.rawValue.replacing("_", with: " ")),
                    TextTable.Cell(
                        DisplayWidth.shortened(finding.examples.first ?? "", to: 60), look: .faint),
                ])
            }
        }
        return table
    }

    /// All of it, for a terminal.
    public func text(style: TextStyle) -> String {
        var text = accounts.text(style: style)
        if !report.findings.isEmpty { text += "\n" + findings.text(style: style) }
        return text + "\n" + summary + "\n"
    }

    private static func look(_ severity: QualityReport.Severity) -> TextStyle.Look {
        switch severity {
        case .note: .plain
        case .warning: .notable
        case .error: .bad
        }
    }
}
