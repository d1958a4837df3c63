import Domain
import Foundation
import Testing

@testable import Importers

@Suite struct SourceTableTests {
    private func table(_ text: String, _ reading: SourceTable.Reading = .init()) throws -> SourceTable {
        try SourceTable(name: "t.csv", bytes: Array(text.utf8), reading: reading)
    }

    @Test("Cells lose the blanks at their ends, and each such cell is counted with its first line")
    func trimsAndCounts() throws {
        let table = try table("a, b \n1,AIR  \n 2,SEA\n3,\"RAIL \"\n")
        #expect(table.columns == ["a", "b"])
        #expect((0..<3).map { table.text($0, 1) } == ["AIR", "SEA", "RAIL"])
        #expect(table.oddities.paddedCells == [1, 2])
        #expect(table.oddities.firstPaddedLine == [3, 2])
    }

    @Test("Line ends are told from line breaks in cells, and a missing last line feed is seen")
    func countsLines() throws {
        let table = try table("a,b\r\n1,\"x\r\ny\"\r\n2,z")
        #expect(table.count == 2)
        #expect(table.text(0, 1) == "x\r\ny")
        #expect(table.oddities.carriageReturnLines == 2)
        #expect(table.oddities.dataLines == 3)
        #expect(table.oddities.lacksFinalNewline)
        #expect(table.location(1) == Domain.SourceLocation(file: "t.csv", line: 4))
    }

    @Test("Separator, encoding and blank words are read as told")
    func readsDialects() throws {
        let path = try ScratchFolder()
        let bytes: [UInt8] = Array("ort;menge\nM".utf8) + [0xFC] + Array("nchen;n/a\n".utf8)
        let file = path.path + "/latin.csv"
        try bytes.withUnsafeBytes { try Data($0).write(to: URL(filePath: file)) }
        let reading = SourceTable.Reading(separator: UInt8(ascii: ";"), isLatin1: true, blankWords: ["n/a"])
        let table = try SourceTable(path: file, reading: reading)
        #expect(table.text(0, 0) == "München")
        #expect(table.text(0, 1) == "")
    }

    @Test("A missing column is an error at the header that names the nearest")
    func namesNearestColumn() throws {
        let table = try table("order_id,qty\n1,2\n")
        #expect(
            throws: InputError(
                at: Domain.SourceLocation(file: "t.csv", line: 1), found: "no column 'orderid'",
                expected: "it among order_id, qty", suggestion: "order_id")
        ) { try table.requiredColumn("orderid") }
    }
}
