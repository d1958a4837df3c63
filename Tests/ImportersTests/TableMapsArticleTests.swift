import Domain
import Foundation
import History
import Testing

@testable import Importers

/// The files that an article shows: a name in backquotes and a colon on a line, then a fenced block.
struct ArticleFiles {
    let texts: [String: String]

    init(article: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let url = root.appending(path: "Sources/Importers/Importers.docc/\(article).md")
        let lines = try String(contentsOf: url, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        var texts: [String: String] = [:]
        var index = 0
        while index + 1 < lines.count {
            if lines[index].hasPrefix("`"), lines[index].hasSuffix("`:"), lines[index + 1].hasPrefix("```") {
                let name = String(lines[index].dropFirst().dropLast(2))
                let body = lines[(index + 2)...].prefix { !$0.hasPrefix("```") }
                texts[name] = body.joined(separator: "\n") + "\n"
                index += body.count
            }
            index += 1
        }
        self.texts = texts
    }

    /// Writes every file into a folder.
    func write(to folder: ScratchFolder) throws {
        for (name, text) in texts { _ = try folder.write(text, to: name) }
    }
}

/// A table of a written dataset, by column name.
struct WrittenTable {
    let source: SourceTable

    init(_ folder: String, _ table: String) throws {
        source = try SourceTable(path: "\(folder)/\(table).csv.zst")
    }

    /// A column's cells.
    func column(_ name: String) throws -> [String] {
        let column = try source.requiredColumn(name)
        return (0..<source.count).map { source.text($0, column) }
    }
}

@Suite struct TableMapsArticleTests {
    /// Imports the article's example.
    private func imported(into folder: ScratchFolder) throws -> FindingLog {
        try ArticleFiles(article: "TableMaps").write(to: folder)
        var options = TableImporter.Options()
        options.map = folder.path + "/shop.yaml"
        var log = FindingLog()
        _ = try TableImporter().run(
            sources: [folder.path], options: options, output: ImportOutput(folder: folder.path + "/out"), report: &log)
        return log
    }

    @Test("The example of the article gives the dataset that the article says")
    func exampleImports() throws {
        let folder = try ScratchFolder()
        let log = try imported(into: folder)
        let out = folder.path + "/out"
        let nodes = try WrittenTable(out, "nodes")
        #expect(try nodes.column("service_seconds_per_order") == ["270", "360"])
        #expect(try nodes.column("x") == ["-119.81", "-96.8"])
        #expect(try WrittenTable(out, "products").column("mass_kg") == ["0.226796185", "0.45359237"])
        #expect(try WrittenTable(out, "inventory").column("on_hand") == ["40", "12", "25", "0"])
        let orders = try WrittenTable(out, "orders")
        #expect(try orders.column("id") == ["A1", "A2", "A3"])
        #expect(
            try orders.column("placed_at") == ["2026-01-12T08:30:00", "2026-01-12T09:15:00", "2026-01-12T09:20:00"])
        #expect(try orders.column("promised_at")[1] == "2026-01-15T00:00:00")
        let lines = try WrittenTable(out, "order_lines")
        #expect(try lines.column("price") == ["4.2", "9", "8.5", "4.2"])
        let history = try WrittenTable(out, "history")
        #expect(try history.column("cancelled") == ["false", "false", "true"])
        #expect(try history.column("shipped_at") == ["2026-01-12T11:00:00", "2026-01-12T16:40:00", ""])
        let account = try #require(log.accounts.first { $0.use == "orders" })
        #expect(account.read == 5 && account.kept == 3)
        #expect(account.setAsideByReason == ["not: status is not test": 1, "merged into a row with the same key": 1])
        #expect(log.count("capacity_exceeded:orders of a warehouse") == 0)
    }

    @Test("Every source row is kept or set aside, in every table of the example")
    func everyRowIsAccountedFor() throws {
        let folder = try ScratchFolder()
        let log = try imported(into: folder)
        for account in log.accounts {
            let written = try WrittenTable(folder.path + "/out", account.use).source.count
            #expect(account.kept == written, "\(account.use)")
        }
        #expect(
            log.accounts.map(\.use).sorted() == [
                "history", "inventory", "nodes", "order_lines", "orders", "products", "zones",
            ])
    }

    @Test("The time zone of the map places midnight: start is 8 hours after UTC's")
    func horizonIsLocal() throws {
        let folder = try ScratchFolder()
        _ = try imported(into: folder)
        let yaml = try String(contentsOfFile: folder.path + "/out/dataset.yaml", encoding: .utf8)
        #expect(yaml.contains("start: 2026-01-12T00:00:00"))
        #expect(yaml.contains("end: 2026-01-13T00:00:00"))
    }

    @Test("The map that is suggested for the example's files finds columns, units and dates, and asks for the rest")
    func suggestsMap() throws {
        let folder = try ScratchFolder()
        try ArticleFiles(article: "TableMaps").write(to: folder)
        let text = try TableImporter().suggestedMap(sources: [folder.path])
        for line in [
            "  warehouses.csv: {separator: \";\", decimal: \",\"}", "    from: warehouses.csv", "      x: lon",
            "      mass_kg: {column: weight_lb, unit: lb}", "      zone: zip", "      quantity: qty",
            "      placed_at: {column: ordered, format: \"%m/%d/%y %I:%M[:%S] %p\"}",
            "    from: zips.csv",
        ] {
            #expect(text.contains(line), "no '\(line)' in\n\(text)")
        }
        #expect(text.contains("km_per_hour: FILL_IN"))
        // Whatever is suggested can be read as a map; what is to be filled in fails later, as an unknown column.
        _ = try TableMapReader.read(text: text, file: "suggested.yaml")
    }
}
