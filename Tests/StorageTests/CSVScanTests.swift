import Domain
import Storage
import TestKit
import Testing

/// What is read eight bytes at a time, against what reads one at a time.
@Suite("CSV, eight bytes at a time")
struct CSVScanTests {
    /// Records by one state a byte, as RFC 4180 words it; nil where the text is no CSV.
    private func plainRecords(_ text: [UInt8], separator: UInt8) -> [[[UInt8]]]? {
        var records: [[[UInt8]]] = []
        var position = 0
        while position < text.count {
            let start = position
            var record: [[UInt8]] = []
            var isOpen = true
            while isOpen {
                var field: [UInt8] = []
                if position < text.count, text[position] == 0x22 {
                    position += 1
                    while true {
                        guard position < text.count else { return nil }
                        if text[position] == 0x22 {
                            guard position + 1 < text.count, text[position + 1] == 0x22 else { break }
                            position += 1
                        }
                        field.append(text[position])
                        position += 1
                    }
                    position += 1
                } else {
                    while position < text.count, ![separator, 0x0A, 0x0D, 0x22].contains(text[position]) {
                        field.append(text[position])
                        position += 1
                    }
                }
                record.append(field)
                if position < text.count, text[position] == separator {
                    position += 1
                    continue
                }
                isOpen = false
                if position < text.count, text[position] == 0x0D { position += 1 }
                if position == text.count { break }
                guard text[position] == 0x0A else { return nil }
                position += 1
            }
            let isBlank = record.count == 1 && (text[start] == 0x0A || text[start] == 0x0D)
            if !isBlank { records.append(record) }
        }
        return records
    }

    @Test(
        "Random bytes are read as a reader of single bytes reads them, or refused alike",
        arguments: [",", ";", "\t", "|"])
    func random(separator: String) throws {
        let mark = try #require(separator.utf8.first)
        // Fields of all lengths around eight bytes; blanks and hyphens stand near the separators in ASCII.
        let pieces = [
            "a", "bcdefgh", "0123456789abcdef", " ", "-", "+", "é", separator, separator, "\n", "\r\n", "\"", "\"\"",
            "x\"",
        ]
        var state: UInt64 = 7
        var readable = 0
        for _ in 0..<20_000 {
            var text = "a\(separator)b\n"
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            for shift in 0..<(3 + state >> 62 * 3) {
                state = state &* 6_364_136_223_846_793_005 &+ shift &+ 1
                text += pieces[Int(state >> 33) % (state >> 60 < 12 ? 11 : pieces.count)]
            }
            let bytes = Array(text.utf8)
            let expected = plainRecords(bytes, separator: mark)
            var found: [[[UInt8]]]? = [[Array("a".utf8), Array("b".utf8)]]
            do {
                let reader = try CSVReader(
                    source: ByteSource(name: "t", bytes: bytes), dialect: CSVReader.Dialect(separator: mark))
                while try reader.nextRow() {
                    found?.append(
                        [0, 1].map { reader.withField($0) { field in field.indices.map { field[$0] } } })
                    #expect(!reader.recordIsASCII || found?.last?.joined().allSatisfy { $0 < 0x80 } == true)
                }
            } catch {
                found = nil
            }
            let fits = expected?.allSatisfy { $0.count == 2 } ?? false
            #expect(found == (fits ? expected : nil), "\(text.debugDescription)")
            readable += fits ? 1 : 0
        }
        #expect(readable > 100)
    }

    @Test("Records have one fingerprint if and only if they are the same, whatever their length")
    func fingerprints() throws {
        func fingerprints(_ rows: [[UInt8]]) throws -> [UInt128] {
            let reader = try CSVReader(
                source: ByteSource(name: "t", bytes: Array(([[0x61]] + rows).joined(separator: [0x0A]))))
            var found: [UInt128] = []
            while try reader.nextRow() { found.append(reader.recordFingerprint) }
            return found
        }
        var rows: [[UInt8]] = []
        for length in 1...50 {
            let row = (0..<length).map { UInt8(0x61 + $0 % 26) }
            rows.append(row)
            for place in 0..<length {
                var changed = row
                changed[place] = 0x7E
                rows.append(changed)
            }
        }
        let first = try fingerprints(rows)
        #expect(first.count == rows.count && Set(first).count == Set(rows).count)
        #expect(try fingerprints(rows.reversed()) == first.reversed())
    }

    @Test("Ids precede each other by number as they do by text")
    func identifierOrder() {
        let pieces = ["a", "b", "-", "0", "00", "1", "7", "12", "129", "x", "é"]
        var index = ByteIndex()
        var state: UInt64 = 3
        while index.count < 400 {
            var text = ""
            for _ in 0..<5 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(state >> 40) % pieces.count]
            }
            index.insert(text)
        }
        for left in 0..<index.count {
            for right in 0..<index.count {
                #expect(
                    index.identifierPrecedes(left, right) == identifierPrecedes(index.text(left), index.text(right)),
                    "\(index.text(left)) \(index.text(right))")
            }
        }
    }

    @Test("Whole numbers of any length are what the standard library makes of them")
    func integers() {
        var state: UInt64 = 5
        for length in 1...25 {
            for _ in 0..<200 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let digits = String(String(state).reversed() + String(state)).prefix(length)
                for text in [String(digits), "-" + digits, "+" + digits, digits.dropLast() + "x"] {
                    #expect(NumberParsing.integer(Array(text.utf8).span) == Int(text), "\(text)")
                }
            }
        }
    }

    @Test("A large compressed file gives its bytes, and what stands before its damage, on a thread ahead")
    func readAhead() throws {
        try withTemporaryFolder { folder in
            // Bytes that hardly compress, so that the file is decompressed ahead.
            var state: UInt64 = 11
            let bytes = (0..<3_000_000).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 56)
            }
            for name in ["a.gz", "a.zst"] {
                let path = folder + "/" + name
                let writer = try CompressedWriter(path: path, compression: Compression(path: path))
                try writer.write(bytes)
                _ = try writer.finish()
                #expect(try ByteSource(path: path).readAll() == bytes)
                // A reader that goes away early leaves no thread waiting for it.
                _ = try ByteSource(path: path)
                var stored = try FileSystem.read(path)
                stored.removeLast(stored.count / 3)
                try AtomicFile.write(stored, to: path)
                #expect(throws: InputError.self) { try ByteSource(path: path).readAll() }
            }
        }
    }
}
