import Domain
import Foundation
import Testing

@testable import Importers

@Suite struct TableImporterTests {
    /// A map of one `zones` block over `z.csv`, with the smallest other tables written out.
    private func map(zones: String, extra: String = "") -> String {
        """
        sandtable_map: 1
        dataset: {name: n, origin: o, licence: l, currency: USD, time_zone: UTC, coordinates: plane}
        tables:
          nodes: {rows: [{id: n1, x: 0, y: 0, region: r}]}
          products: {rows: [{id: p1}]}
          inventory: {rows: [{node: n1, product: p1, on_hand: 9}]}
          tariffs: {rows: [{id: t}]}
          services: {rows: [{id: s, tariff: t, km_per_hour: 50}]}
          orders: {rows: [{id: o1, placed_at: "2026-01-12T08:00:00", x: 0, y: 0}]}
          order_lines: {rows: [{order: o1, product: p1, quantity: 1}]}
          zones:
        \(zones)
        \(extra)
        """
    }

    /// A folder with a source, its map and nothing else, ready to be imported.
    private func prepared(_ source: String) throws -> (folder: ScratchFolder, options: TableImporter.Options) {
        let folder = try ScratchFolder()
        _ = try folder.write(source, to: "z.csv")
        var options = TableImporter.Options()
        options.map = try folder.write(
            map(zones: "    from: z.csv\n    columns: {id: a, x: b, y: c, region: d}"), to: "m.yaml")
        return (folder, options)
    }

    /// Imports what was prepared.
    private func run(
        _ prepared: (folder: ScratchFolder, options: TableImporter.Options), isReplacing: Bool = false,
        isStrict: Bool = false
    ) throws -> ImportSummary {
        var log = FindingLog()
        let output = ImportOutput(
            folder: prepared.folder.path + "/out", isReplacing: isReplacing, isStrict: isStrict)
        return try TableImporter().run(
            sources: [prepared.folder.path + "/z.csv"], options: prepared.options, output: output, report: &log)
    }

    @Test("What makes no valid dataset is an error at the source's line, and leaves nothing behind")
    func refusesInvalidDatasets() throws {
        let prepared = try prepared("a,b,c,d\nz1,1,2,r\nz2,1,2,r\nz1,3,4,r\n")
        let error = #expect(throws: InputError.self) { try run(prepared) }
        #expect(error?.location == Domain.SourceLocation(file: prepared.folder.path + "/z.csv", line: 4))
        #expect(error?.found.contains("z1") == true)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: prepared.folder.path).sorted() == ["m.yaml", "z.csv"])
    }

    @Test("Warnings about the sources stop a strict import before anything is written")
    func strictImportRefusesWarnings() throws {
        let prepared = try prepared("a,b,c,d\nz1,1,2,r\n,1,2,r\n")
        let error = #expect(throws: InputError.self) { try run(prepared, isStrict: true) }
        #expect(error?.found == "1 x no id; the row is set aside")
        #expect(error?.location?.line == 3)
        #expect(!FileManager.default.fileExists(atPath: prepared.folder.path + "/out"))
        #expect(try run(prepared).tables.first { $0.table == "zones" }?.count == 1)
    }

    @Test("A dataset that is there is replaced only when told to; other files of its folder stay")
    func replacesOnlyWhenTold() throws {
        let prepared = try prepared("a,b,c,d\nz1,1,2,r\n")
        _ = try run(prepared)
        _ = try prepared.folder.write("mine", to: "out/notes.txt")
        #expect(throws: OperationError.self) { try run(prepared) }
        _ = try prepared.folder.write("a,b,c,d\nz7,1,2,r\n", to: "z.csv")
        _ = try run(prepared, isReplacing: true)
        #expect(try WrittenTable(prepared.folder.path + "/out", "zones").column("id") == ["z7"])
        #expect(FileManager.default.fileExists(atPath: prepared.folder.path + "/out/notes.txt"))
        #expect(!FileManager.default.fileExists(atPath: prepared.folder.path + "/out.unchecked"))
    }

