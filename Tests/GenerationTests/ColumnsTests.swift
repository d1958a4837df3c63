import Domain
import History
import Storage
import TestKit
import Testing

@testable import Generation

@Suite("Generating columns")
struct ColumnsTests {
    /// Segments, channels, promises, tags, several lines, open orders, history and series, on few orders.
    private func richSpec() throws -> String {
        try String(
            decoding: FileSystem.read(repository + "/Datasets/yangtze-delta/spec.yaml"), as: UTF8.self)
    }

    private func generator(_ text: String, orders: Int? = nil) throws -> Generator {
        try Generator(GenerationSpecification(yaml: text, file: "spec.yaml"), orders: orders)
    }

    /// A dataset generated as CSV and read, and one generated as columns and opened.
    private func both(_ generator: Generator, in folder: String) throws -> (csv: OpenedDataset, columns: OpenedDataset)
    {
        try generator.write(to: folder + "/csv", format: .csv)
        let summary = try generator.write(to: folder + "/columns", format: .columns)
        #expect(summary.rows.map(\.table).contains(.orderLines))
        return (
            try DatasetReader.open(folder + "/csv", cache: .never),
            try DatasetReader.open(folder + "/columns", cache: .never)
        )
    }

    @Test("A book generated as columns is the one generated as CSV, with everything on", arguments: [40, 3000])
    func sameContent(_ orders: Int) throws {
        try withTemporaryFolder { folder in
            let (csv, columns) = try both(generator(richSpec(), orders: orders), in: folder)
            #expect(columns.origin == .columns)
            #expect(columns.dataset.contentHash == csv.dataset.contentHash)
            #expect(Array(columns.dataset.orders.ids) == Array(csv.dataset.orders.ids))
            #expect(columns.dataset.orders.tagsLow == csv.dataset.orders.tagsLow)
            #expect(columns.dataset.orders.segments == csv.dataset.orders.segments)
            #expect(columns.dataset.history?.deliveredAt.count == csv.dataset.history?.deliveredAt.count)
            #expect(columns.dataset.tags == csv.dataset.tags && columns.dataset.channels == csv.dataset.channels)
            #expect(columns.quality.findings == csv.quality.findings)
            #expect(columns.quality.tables.map(\.kept) == csv.quality.tables.map(\.kept))
        }
    }

    @Test("The same holds where segments are the orders' own and where names that could occur do not")
    func rareNames() throws {
        let text = try minimalSpec(
            (
                "demand:",
                """
                segments:
                  - {id: usual, share: 1}
                  - {id: rare, share: 0.0000001}
                channels: {web: 1, fax: 0.0000001, none: 0}
                promises: [{id: soon, share: 1, within_hours: 20.5, tag: hurry}, {id: never, share: 0, within_hours: 1, tag: calm}]
                basket: {lines: [1, 1], high_value: 1000000, high_value_tag: dear}
                demand:
                """
            ),
            ("categories:", "customers: {per_million: 0}\ncategories:"))
        try withTemporaryFolder { folder in
            let (csv, columns) = try both(generator(text), in: folder)
            #expect(csv.dataset.segments == ["", "usual"] && csv.dataset.channels == ["", "web"])
            #expect(columns.dataset.contentHash == csv.dataset.contentHash)
            #expect(columns.quality.findings == csv.quality.findings)
        }
    }

    @Test("The same spec gives the same file, and a book of one line an order takes some 40 bytes an order")
    func bytes() throws {
        try withTemporaryFolder { folder in
            let generator = try generator(minimalSpec(), orders: 20_000)
            try generator.write(to: folder + "/a", format: .columns)
            try generator.write(to: folder + "/b", format: .columns)
            let first = try FileSystem.read(folder + "/a/dataset.columns")
            #expect(try FileSystem.read(folder + "/b/dataset.columns") == first)
            #expect(first.count < 40 * 20_000)
            let names = try FileSystem.names(in: folder + "/a").sorted()
            #expect(names == [".sandtable-cache", "dataset.columns", "dataset.yaml"])
        }
    }

