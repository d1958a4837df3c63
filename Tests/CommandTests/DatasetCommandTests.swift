import Foundation
import Storage
import Testing

/// The commands that make datasets.
struct DatasetCommandTests {
    /// A folder with the files that the article on table maps shows: exports of a shop, and their map.
    private func shop() throws -> ScratchFolder {
        let folder = try ScratchFolder(withFixtures: false)
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        let article = try String(
            contentsOf: root.appending(path: "Sources/Importers/Importers.docc/TableMaps.md"), encoding: .utf8)
        for example in article.matches(of: /(?m)^`([a-z.]+)`:\n```[a-z]+\n((?s:.*?))^```$/) {
            try AtomicFile.write(String(example.output.2), to: "\(folder.path)/\(example.output.1)")
        }
        return folder
    }

    private let importing = [
        "import", "table", "--map", "shop.yaml", "warehouses.csv", "stock.csv", "items.csv", "zips.csv", "orders.csv",
        "--output", "out",
    ]

    @Test("A strict import stops at a warning that another only reports, with exit code 2 and nothing written")
    func strictImport() throws {
        let folder = try shop()
        try folder.replace("A2,1/12/26 9:15 AM", by: "A2,yesterday", in: "orders.csv")
        let strict = try SandtableProcess.run(importing + ["--strict"], in: folder)
        #expect(strict.code == 2)
        #expect(strict.notes.contains("orders.csv:4:"), "\(strict.notes)")
        #expect(strict.notes.contains("expected no warnings, as the import is strict"))
        #expect(strict.output.isEmpty && !FileSystem.exists(folder.path + "/out"))
        let lenient = try SandtableProcess.run(importing, in: folder)
        #expect(lenient.code == 0, "\(lenient.notes)")
        #expect(FileSystem.exists(folder.path + "/out/dataset.yaml"))
    }

    @Test("A strict import of exports without a warning passes")
    func strictImportOfSoundTables() throws {
        let folder = try shop()
        let result = try SandtableProcess.run(importing + ["--strict"], in: folder)
        #expect(result.code == 0, "\(result.notes)")
        #expect(FileSystem.exists(folder.path + "/out/dataset.yaml"))
    }

    @Test("--strict is an option of the Olist import too")
    func strictOlist() throws {
        let folder = try ScratchFolder(withFixtures: false)
        let result = try SandtableProcess.run(["import", "olist", "none", "--strict", "--output", "out"], in: folder)
        #expect(result.code == 2)
        #expect(!result.notes.contains("Unknown option") && result.notes.contains("none"), "\(result.notes)")
    }

    @Test("A specification that is missing, a folder or no text ends the generator with exit code 2")
    func unreadableSpecification() throws {
        let folder = try ScratchFolder()
        try AtomicFile.write([0xFF, 0xFE, 0x00], to: folder.path + "/spec.yaml")
        for (name, message) in [
            ("none.yaml", "none.yaml: found no such file"), ("corners", "corners: found a folder"),
            ("spec.yaml", "spec.yaml: found bytes that are no UTF-8 text"),
        ] {
            let result = try SandtableProcess.run(["generate", name, "--output", "out"], in: folder)
            #expect(result.code == 2)
            #expect(result.notes.contains(message), "\(result.notes)")
            #expect(result.output.isEmpty && !FileSystem.exists(folder.path + "/out"))
        }
    }

    @Test("A book generated as columns is checked and run like one of tables, with the same results")
    func columns() throws {
        let folder = try ScratchFolder(withFixtures: false)
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        let article = try String(
            contentsOf: root.appending(path: "Sources/Generation/Generation.docc/GeneratingDatasets.md"),
            encoding: .utf8)
        let spec = try #require(article.firstMatch(of: /(?m)^`minimal.yaml`:\n```yaml\n((?s:.*?))^```$/))
        try AtomicFile.write(String(spec.output.1), to: folder.path + "/spec.yaml")
        var trials: [String] = []
        for format in ["csv", "columns"] {
            for arguments in [
                ["generate", "spec.yaml", "--output", "data", "--format", format], ["check", "data", "--strict"],
                ["init", "data", "--output", "scenario-\(format).yaml"],
                ["run", "scenario-\(format).yaml", "--replications", "2", "--output", "run-\(format)"],
            ] {
                let result = try SandtableProcess.run(arguments, in: folder)
                #expect(result.code == 0, "\(arguments): \(result.notes)")
            }
            #expect(FileSystem.exists(folder.path + "/data/dataset.columns") == (format == "columns"))
            trials.append(try folder.text("run-\(format)/trials.csv"))
        }
        #expect(trials[0] == trials[1] && trials[0].count > 100)
        let wrong = try SandtableProcess.run(
            ["generate", "spec.yaml", "--output", "out", "--format", "parquet"], in: folder)
        #expect(wrong.code == 2 && wrong.notes.contains("'parquet'"), "\(wrong.code) \(wrong.notes)")
    }
}
