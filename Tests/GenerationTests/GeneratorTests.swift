import Domain
import History
import Storage
import TestKit
import Testing

@testable import Generation

@Suite("Writing a generated dataset")
struct GeneratorTests {
    private func generator(_ text: String? = nil, orders: Int? = nil, seed: UInt64? = nil) throws -> Generator {
        let text = try text ?? minimalSpec()
        return try Generator(GenerationSpecification(yaml: text, file: "spec.yaml"), orders: orders, seed: seed)
    }

    @Test("The same spec and seed give the same bytes; another seed gives others")
    func deterministic() throws {
        try withTemporaryFolder { folder in
            try generator().write(to: folder + "/a")
            try generator().write(to: folder + "/b")
            try generator(seed: 2).write(to: folder + "/c")
            let first = try bytes(of: folder + "/a")
            #expect(try bytes(of: folder + "/b") == first)
            #expect(try bytes(of: folder + "/c")["orders.csv.zst"] != first["orders.csv.zst"])
        }
    }

    @Test("The article's minimal dataset is read back without a finding, and the summary counts its rows")
    func minimal() throws {
        try withTemporaryFolder { folder in
            var progress: [Int] = []
            let summary = try generator().write(to: folder + "/two") { progress.append($0.ordersDone) }
            #expect(
                summary.description
                    == "two-cities in \(folder)/two: 2 nodes, 4 zones, 25 products, 50 inventory, 1 tariffs, "
                    + "1 services, 200 orders, 200 order lines")
            #expect(progress.last == 200 && progress == progress.sorted())
            let opened = try DatasetReader.open(folder + "/two", strict: true, cache: .never)
            // The minimal spec promises nothing.
            #expect(opened.quality.findings.map(\.code) == ["promise_missing"])
            #expect(opened.dataset.orders.count == 200)
            #expect(opened.dataset.description == (try description(of: generator(), files: opened.dataset)))
        }
    }

    /// What the generator says, with the files as read.
    private func description(of generator: Generator, files: Dataset) -> DatasetDescription {
        var description = generator.description
        description.files = files.description.files
        return description
    }

    @Test("Writing again into the folder keeps the spec and notes, and drops tables that are no more")
    func again() throws {
        try withTemporaryFolder { folder in
            try AtomicFile.write(minimalSpec(), to: folder + "/spec.yaml")
            try AtomicFile.write("note\n", to: folder + "/README.md")
            let open = try minimalSpec(("stock:", "open_orders: {per_station: 9}\nstock:"))
            try generator(open).write(to: folder)
            #expect(FileSystem.exists(folder + "/open_orders.csv.zst"))
            try generator(orders: 50).write(to: folder)
            #expect(!FileSystem.exists(folder + "/open_orders.csv.zst"))
            #expect(try rows("orders", in: folder).count == 50)
            #expect(String(decoding: try FileSystem.read(folder + "/spec.yaml"), as: UTF8.self) == (try minimalSpec()))
            #expect(String(decoding: try FileSystem.read(folder + "/README.md"), as: UTF8.self) == "note\n")
            #expect(try DatasetReader.open(folder, strict: true, cache: .never).dataset.orders.count == 50)
        }
    }

    @Test("A folder with another dataset or other files is refused and stays as it was")
    func refused() throws {
        try withTemporaryFolder { folder in
            try generator().write(to: folder + "/a")
            let before = try bytes(of: folder + "/a")
            let other = try generator(minimalSpec(("name: two-cities", "name: other")))
            #expect(
                throws: InputError(
                    at: SourceLocation(file: folder + "/a/dataset.yaml"), found: "the dataset 'two-cities'",
                    expected: "a folder of its own for 'other'")
            ) {
                try other.write(to: folder + "/a")
            }
            #expect(try bytes(of: folder + "/a") == before)
            try FileSystem.createFolder(folder + "/b")
            try AtomicFile.write("id\n", to: folder + "/b/orders.csv")
            #expect(
                throws: OperationError("cannot write the dataset '\(folder)/b': the folder holds other files")
            ) {
                try generator().write(to: folder + "/b")
            }
            #expect(try FileSystem.names(in: folder + "/b") == ["orders.csv"])
        }
    }

    @Test("An order count of 0 is refused, a spec that is not there too")
    func wrongInput() throws {
        #expect(throws: InputError(found: "0 orders", expected: "at least 1")) { try generator(orders: 0) }
        #expect(throws: OperationError.self) { try GenerationSpecification(path: "/nowhere/spec.yaml") }
    }
}

@Suite("The committed dataset yangtze-delta")
struct YangtzeDeltaTests {
    private let folder = repository + "/Datasets/yangtze-delta"

    @Test("It is what its spec generates, table by table, byte by byte before compression")
    func regenerable() throws {
        try withTemporaryFolder { scratch in
            let generator = try Generator(GenerationSpecification(path: folder + "/spec.yaml"))
            let summary = try generator.write(to: scratch + "/again")
            for table in summary.rows.map(\.table.name) {
                let file = "/\(table).csv.zst"
                let fresh = try ByteSource(path: scratch + "/again" + file).readAll()
                let committed = try ByteSource(path: folder + file).readAll()
                #expect(SHA256.hash(of: fresh) == SHA256.hash(of: committed), "\(table) is as committed")
            }
            let named = try FileSystem.names(in: folder).filter { $0.hasSuffix(".csv.zst") }
            #expect(named.sorted() == summary.rows.map { $0.table.name + ".csv.zst" }.sorted())
        }
    }

    @Test("It reads without a finding, fits into 4 MB and has what the quickstart counts on")
    func contents() throws {
        let opened = try DatasetReader.open(folder, strict: true, cache: .never)
        let dataset = opened.dataset
        #expect(opened.quality.findings.map(\.code) == [])
        #expect(dataset.nodes.count >= 24 && dataset.zones.count >= 60 && dataset.products.count >= 300)
        #expect(dataset.orders.count == 30_000)
        #expect((3...5).contains(dataset.services.count))
        #expect(dataset.history != nil && dataset.weather != nil && dataset.traffic != nil)
        #expect(dataset.signals.map(\.name) == ["carrier_premium", "promotion_index", "spare_third_party_capacity"])
        let region = try #require(dataset.regions.firstIndex(of: "hangzhou-shaoxing"))
        let levels = (24..<48).map { dataset.weather?.stormLevels[region * 72 + $0] ?? 0 }
        #expect(levels.max() == 4)
        #expect(dataset.nodes.contains { $0.id == "ningbo-bonded" && $0.kind == "bonded_warehouse" })
        #expect(dataset.nodes.contains { $0.id == "jiaxing-front" && $0.kind == "front_warehouse" })
        let size = try FileSystem.names(in: folder).compactMap { FileSystem.facts(folder + "/" + $0) }
            .filter { !$0.isFolder }.map(\.size).reduce(0, +)
        #expect(size < 4_000_000)
    }

    @Test("Its README states the rows it has")
    func readme() throws {
        let text = String(decoding: try FileSystem.read(folder + "/README.md"), as: UTF8.self)
        for table in DatasetTable.allCases where FileSystem.exists("\(folder)/\(table.name).csv.zst") {
            let count = try rows(table.name, in: folder).count
            let lines = text.split(separator: "\n").filter { $0.hasPrefix("| `\(table.name)` |") }
            #expect(lines.count == 1 && lines.first?.contains("| \(count) |") == true, "\(table.name): \(count)")
        }
    }
}
