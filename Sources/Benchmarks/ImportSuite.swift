import Domain
import History
import Storage
import Statistics

/// How fast tables become a cache: hashed, read, checked, compiled, written and mapped.
enum ImportSuite {
    /// Measures a synthetic book, compressed as it is generated and plain.
    static func run(_ bench: Workbench, into report: inout BenchmarkReport) throws {
        var book = SyntheticBook()
        book.orders = bench.isQuick ? 20_000 : 200_000
        book.linesPerOrder = 2
        let compressed = bench.newPath()
        try book.generate(in: compressed)
        let plain = bench.newPath()
        let tableBytes = try unpack(compressed, to: plain)
        for (name, folder) in [("zstd", compressed), ("plain", plain)] {
            MachineFacts.forgetPeak()
            var sizes = 0
            for file in try FileSystem.names(in: folder) where file.contains(".csv") {
                sizes += FileSystem.facts(folder + "/" + file)?.size ?? 0
            }
            let seconds = try bench.repeated {
                // A cache of its own each time: nothing is found there.
                let cache = bench.newPath()
                try FileSystem.createFolder(cache)
                let start = ContinuousClock.now
                let opened = try DatasetReader.open(folder, cache: .folder(cache))
                let seconds = Workbench.seconds(since: start)
                guard case .compiled = opened.origin else {
                    throw OperationError("the cache in \(cache) was not written: \(opened.origin)")
                }
                return seconds
            }
            let point = ImportPoint(
                compression: name, orders: book.orders, tableBytes: tableBytes, fileBytes: sizes, repeats: seconds,
                megabytesPerSecond: Double(tableBytes) / median(seconds) / 1e6,
                peakResidentBytes: MachineFacts.peakResidentBytes)
            StandardOutput.note("  import \(name): \(Int(point.megabytesPerSecond)) MB/s\n")
            report.imports.append(point)
        }
    }

    /// Writes a dataset with its tables uncompressed to another folder; gives the bytes of the tables.
    private static func unpack(_ source: String, to folder: String) throws -> Int {
        try FileSystem.createFolder(folder)
        var total = 0
        for file in try FileSystem.names(in: source) {
            var bytes = try ByteSource(path: source + "/" + file).readAll()
            if file == "dataset.yaml" {
                // The hashes of the compressed files stand at the end and are optional.
                bytes = Array(String(decoding: bytes, as: UTF8.self).split(separator: "\nfiles:")[0].utf8) + [0x0A]
            } else {
                total += bytes.count
            }
            try AtomicFile.write(bytes, to: folder + "/" + file.replacing(".zst", with: ""))
        }
        return total
    }
}
