import Domain
import Storage
import TestKit
import Testing

@Suite("Columns that are not stored value by value")
struct ColumnFormTests {
    /// Long enough for a sink to flush its buffer several times.
    private static let count = 200_000

    @Test("Constant, counting, indexed and repeated columns read like any other and take next to no room")
    func forms() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/a.columns"
            let writer = try ColumnArchiveWriter(path: path)
            let zones = try writer.open("zone", of: Int32.self, capacity: Self.count)
            let weights = try writer.open("weight", of: Double.self, capacity: Self.count)
            let offsets = try writer.open("offset", of: Int64.self)
            let numbers = try writer.open("number", of: Int32.self, capacity: Self.count)
            let x = try writer.open("x", table: [1.5, 2.5, -3.5], at: "zone")
            let copy = writer.open("copy", sameAs: zones)
            for index in 0..<Self.count {
                try zones.append(Int32(index % 3))
                try weights.append(0.25)
                try offsets.append(Int64(index))
                try numbers.append(Int32(index))
                try x.append([1.5, 2.5, -3.5][index % 3])
                try copy.append(Int32(index % 3))
            }
            try writer.finish()
            let size = try #require(FileSystem.facts(path)?.size)
            #expect(size < 4 * Self.count + 2_000, "one column of four bytes a value is stored")

            let archive = try ColumnArchive(path: path)
            #expect(Array(try archive.column("zone", of: Int32.self)) == (0..<Self.count).map { Int32($0 % 3) })
            #expect(try archive.column("weight", of: Double.self).allSatisfy { $0 == 0.25 })
            #expect(try archive.column("weight", of: Double.self).count == Self.count)
            #expect(Array(try archive.column("offset", of: Int64.self)) == (0..<Self.count).map(Int64.init))
            #expect(try archive.column("number", of: Int32.self).array == (0..<Self.count).map(Int32.init))
            #expect(
                Array(try archive.column("x", of: Double.self)) == (0..<Self.count).map { [1.5, 2.5, -3.5][$0 % 3] })
            #expect(try archive.column("copy", of: Int32.self) == archive.column("zone", of: Int32.self))
            #expect(try archive.column("x", of: Double.self).withSpan { $0[7] } == 2.5)
            try archive.verify()
        }
    }

    @Test("A column that stops being constant or counting after a while is stored as it is, in place and spilled")
    func broken() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/a.columns"
            let writer = try ColumnArchiveWriter(path: path)
            var expected: [String: [Int32]] = [:]
            for (name, capacity) in [("placed", Self.count), ("spilled", nil)] {
                let same = try writer.open(name + " same", of: Int32.self, capacity: capacity)
                let counting = try writer.open(name + " counting", of: Int32.self, capacity: capacity)
                for index in 0..<Self.count {
                    let isLast = index == Self.count - 1
                    try same.append(isLast ? 8 : 7)
                    try counting.append(isLast ? 5 : Int32(index))
                }
                expected[name + " same"] = [Int32](repeating: 7, count: Self.count - 1) + [8]
                expected[name + " counting"] = (0..<(Self.count - 1)).map(Int32.init) + [5]
            }
            try writer.finish()
            let archive = try ColumnArchive(path: path)
            for (name, values) in expected {
                #expect(try archive.column(name, of: Int32.self).array == values, "\(name)")
            }
            try archive.verify()
        }
    }

    @Test("A column has one digest, whatever its form and whether it is streamed, added whole or on the heap")
    func digests() throws {
        try withTemporaryFolder { folder in
            let store = MemoryColumnStore()
            store.add("codes", [0, 1, 1, 0] as [Int32])
            store.add("values", [0.5, 2, 2, 0.5])
            store.add("same", [3, 3, 3, 3] as [Int64])
            let indexed = MemoryColumnStore()
            indexed.add("codes", [0, 1, 1, 0] as [Int32])
            #expect(Array(indexed.add("values", table: [0.5, 2], at: "codes")) == [0.5, 2, 2, 0.5])
            indexed.add("same", [3, 3, 3, 3] as [Int64])
            #expect(store.digests() == indexed.digests())

            let streamed = try ColumnArchiveWriter(path: folder + "/s.columns")
            let codes = try streamed.open("codes", of: Int32.self)
            let values = try streamed.open("values", table: [0.5, 2], at: "codes")
            let same = try streamed.open("same", of: Int64.self)
            for code in [0, 1, 1, 0] as [Int32] {
                try codes.append(code)
                try values.append([0.5, 2][Int(code)])
                try same.append(3)
            }
            try streamed.closeColumns()
            #expect(streamed.digests == store.digests())
            try streamed.finish()

            let copied = try ColumnArchiveWriter(path: folder + "/c.columns")
            try indexed.write(to: copied)
            try copied.finish()
            let again = try ColumnArchiveWriter(path: folder + "/again.columns")
            try ColumnArchive(path: folder + "/c.columns").write(to: again)
            try again.finish()
            for name in ["s", "c", "again"] {
                let archive = try ColumnArchive(path: folder + "/\(name).columns")
                #expect(archive.digests == store.digests(), "\(name)")
                #expect(Array(try archive.column("values", of: Double.self)) == [0.5, 2, 2, 0.5], "\(name)")
                try archive.verify()
            }
            store.add("other", [4, 3, 3, 3] as [Int64])
            #expect(store.digests()[3].sha256 != store.digests()[2].sha256)
        }
    }

    @Test("Verifying names the column of which a byte has changed, also where a position leaves its table")
    func verify() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/a.columns"
            let store = MemoryColumnStore()
            store.add("codes", (0..<1000).map { Int32($0 % 2) })
            store.add("values", table: [0.5, 2], at: "codes")
            let writer = try ColumnArchiveWriter(path: path)
            try store.write(to: writer)
            try writer.finish()
            let whole = try FileSystem.read(path)
            func message(changing offset: Int) throws -> String {
                var bytes = whole
                bytes[offset] ^= 2
                try AtomicFile.write(bytes, to: path)
                let archive = try ColumnArchive(path: path)
                do {
                    try archive.verify()
                } catch {
                    return error.description
                }
                return "whole"
            }
            #expect(
                try message(changing: 64 + 40) == "'\(path)' is damaged: column 'codes' is not what was written")
            // The columns are 64, 4000 bytes; the table follows at the next multiple of 64.
            #expect(
                try message(changing: 64 + 4032) == "'\(path)' is damaged: column 'values' is not what was written")
        }
    }
}

