import Importers
import Reports

/// What an import says at its end: the account of every row, what was found, what was written.
struct ImportText {
    let log: FindingLog
    let summary: ImportSummary

    /// The text for a terminal.
    func text(style: TextStyle) -> String {
        [accounts(style), findings(style), tables(style), notes].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// Rows read = rows kept + rows set aside, per reason.
    private func accounts(_ style: TextStyle) -> String {
        var table = TextTable(
            columns: [TextTable.Column("source"), TextTable.Column("for")]
                + ["read", "kept", "set aside"].map { TextTable.Column($0, alignsRight: true) }
                + [TextTable.Column("reasons")])
        for account in log.accounts {
            let reasons = account.setAside.map { "\($0.reason) \(NumberText.count($0.count))" }
            table.add(
                [
                    account.file, account.use, NumberText.count(account.read), NumberText.count(account.kept),
                    NumberText.count(account.read - account.kept), reasons.joined(separator: ", "),
                ].map { TextTable.Cell($0) })
        }
        return table.rows.isEmpty ? "" : table.text(style: style)
    }

    /// Findings with their first example.
    private func findings(_ style: TextStyle) -> String {
        var table = TextTable(
            columns: [
                TextTable.Column("severity"), TextTable.Column("count", alignsRight: true), TextTable.Column("found"),
                TextTable.Column("example"),
            ])
        for finding in log.findings {
            let example = finding.examples.first.map { "\($0.location) \($0.detail)" } ?? ""
            table.add([
                TextTable.Cell(
                    finding.severity.rawValue, look: finding.severity == .warning ? .notable : .plain),
                TextTable.Cell(NumberText.count(finding.count)), TextTable.Cell(finding.message),
                TextTable.Cell(DisplayWidth.shortened(example, to: 80), look: .faint),
            ])
        }
        return table.rows.isEmpty ? "" : table.text(style: style)
    }

    private func tables(_ style: TextStyle) -> String {
        var table = TextTable(columns: [TextTable.Column("written"), TextTable.Column("rows", alignsRight: true)])
        for rows in summary.tables {
            table.add([TextTable.Cell(rows.table), TextTable.Cell(NumberText.count(rows.count))])
        }
        return table.text(style: style)
    }

    private var notes: String { summary.notes.map { $0 + "\n" }.joined() }
}
