import Testing

@testable import History
@testable import Reports

struct QualityTextTests {
    private let report = QualityReport(
        findings: [
            QualityReport.Finding(
                severity: .note, code: "freight_missing", table: "history", count: 19, treatment: .kept,
                message: "delivered, freight not known", examples: ["history.csv:7"]),
            QualityReport.Finding(
                severity: .warning, code: "duplicate_row", table: "orders", count: 1_200, treatment: .setAside,
                message: "rows that stand twice", examples: ["orders.csv:3", "orders.csv:9"]),
        ],
        tables: [
            QualityReport.TableAccount(
                table: "orders", file: "orders.csv.zst", read: 5_000, kept: 3_800, setAside: ["duplicate_row": 1_200])
        ])

    @Test("Rows read are rows kept and rows set aside, in the summary and per table with the reason")
    func accounts() {
        let text = QualityText(report)
        #expect(text.summary == "5,000 rows read = 3,800 kept + 1,200 set aside, 1 warning, 1 note")
        #expect(text.accounts.text().contains("orders.csv.zst  5,000  3,800      1,200  duplicate_row 1,200"))
    }

    @Test("Findings stand with the heaviest first, their count, what became of the rows and an example")
    func findings() {
        let lines = QualityText(report).findings.text().split(separator: "\n")
        #expect(lines[1].hasPrefix("warning   orders   duplicate_row: rows that stand twice"))
        #expect(lines[1].contains("1,200  set aside  orders.csv:3"))
        #expect(lines[2].hasPrefix("note      history  freight_missing"))
    }
}