@Suite("Ids as columns")
struct IdentifierColumnTests {
    @Test(
        "A text ends with a number of at most nine digits that does not begin with 0",
        arguments: [
            ("o17", 1, 17), ("o0", 1, 0), ("a-007", 4, 7), ("a-000", 4, 0), ("", 0, -1), ("depot", 5, -1),
            ("12", 0, 12), ("x1234567890", 2, 234_567_890), ("x1034567890", 3, 34_567_890), ("9a", 2, -1),
            ("é5", 2, 5),
        ])
    func split(_ text: String, _ length: Int, _ number: Int32) {
        let bytes = Array(text.utf8)
        let parts = IdentifierColumn.split(bytes.span)
        #expect(parts.prefixLength == length && parts.number == number)
    }

    @Test("Ids are read back as they were, and counted ones share their prefix")
    func roundTrip() throws {
        let ids = ["o1", "o2", "p-07", "p-08", "", "x", "1234567890123", "o1x", "0", "00"]
        let store = MemoryColumnStore()
        store.add(identifiers: "id", count: ids.count) { index, take in
            let bytes = Array(ids[index].utf8)
            take(bytes.span)
        }
        let column = try store.identifiers("id")
        #expect(Array(column) == ids)
        #expect(Array(column.prefixes) == ["o", "p-0", "", "x", "1234", "o1x", "0"])
    }

    @Test("A text hashed as prefix and number has the hash of the text")
    func hashes() {
        for prefix in ["", "o", "city-3-1-0-", "é"] {
            for number in [0, 7, 10, 99, 100, 65_536, 999_999_999, Int32.max] {
                #expect(
                    StableHashPrefix(prefix).hash(followedBy: number) == StableHash.of(prefix + String(number)))
            }
        }
    }
}

@Suite("Distinct runs of bytes")
struct ByteIndexTests {
    @Test("Numbers are those that a dictionary gives, for short and long, equal and similar texts")
    func numbers() {
        var index = ByteIndex()
        var numbers: [String: Int32] = [:]
        var texts: [String] = []
        for step in 0..<20_000 {
            // Texts that come again after a while, of 0 to 30 bytes, many of which differ in one place alone.
            let value = step * 7919 % 9001
            let text = String(repeating: "ab", count: value % 13) + (value % 5 == 0 ? "" : String(value / 5))
            let found = index.insert(text)
            if let known = numbers[text] {
                #expect(found.number == known && !found.isNew)
            } else {
                #expect(found.number == Int32(numbers.count) && found.isNew)
                numbers[text] = found.number
                texts.append(text)
            }
        }
        #expect(index.texts == texts)
        #expect(texts.allSatisfy { index.number(of: $0) == numbers[$0] })
        #expect(index.number(of: "absent") == -1)
    }

    @Test("Runs indexed all at once are found as those inserted one by one, and one that comes twice is noticed")
    func allAtOnce() {
        for count in [0, 1, 31, 32, 33, 1000] {
            var index = ByteIndex()
            for number in 0..<count { index.add(Array("id-\(number * number)".utf8).span) }
            let isIndexed = index.indexAll()
            #expect(isIndexed && index.count == count)
            for number in 0..<count { #expect(index.number(of: "id-\(number * number)") == Int32(number)) }
            #expect(index.number(of: "id-2") == -1)
            let further = index.insert("id-2").number
            #expect(further == Int32(count))
            for place in [0, count / 2, count - 1] where count > 0 {
                var repeated = index
                repeated.add(Array(index.text(place).utf8).span)
                let isRepeatedIndexed = repeated.indexAll()
                #expect(!isRepeatedIndexed)
            }
        }
    }

    @Test("A run of zero bytes and one that is shorter are two")
    func zeros() {
        var index = ByteIndex()
        for count in 0..<20 {
            let run = [UInt8](repeating: 0, count: count)
            #expect(index.insert(run.span).number == Int32(count))
        }
    }
}
