import Dispatch
import Domain
import Foundation
import History
import Storage
import TestKit
import Testing

@Suite("The compiled form of a dataset")
struct DatasetCacheTests {
    @Test("The first opening compiles, the second maps; both give the same dataset and report")
    func warm() throws {
        try withTemporaryFolder { folder in
            try writeExample(to: folder)
            let first = try DatasetReader.open(folder)
            #expect(first.origin == .compiled)
            let second = try DatasetReader.open(folder)
            #expect(second.origin == .cache)
            #expect(second.dataset.contentHash == first.dataset.contentHash)
            #expect(second.quality == first.quality)
            #expect(second.quality.tables.count == 8)
            #expect(try DatasetReader.open(folder, cache: .never).quality == first.quality)
            #expect(second.dataset.lanes.baseHours == first.dataset.lanes.baseHours)
        }
    }

    @Test("A changed table or description is noticed, even with the same size; the old version is removed")
    func change() throws {
        try withTemporaryFolder { folder in
            try writeExample(to: folder)
            let first = try DatasetReader.open(folder).dataset
            let lines = try #require(try exampleFiles()["order_lines.csv"])
            try AtomicFile.write(lines.replacing("milk,12", with: "milk,13"), to: folder + "/order_lines.csv")
            let second = try DatasetReader.open(folder)
            #expect(second.origin == .compiled)
            #expect(second.dataset.contentHash != first.contentHash)
            #expect(second.dataset.orders.lineQuantities.last == 13)
            // The first one stays mapped.
            #expect(first.orders.lineQuantities.last == 12)
            let cached = try FileSystem.names(in: folder + "/.sandtable-cache").filter { $0.hasSuffix(".columns") }
            #expect(cached.count == 1)
            let yaml = try #require(try exampleFiles()["dataset.yaml"])
            try AtomicFile.write(yaml.replacing("day\n", with: "instant\n"), to: folder + "/dataset.yaml")
            #expect(try DatasetReader.open(folder).dataset.description.promiseBy == .instant)
            try AtomicFile.write(yaml, to: folder + "/dataset.yaml")
            try AtomicFile.write(lines, to: folder + "/order_lines.csv")
            #expect(try DatasetReader.open(folder).dataset.contentHash == first.contentHash)
        }
    }

    @Test("Remembered hashes are used for settled files only: a file rewritten in place is read again")
    func rememberedHashes() throws {
        try withTemporaryFolder { folder in
            try writeExample(to: folder)
            // Times long past, so that the files count as settled and their hashes are remembered.
            for name in try FileSystem.names(in: folder) { try age(folder + "/" + name, by: 1000) }
            _ = try DatasetReader.open(folder)
            let memory = String(
                decoding: try FileSystem.read(folder + "/.sandtable-cache/files"), as: UTF8.self)
            #expect(memory.split(separator: "\n").count == 8)
            #expect(try DatasetReader.open(folder).origin == .cache)
            let lines = try #require(try exampleFiles()["order_lines.csv"])
            let file = try #require(FileHandle(forWritingAtPath: folder + "/order_lines.csv"))
            file.write(Data(lines.replacing("milk,12", with: "milk,13").utf8))
            try file.close()
            let changed = try DatasetReader.open(folder).dataset
            #expect(changed.orders.lineQuantities.last == 13)
        }
    }

    @Test("A damaged cache file is built anew")
    func damaged() throws {
        try withTemporaryFolder { folder in
            try writeExample(to: folder)
            let first = try DatasetReader.open(folder).dataset
            let cache = folder + "/.sandtable-cache"
            let name = try #require(try FileSystem.names(in: cache).first { $0.hasSuffix(".columns") })
            for bytes in [Array(try FileSystem.read(cache + "/" + name).dropLast(9)), [], [1, 2, 3]] {
                try AtomicFile.write(bytes, to: cache + "/" + name)
                let again = try DatasetReader.open(folder)
                #expect(again.origin == .compiled)
                #expect(again.dataset.contentHash == first.contentHash)
            }
        }
    }

    @Test("Where no cache can be written the dataset is read all the same, and the reason is told")
    func unwritable() throws {
        try withTemporaryFolder { folder in
            try writeExample(to: folder + "/data")
            try AtomicFile.write("in the way", to: folder + "/file")
            let opened = try DatasetReader.open(folder + "/data", cache: .folder(folder + "/file/cache"))
            #expect(
                opened.origin
                    == .notCached(
                        reason: "cannot create the folder '\(folder)/file/cache': '\(folder)/file' is a file"))
            #expect(opened.dataset.orders.count == 3)
            let other = try DatasetReader.open(folder + "/data", cache: .folder(folder + "/elsewhere"))
            #expect(other.origin == .compiled)
            #expect(try DatasetReader.open(folder + "/data", cache: .folder(folder + "/elsewhere")).origin == .cache)
            #expect(!FileSystem.exists(folder + "/data/.sandtable-cache"))
        }
    }

    @Test("Many threads that open a new dataset at once all get it, and one whole cache file remains")
    func concurrent() throws {
        try withTemporaryFolder { folder in
            try writeExample(to: folder)
            let expected = try DatasetReader.open(folder, cache: .never).dataset.contentHash
            nonisolated(unsafe) var hashes = [String](repeating: "", count: 8)
            let lock = NSLock()
            DispatchQueue.concurrentPerform(iterations: 8) { index in
                let hash = (try? DatasetReader.open(folder).dataset.contentHash) ?? "failed"
                lock.withLock { hashes[index] = hash }
            }
            #expect(hashes == [String](repeating: expected, count: 8))
            let names = try FileSystem.names(in: folder + "/.sandtable-cache")
            #expect(names.count { $0.hasSuffix(".columns") } == 1)
            #expect(!names.contains { $0.hasSuffix(".partial") })
        }
    }

    /// Sets a file's change time some seconds back.
    private func age(_ path: String, by seconds: Double) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -seconds)], ofItemAtPath: path)
    }
}