    @Test("quality.json holds what was found in the sources and in the dataset, with places and accounts")
    func writesQuality() throws {
        let prepared = try prepared("a,b,c,d\nz1 ,1,2,r\n,1,2,r\n")
        let summary = try run(prepared)
        let data = try Data(contentsOf: URL(filePath: prepared.folder.path + "/out/quality.json"))
        let quality = try JSONDecoder().decode(ImportQuality.self, from: data)
        #expect(quality == summary.quality)
        #expect(
            quality.sources.findings.map { "\($0.severity.rawValue) \($0.treatment.rawValue) \($0.code) \($0.count)" }
                == [
                    "note repaired padded_cells 1", "warning set_aside blank:zones.id 1",
                ])
        #expect(quality.sources.findings.last?.examples == ["z.csv:3"])
        let account = try #require(quality.sources.tables.first)
        #expect(
            account.file == "z.csv" && account.read == 2 && account.kept == 1 && account.setAside == ["blank id": 1])
        #expect(quality.dataset.tables.contains { $0.table == "zones" && $0.read == 1 })
        let text = try String(contentsOfFile: prepared.folder.path + "/out/quality.txt", encoding: .utf8)
        #expect(text == quality.text)
        #expect(text.contains("z.csv, zones: 2 read = 1 kept + 1 set aside (blank id)"))
    }

    /// The zones that a map makes of a source, and what was found.
    private func zones(
        _ block: String, of source: String, extra: String = "", column: String = "id"
    ) throws -> (cells: [String], log: FindingLog) {
        let folder = try ScratchFolder()
        let file = try folder.write(source, to: "z.csv")
        var options = TableImporter.Options()
        options.map = try folder.write(map(zones: block, extra: extra), to: "m.yaml")
        var log = FindingLog()
        let others = extra.contains("other.csv") ? [folder.path + "/other.csv"] : []
        _ = try TableImporter().run(
            sources: [file] + others, options: options, output: ImportOutput(folder: folder.path + "/out"), report: &log
        )
        return (try WrittenTable(folder.path + "/out", "zones").column(column), log)
    }

    @Test("Rows with a blank or unreadable required cell are set aside; an unreadable optional cell is left blank")
    func setsRowsAside() throws {
        let block = "    from: z.csv\n    columns: {id: a, x: b, y: c, region: d, tags: {column: e, separator: '|'}}"
        let source = "a,b,c,d,e\nz1,1,2,r,u|v\n,1,2,r,\nz3,east,2,r,\nz4,4,5,r,w\n"
        let (ids, log) = try zones(block, of: source)
        #expect(ids == ["z1", "z4"])
        let account = try #require(log.accounts.first)
        #expect(account.read == 4 && account.kept == 2)
        #expect(account.setAsideByReason == ["blank id": 1, "unreadable x": 1])
        let unreadable = try #require(log.findings.first { $0.code == "unreadable:zones.x" })
        #expect(unreadable.severity == .warning)
        #expect(unreadable.examples.first?.location.line == 4)
        #expect(unreadable.examples.first?.detail == "'east'")
        #expect(try zones(block, of: source, column: "tags").cells == ["u;v", "w"])
    }

    @Test("A column that no row can read is an error that names the map's line")
    func refusesWrongColumn() {
        let error = #expect(throws: InputError.self) {
            try zones(
                "    from: z.csv\n    columns: {id: a, x: b, y: c, region: d}",
                of: "a,b,c,d\nz1,east,2,r\nz2,west,2,r\n")
        }
        #expect(error?.found == "'east' and no readable cell in any row")
        #expect(error?.expected.hasPrefix("a number for 'zones.x'") == true)
        #expect(error?.location?.line == 2)
    }

    @Test("An unknown source column or file is an error with the nearest name")
    func namesNearestSource() {
        let column = #expect(throws: InputError.self) {
            try zones("    from: z.csv\n    columns: {id: zone, x: b, y: c, region: d}", of: "zones,b,c,d\nz1,1,2,r\n")
        }
        #expect(column?.suggestion == "zones")
        #expect(column?.location?.file.hasSuffix("m.yaml") == true)
        let file = #expect(throws: InputError.self) {
            try zones("    from: zs.csv\n    columns: {id: a, x: b, y: c, region: d}", of: "a,b,c,d\nz1,1,2,r\n")
        }
        #expect(file?.found == "no source file 'zs.csv'")
        #expect(file?.suggestion == "z.csv")
    }

    @Test("Words are replaced, defaults filled, numbers reckoned and converted in the stated order")
    func evaluatesExpressions() throws {
        let columns = """
                from: z.csv
                columns:
                  id: {template: "{a}-{d}"}
                  name: {column: d, values: {N: north, S: south}, otherwise: elsewhere}
                  x: {column: b, default: 7, times: 2, plus: c, minus: {column: c, times: 0.5}}
                  y: {row_number: true, divided_by: 4}
                  region: {value: r}
            """
        let source = "a,b,c,d\nq,1,10,N\nq,,20,W\n"
        #expect(try zones(columns, of: source).cells == ["q-N", "q-W"])
        #expect(try zones(columns, of: source, column: "name").cells == ["north", "elsewhere"])
        #expect(try zones(columns, of: source, column: "x").cells == ["7", "24"])
        #expect(try zones(columns, of: source, column: "y").cells == ["0.25", "0.5"])
    }

    @Test("Rows with one key become one by each column's rule, in the order of their first")
    func combinesRows() throws {
        let columns = """
                from: z.csv
                key: [id]
                columns:
                  id: a
                  name: d
                  x: {column: b, combine: mean}
                  y: {column: b, combine: max}
                  region: {value: r}
                  tags: {column: d, combine: list}
            """
        let source = "a,b,d\nq,1,\nw,5,u\nq,4,v\nq,4,u\nq,,v\n"
        #expect(try zones(columns, of: source).cells == ["q", "w"])
        #expect(try zones(columns, of: source, column: "x").cells == ["3", "5"])
        #expect(try zones(columns, of: source, column: "y").cells == ["4", "5"])
        #expect(try zones(columns, of: source, column: "name").cells == ["v", "u"])
        #expect(try zones(columns, of: source, column: "tags").cells == ["v;u", "u"])
    }

    @Test("Conditions keep the rows for which all of them hold")
    func filtersRows() throws {
        let columns = """
                from: z.csv
                where:
                  - {column: d, is_not: [test, draft]}
                  - {column: b, above: 1, at_most: 4}
                  - {column: c, blank: false}
                columns: {id: a, x: b, y: c, region: {value: r}}
            """
        let source = "a,b,c,d\nk,2,1,\nl,2,1,test\nm,1,1,\nn,4,1,x\no,4,,x\np,5,1,x\nq,none,1,x\n"
        let (ids, log) = try zones(columns, of: source)
        #expect(ids == ["k", "n"])
        #expect(
            log.accounts[0].setAsideByReason == [
                "not: d is not test or draft": 1, "not: b is above 1 and at most 4": 3, "not: c is not blank": 1,
            ])
    }

    @Test("Joins take the first match, each match, or require one; a joined column is named with its file if need be")
    func joinsFiles() throws {
        let folder = try ScratchFolder()
        let left = try folder.write("k,v\nk1,1\nk2,2\nk3,3\n", to: "left.csv")
        let right = try folder.write("key,v,w\nk1,10,a\nk1,11,b\nk3,30,c\n", to: "right.csv")
        func ids(_ match: String) throws -> [String] {
            var options = TableImporter.Options()
            options.map = try folder.write(
                map(
                    zones: """
                            from: left
                            join: [{file: right.csv, on: {k: key}, match: \(match)}]
                            columns: {id: {template: "{k}/{right.v}{w}"}, x: v, y: v, region: {value: r}}
                        """), to: "m-\(match).yaml")
            var log = FindingLog()
            let out = folder.path + "/\(match)"
            _ = try TableImporter().run(
                sources: [left, right], options: options, output: ImportOutput(folder: out), report: &log)
            #expect(log.accounts[0].setAsideByReason == (match == "required" ? ["no match in right.csv": 1] : [:]))
            return try WrittenTable(out, "zones").column("id")
        }
        #expect(try ids("first") == ["k1/10a", "k2/", "k3/30c"])
        #expect(try ids("each") == ["k1/10a", "k1/11b", "k2/", "k3/30c"])
        #expect(try ids("required") == ["k1/10a", "k3/30c"])
    }

    @Test("A minimum charge becomes the larger of both prices, band by band; overlaps and repeats are reported")
    func expandsTariffs() throws {
        var draft = TableDraft(
            name: "tariffs", columns: ["id", "from_kg", "to_kg", "minimum_charge", "per_shipment", "per_kg"])
        draft.append(["t", "0", "10", "8", "1", "2"])
        draft.append(["t", "10", "20", "8", "1", "1.5"])
        draft.append(["t", "20", "30", "90", "1", "1"])
        draft.append(["t", "20", "40", "1", "2", "3"])
        draft.append(["t", "25", "", "", "3", "4"])
        var log = FindingLog()
        let bands = try TariffBands.expand(draft, file: "m.yaml", log: &log)
        #expect(bands.columns == ["id", "from_kg", "per_shipment", "per_kg"])
        #expect(
            bands.rows == [
                ["t", "0", "8", ""], ["t", "3.5", "1", "2"], ["t", "10", "1", "1.5"], ["t", "20", "90", ""],
                ["t", "25", "3", "4"],
            ])
        #expect(log.count("repeated_band") == 1)
        #expect(log.count("overlapping_bands") == 4)
        draft.append(named: [("id", "u"), ("minimum_charge", "5"), ("per_km", "1")])
        let error = #expect(throws: InputError.self) { try TariffBands.expand(draft, file: "m.yaml", log: &log) }
        #expect(error?.found == "a minimum charge beside 'per_km' in tariff 'u'")
    }

    @Test("Without a map, with an unknown setting and without a required table there is an error and no output")
    func refusesIncompleteImports() throws {
        var log = FindingLog()
        let none = #expect(throws: InputError.self) {
            try TableImporter().run(sources: [], options: .init(), output: ImportOutput(folder: "out"), report: &log)
        }
        #expect(none?.found == "no map")
        let setting = #expect(throws: InputError.self) {
            try TableImporter().run(
                sources: [], settings: [("mpa", "x")], output: ImportOutput(folder: "out"), report: &log)
        }
        #expect(setting?.suggestion == "map")
        let folder = try ScratchFolder()
        let path = try folder.write("a\n", to: "z.csv")
        var options = TableImporter.Options()
        options.map = try folder.write(
            map(zones: "    from: z.csv\n    columns: {id: a, x: a, y: a, region: a}"), to: "m.yaml")
        let empty = #expect(throws: InputError.self) {
            try TableImporter().run(
                sources: [path], options: options, output: ImportOutput(folder: folder.path + "/out"), report: &log)
        }
        #expect(empty?.found == "no rows for table 'zones'")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/out"))
    }
}
