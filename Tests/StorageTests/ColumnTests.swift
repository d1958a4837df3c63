import Domain
import Storage
import TestKit
import Testing

@Suite("Columns and their archive")
struct ColumnTests {
    @Test("What is written to an archive is read back, for every type, in place or spilled, also when empty")
    func roundTrip() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/table.columns"
            let writer = try ColumnArchiveWriter(path: path)
            try writer.add("bytes", [1, 2, 255] as [UInt8])
            let spilled = try writer.open("spilled", of: Double.self)
            let placed = try writer.open("placed", of: Int64.self, capacity: 100_000)
            try writer.add("empty", [Int32]())
            try writer.add("hashes", [UInt64.max, 0])
            for index in 0..<100_000 {
                try spilled.append(Double(index) / 3)
                if index % 2 == 0 { try placed.append(Int64(index)) }
            }
            #expect(!FileSystem.exists(path))
            try writer.finish()

            let archive = try ColumnArchive(path: path)
            #expect(archive.columnNames == ["bytes", "spilled", "placed", "empty", "hashes"])
            #expect(Array(try archive.column("bytes", of: UInt8.self)) == [1, 2, 255])
            #expect(Array(try archive.column("spilled", of: Double.self)) == (0..<100_000).map { Double($0) / 3 })
            #expect(
                Array(try archive.column("placed", of: Int64.self))
                    == stride(from: 0, to: 100_000, by: 2).map(Int64.init))
            #expect(try archive.column("empty", of: Int32.self).isEmpty)
            #expect(Array(try archive.column("hashes", of: UInt64.self)) == [.max, 0])
            #expect(try FileSystem.names(in: folder) == ["table.columns"])
        }
    }

    @Test("A memory store and the archive written from it hold the same values and texts")
    func memoryStore() throws {
        try withTemporaryFolder { folder in
            let store = MemoryColumnStore()
            let names = store.add("names", ["node-9", "", "Łódź", "line\nbreak"])
            store.add("numbers", [1.5, -0.0, .infinity])
            #expect(Array(names) == ["node-9", "", "Łódź", "line\nbreak"])
            #expect(names.withBytes(2) { $0.count } == 7)

            let writer = try ColumnArchiveWriter(path: folder + "/a.columns")
            try store.write(to: writer)
            try writer.finish()
            let archive = try ColumnArchive(path: folder + "/a.columns")
            #expect(Array(try archive.strings("names")) == Array(names))
            #expect(try archive.column("numbers", of: Double.self) == store.column("numbers", of: Double.self))
        }
    }

    @Test("A wrong name or type is an error that names it")
    func wrongColumn() throws {
        let store = MemoryColumnStore()
        store.add("x", [1.0])
        #expect(throws: OperationError("no column 'y'")) { try store.column("y", of: Double.self) }
        #expect(throws: OperationError("column 'x' does not hold Int32")) { try store.column("x", of: Int32.self) }
    }

    @Test("A shortened archive, one with a changed table of contents and one of other bytes are refused")
    func damagedArchive() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/a.columns"
            let writer = try ColumnArchiveWriter(path: path)
            try writer.add("x", (0..<1000).map(Double.init))
            try writer.finish()
            let whole = try FileSystem.read(path)
            var flipped = whole
            flipped[whole.count - 5] ^= 1
            let damaged = [
                Array(whole.dropLast()), whole + [0], flipped, Array(whole.prefix(64)), [],
                [UInt8](repeating: 7, count: 500),
            ]
            for bytes in damaged {
                try AtomicFile.write(bytes, to: path)
                #expect(throws: OperationError("'\(path)' is not a whole column archive of version 2")) {
                    try ColumnArchive(path: path)
                }
            }
            var otherVersion = whole
            otherVersion[8] = 9
            try AtomicFile.write(otherVersion, to: path)
            #expect(throws: OperationError("'\(path)' is a column archive of version 9, not 2")) {
                try ColumnArchive(path: path)
            }
        }
    }

    @Test("Two writers of one path both succeed and a whole archive remains, alone")
    func twoWriters() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/a.columns"
            let first = try ColumnArchiveWriter(path: path)
            let second = try ColumnArchiveWriter(path: path)
            try first.add("x", [1.0])
            try second.add("x", [1.0])
            try first.finish()
            let archive = try ColumnArchive(path: path)
            try second.finish()
            #expect(try archive.column("x", of: Double.self)[0] == 1)
            let latest = try ColumnArchive(path: path)
            #expect(try latest.column("x", of: Double.self)[0] == 1)
            #expect(try FileSystem.names(in: folder) == ["a.columns"])
        }
    }

    @Test("A writer that is given up leaves nothing")
    func abandoned() throws {
        try withTemporaryFolder { folder in
            do {
                let writer = try ColumnArchiveWriter(path: folder + "/a.columns")
                try writer.add("x", [1.0])
                _ = try writer.open("y", of: Double.self)
            }
            #expect(try FileSystem.names(in: folder) == [])
        }
    }
}
