import Domain
import History
import Testing

@testable import Importers

@Suite struct TableMapReaderTests {
    /// A map with its `dataset` and the lines given below it.
    private func map(_ lines: String) throws(InputError) -> TableMap {
        try TableMapReader.read(
            text: """
                sandtable_map: 1
                dataset: {name: n, origin: o, licence: l, currency: USD, time_zone: UTC}
                \(lines)
                """, file: "m.yaml")
    }

    /// A map whose `zones` block has the columns given.
    private func zones(_ columns: String) throws(InputError) -> TableMap {
        try map(
            "tables:\n  zones:\n    from: z.csv\n    columns:\n      id: a\n      region: b\n      x: c\n\(columns)")
    }

    private func place(_ line: Int, _ column: Int) -> Domain.SourceLocation {
        Domain.SourceLocation(file: "m.yaml", line: line, column: column)
    }

    @Test("A key, table, column, unit or word that is not known is an error at its place with the nearest right one")
    func namesTheNearest() {
        #expect(
            throws: InputError(
                at: place(3, 1), unknown: "key", word: "tabels",
                among: [
                    "sandtable_map", "dataset", "read", "files", "tables", "checks",
                ])
        ) { try map("tabels: {}") }
        let table = #expect(throws: InputError.self) { try map("tables:\n  zone:\n    from: z.csv") }
        #expect(table?.suggestion == "zones")
        #expect(table?.location == place(4, 3))
        let column = #expect(throws: InputError.self) { try zones("      y: d\n      regoin: e") }
        #expect(column?.found == "unknown column of 'zones' 'regoin'")
        #expect(column?.suggestion == "region")
        #expect(column?.location == place(11, 7))
        let unit = #expect(throws: InputError.self) {
            try map("tables:\n  products:\n    from: p\n    columns: {id: a, mass_kg: {column: w, unit: pound s}}")
        }
        #expect(unit?.suggestion == "pounds")
        let word = #expect(throws: InputError.self) {
            try map("tables:\n  zones:\n    from: z\n    join: [{file: q, on: a, match: frist}]\n    columns: {}")
        }
        #expect(word?.suggestion == "first")
    }

    @Test(
        "What a map cannot mean is an error that says what it could",
        arguments: [
            (
                "      y: {column: d, unit: km}", "'km' for tables.zones.columns.y.unit",
                "no unit, as 'y' is a plain number"
            ),
            (
                "      y: {column: d, value: 3}", "keys and values for tables.zones.columns.y",
                "exactly one of column, value, template, row_number"
            ),
            (
                "      y: {column: d, format: \"%Y\"}", "'%Y' for tables.zones.columns.y.format",
                "no date pattern, as 'y' is no instant"
            ),
            (
                "      y: {column: d, combine: mean}", "'combine' without a key",
                "'key: [...]' in the table, naming the columns whose rows become one"
            ),
            ("      y: {template: \"{d\"}", "'{d' for tables.zones.columns.y.template", "a '}' after each '{'"),
            (
                "      name: {column: d, times: 2}\n      y: e", "'2' for tables.zones.columns.name.times",
                "no reckoning, as 'name' is no number"
            ),
            (
                "      name: {column: d, expect: {above: 0}}\n      y: e",
                "keys and values for tables.zones.columns.name.expect",
                "bounds on a number: above, at_least, below, at_most"
            ),
            ("", "no column 'y'", "it, as table 'zones' requires it"),
        ])
    func refusesWhatMakesNoSense(columns: String, found: String, expected: String) {
        let error = #expect(throws: InputError.self) { try zones(columns) }
        #expect(error?.found == found)
        #expect(error?.expected == expected)
        #expect(error?.location?.line != nil)
    }

    @Test("Units must measure what the column holds")
    func unitsMatchColumns() {
        let error = #expect(throws: InputError.self) {
            try map("tables:\n  products:\n    from: p\n    columns: {id: a, mass_kg: {column: w, unit: h}}")
        }
        #expect(error?.expected == "a unit of mass: kg, g, mg, t, lb, oz")
    }

    @Test("Missing parts, a wrong version and text that is no map are errors")
    func refusesIncompleteMaps() {
        let version = #expect(throws: InputError.self) {
            try TableMapReader.read(text: "sandtable_map: 2", file: "m.yaml")
        }
        #expect(version?.expected == "the version 1")
        let empty = #expect(throws: InputError.self) { try TableMapReader.read(text: "# nothing\n", file: "m.yaml") }
        #expect(empty?.found == "an empty file")
        let list = #expect(throws: InputError.self) { try TableMapReader.read(text: "- 1\n", file: "m.yaml") }
        #expect(list?.expected == "a table map")
        let tables = #expect(throws: InputError.self) { try map("read: {}") }
        #expect(tables?.found == "no key 'tables'")
        let from = #expect(throws: InputError.self) { try map("tables: {zones: {columns: {id: a}}}") }
        #expect(from?.found == "no key 'from' for tables.zones")
        let rows = #expect(throws: InputError.self) { try map("tables: {zones: {rows: [{id: a, x: 1}]}}") }
        #expect(rows?.found == "no column 'y'")
    }

    @Test("Every table of the dataset format can be filled, with exactly its columns")
    func knowsTheDatasetFormat() throws {
        #expect(Set(TargetSchema.tables) == Set(DatasetTable.allCases.map(\.name)))
        for table in DatasetTable.allCases {
            let columns = try #require(TargetSchema.columns(of: table.name))
            let own = columns.filter { table != .tariffs || !TargetSchema.tariffExtras.contains($0.name) }
            #expect(Set(own.filter(\.isRequired).map(\.name)) == Set(table.requiredColumns), "\(table)")
            #expect(Set(own.filter { !$0.isRequired }.map(\.name)) == Set(table.optionalColumns), "\(table)")
            #expect(TargetSchema.optionalTables.contains(table.name) == table.isOptional)
        }
    }

    @Test("Words for headers are known columns, and no word stands for a column twice")
    func headerWordsAreSound() throws {
        for (table, columns) in HeaderSynonyms.words {
            let known = try #require(TargetSchema.columns(of: table)).map(\.name)
            for (column, words) in columns {
                #expect(known.contains(column), "\(table).\(column)")
                #expect(Set(words).count == words.count, "\(table).\(column)")
                #expect(words.allSatisfy { HeaderSynonyms.normalised($0) == $0 }, "\(table).\(column)")
            }
        }
    }

    @Test(
        "Headers are compared without case, blanks and signs",
        arguments: [
            ("Ship To ZIP", "ship_to_zip"), ("shipToZip", "ship_to_zip"), ("SHIP-TO-ZIP", "ship_to_zip"),
            ("SKU", "sku"),
            ("orders/day", "orders_day"),
        ])
    func normalisesHeaders(header: String, word: String) {
        #expect(HeaderSynonyms.normalised(header) == word)
    }
}