    @Test("A folder changes between the formats without leftovers")
    func replacing() throws {
        try withTemporaryFolder { folder in
            let generator = try generator(minimalSpec())
            try generator.write(to: folder + "/d")
            #expect(FileSystem.exists(folder + "/d/orders.csv.zst"))
            try generator.write(to: folder + "/d", format: .columns)
            #expect(try !FileSystem.names(in: folder + "/d").contains { $0.contains(".csv") })
            #expect(try DatasetReader.open(folder + "/d").origin == .columns)
            try generator.write(to: folder + "/d", format: .csv)
            #expect(!FileSystem.exists(folder + "/d/dataset.columns"))
            #expect(try DatasetReader.open(folder + "/d").origin == .compiled)
        }
    }

    @Test("Up to a million orders are written as CSV, more as columns")
    func defaultFormat() {
        #expect(Generator.Format.fitting(orders: 1_000_000) == .csv)
        #expect(Generator.Format.fitting(orders: 1_000_001) == .columns)
    }

    @Test("Columns that are cut off, changed, of another version or of another description are errors that say so")
    func damaged() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/d/dataset.columns"
            try generator(minimalSpec()).write(to: folder + "/d", format: .columns)
            let whole = try FileSystem.read(path)
            func message(_ bytes: [UInt8]) throws -> String {
                try AtomicFile.write(bytes, to: path)
                do {
                    _ = try DatasetReader.open(folder + "/d")
                } catch {
                    return error.description.replacing(folder + "/", with: "")
                }
                return "opened"
            }
            let advice = "expected the whole file, written by this version: generate the dataset anew"
            #expect(
                try message(Array(whole.dropLast(1000)))
                    == "d/dataset.columns: found 'd/dataset.columns' is not a whole column archive of version 2, "
                    + advice)
            var old = whole
            old[8] = 1
            #expect(
                try message(old)
                    == "d/dataset.columns: found 'd/dataset.columns' is a column archive of version 1, not 2, " + advice
            )
            // A byte of an order's number: the table of contents is right, the column is not.
            let column = try #require(whole.firstRange(of: [1, 0, 0, 0, 1, 0, 0, 0]))
            var changed = whole
            changed[column.lowerBound] ^= 0x40
            #expect(try message(changed).contains("is damaged: column"))
            #expect(try message(whole) == "opened")

            let yaml = String(decoding: try FileSystem.read(folder + "/d/dataset.yaml"), as: UTF8.self)
            try AtomicFile.write(yaml.replacing("EUR", with: "USD"), to: folder + "/d/dataset.yaml")
            #expect(
                try message(whole)
                    == "d/dataset.yaml: found another description than the one that dataset.columns was written with, "
                    + "expected dataset.yaml as it was generated")
            try AtomicFile.write(yaml.replacing("rows: 200", with: "rows: 201"), to: folder + "/d/dataset.yaml")
            #expect(try message(whole) == "d/dataset.columns: found 200 orders, expected 201 as dataset.yaml says")
            try AtomicFile.write(yaml, to: folder + "/d/dataset.yaml")
            try AtomicFile.write("id\n", to: folder + "/d/zones.csv")
            #expect(
                try message(whole)
                    == "d: found dataset.columns and zones.csv, expected either the columns or the tables")
        }
    }

    @Test("Columns are compared with their hashes once; a file that changed since is compared again")
    func verifiedOnce() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/d/dataset.columns"
            try generator(minimalSpec()).write(to: folder + "/d", format: .columns)
            let memory = folder + "/d/.sandtable-cache/files"
            let hash = try DatasetReader.open(folder + "/d").dataset.contentHash
            let remembered = String(decoding: try FileSystem.read(memory), as: UTF8.self)
            #expect(remembered.hasPrefix(hash) && remembered.hasSuffix(" dataset.columns\n"))
            try FileSystem.remove(folder + "/d/.sandtable-cache")
            #expect(try DatasetReader.open(folder + "/d").dataset.contentHash == hash)
            var bytes = try FileSystem.read(path)
            let column = try #require(bytes.firstRange(of: [1, 0, 0, 0, 1, 0, 0, 0]))
            bytes[column.lowerBound] ^= 0x40
            try AtomicFile.write(bytes, to: path)
            #expect(throws: InputErrors.self) { try DatasetReader.open(folder + "/d") }
        }
    }
}
