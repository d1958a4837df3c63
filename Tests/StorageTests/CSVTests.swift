import Domain
import Storage
import TestKit
import Testing

@Suite("CSV")
struct CSVTests {
    /// All records of a text, header first.
    private func records(_ text: String, dialect: CSVReader.Dialect = .init()) throws -> [[String]] {
        let reader = try CSVReader(source: ByteSource(name: "t.csv", bytes: Array(text.utf8)), dialect: dialect)
        var rows = [reader.header]
        while try reader.nextRow() {
            rows.append(try reader.header.indices.map { try reader.text($0) })
        }
        return rows
    }

    @Test("Quotes, escapes, embedded line breaks, LF, CRLF, a byte-order mark and a missing last line feed are read")
    func grammar() throws {
        #expect(try records("a,b\n1,2\n") == [["a", "b"], ["1", "2"]])
        #expect(try records("\u{FEFF}a,b\r\n1,2\r\n\r\n3,") == [["a", "b"], ["1", "2"], ["3", ""]])
        #expect(
            try records("a,b\n\"x,\"\"y\"\"\",\"l1\r\nl2\"\n\"\",z") == [
                ["a", "b"], ["x,\"y\"", "l1\r\nl2"], ["", "z"],
            ])
        #expect(try records("a\n\"\"\n\n1") == [["a"], [""], ["1"]])
        #expect(
            try records("a;b\n 1 ;\" 2 \"\n", dialect: .init(separator: 0x3B, trimsBlanks: true)) == [
                ["a", "b"], ["1", " 2 "],
            ])
        #expect(try records("a\tb\n1,5\t2\n", dialect: .init(separator: 9)) == [["a", "b"], ["1,5", "2"]])
    }

    @Test("A file without a row of names has those it is given, and its first record is data")
    func namedColumns() throws {
        let source = ByteSource(name: "t.csv", bytes: Array("\u{FEFF}1,1\n2,2\n3\n".utf8))
        let reader = try CSVReader(source: source, columns: ["a", "b"])
        #expect(reader.header == ["a", "b"])
        #expect(try reader.nextRow())
        #expect(try reader.integer(1) == 1 && reader.rowCount == 1 && reader.line == 1)
        #expect(try reader.nextRow())
        #expect { try reader.nextRow() } throws: { "\($0)" == "t.csv:3: found 1 field, expected 2 fields" }
    }

    @Test("Of a long file the first bytes can be read alone")
    func beginning() throws {
        let bytes = [UInt8](repeating: 7, count: 1 << 20)
        let first = try ByteSource(name: "t", bytes: bytes).readAll(upTo: 10)
        #expect(first.count >= 10 && first.count < bytes.count)
        #expect(try ByteSource(name: "t", bytes: bytes).readAll().count == bytes.count)
    }

    @Test("Records that straddle the buffer's end come out whole, whatever their length")
    func buffers() throws {
        var text = "id,text\n"
        var expected = [["id", "text"]]
        for index in 0..<3000 {
            let long = String(repeating: "x\n\"\"", count: index % 997)
            text += "\(index),\"\(long)\"\n"
            expected.append(["\(index)", long.replacing("\"\"", with: "\"")])
        }
        let big = String(repeating: "y", count: 5_000_000)
        text += "big,\(big)"
        expected.append(["big", big])
        #expect(try records(text) == expected)
    }

    @Test(
        "Malformed input is named with file, line and column",
        arguments: [
            ("", "t.csv: found an empty file, expected a header row"),
            ("a,b\n1\n", "t.csv:2: found 1 field, expected 2 fields as in the header"),
            ("a\n\"1\n2\"\n3,4\n", "t.csv:4: found 2 fields, expected 1 field as in the header"),
            ("a,b\n1,\"x\n", "t.csv:2:3: found a quote that is never closed, expected a closing quote"),
            (
                "a,b\n1,\"x\"y\n",
                "t.csv:2:6: found text after a closing quote, expected a separator or the end of the line"
            ),
            (
                "a,b\né,x\"y\n",
                "t.csv:2:4: found a quote inside an unquoted field, expected quotes around the whole field, doubled inside"
            ),
            ("a,b\n1,x\ry\n", "t.csv:2:4: found a carriage return inside a line, expected quotes around the field"),
            ("a,b,a\n", "t.csv:1:5: found the column 'a' twice, expected each name once"),
        ])
    func malformed(text: String, message: String) throws {
        #expect(try inputError { _ = try records(text) } == message)
    }

    @Test("UTF-16 and bytes that are not UTF-8 are named")
    func encodings() throws {
        #expect(
            try inputError { _ = try CSVReader(source: ByteSource(name: "t.csv", bytes: [0xFF, 0xFE, 0x61, 0])) }
                == "t.csv: found UTF-16 text, expected UTF-8")
        let reader = try CSVReader(source: ByteSource(name: "t.csv", bytes: Array("a,b\nx,".utf8) + [0xE9, 0x0A]))
        #expect(try reader.nextRow())
        #expect(
            try inputError { _ = try reader.text(1) }
                == "t.csv:2:3: found bytes that are not UTF-8, expected text in UTF-8")
    }

    @Test("A wrong value names its physical line and column, also after quoted line breaks")
    func fieldErrors() throws {
        let reader = try CSVReader(
            source: ByteSource(name: "t.csv", bytes: Array("id,text,n\n1,\"a\nb\",x1\n,,\n".utf8)))
        #expect(try reader.nextRow())
        #expect(
            try inputError { _ = try reader.double(2) }
                == "t.csv:3:4: found 'x1', expected a number in column 'n'")
        #expect(reader.line == 2)
        #expect(try reader.nextRow())
        #expect(
            try inputError { _ = try reader.integer(2) }
                == "t.csv:4:3: found a blank field, expected a whole number in column 'n'")
    }

    @Test("Numbers equal the standard library's to the last bit, and what is no number is refused")
    func numbers() throws {
        func double(_ text: String) -> Double? { NumberParsing.double(Array(text.utf8).span) }
        func integer(_ text: String) -> Int? { NumberParsing.integer(Array(text.utf8).span) }
        var state: UInt64 = 1
        for _ in 0..<20_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let digits = Int(state >> 60) + 1
            let significand = String(state).prefix(digits + 4)
            let exponent = Int(state >> 32 & 63) - 31
            for text in ["\(significand)e\(exponent)", "0.\(significand)", "-\(significand.prefix(3)).\(significand)"] {
                #expect(double(text)?.bitPattern == Double(text)?.bitPattern, "\(text)")
            }
        }
        for text in ["", "-", ".", "1e", "1e+", "0x10", "nan", "inf", "1e999", " 1", "1 ", "1,5", "--1", "1.2.3"] {
            #expect(double(text) == nil, "\(text)")
        }
        #expect(double("-0")?.sign == .minus)
        #expect(double("5e-324") == .leastNonzeroMagnitude)
        #expect(double(".5") == 0.5)
        #expect(double("5.") == 5)
        #expect(integer("-9223372036854775808") == .min)
        #expect(integer("9223372036854775807") == .max)
        #expect(integer("+12") == 12)
        for text in ["", "-", "9223372036854775808", "1.0", "1e3", " 1", "-9223372036854775809"] {
            #expect(integer(text) == nil, "\(text)")
        }
    }

    @Test(
        "What the writer writes is read back to the bit, and its text is the shortest",
        arguments: [
            "a.csv", "a.csv.gz", "a.csv.zst",
        ])
    func writer(name: String) throws {
        try withTemporaryFolder { folder in
            let path = folder + "/" + name
            let texts = ["plain", "", "a,b", "say \"hi\"", "two\nlines", " padded ", "é"]
            let numbers = [0.1, 1.0 / 3, 1e300, -0.0, 5, 1e-7, 12_345_678.9]
            let writer = try CSVWriter(path: path, header: ["text", "number", "count"])
            for (index, text) in texts.enumerated() {
                writer.field(text)
                writer.field(numbers[index])
                writer.field(index - 3)
                try writer.endRow()
            }
            #expect(writer.rowCount == texts.count)
            try writer.finish()
            let reader = try CSVReader(path: path)
            #expect(reader.header == ["text", "number", "count"])
            for (index, text) in texts.enumerated() {
                #expect(try reader.nextRow())
                #expect(try reader.text(0) == text)
                #expect(try reader.double(1).bitPattern == numbers[index].bitPattern)
                #expect(try reader.integer(2) == index - 3)
            }
            #expect(try !reader.nextRow())
            #expect(reader.rowCount == texts.count)
        }
        #expect(5.0.shortText == "5")
        #expect(0.1.shortText == "0.1")
    }
}
