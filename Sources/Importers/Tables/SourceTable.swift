import Domain
import Storage

/// A source file in memory: its cells as they stand there, with the line of each record.
///
/// One array of bytes and one offset a cell: about the size of the plain file and eight bytes a cell.
public struct SourceTable: Sendable {
    /// How a file is written.
    public struct Reading: Sendable, Hashable {
        /// The character between fields.
        public var separator: UInt8
        /// Whether the bytes are ISO 8859-1 and not UTF-8.
        public var isLatin1: Bool
        /// Texts that mean a blank cell, beside the empty one.
        public var blankWords: Set<String>

        /// Comma, UTF-8 and no blank words unless said otherwise.
        public init(separator: UInt8 = UInt8(ascii: ","), isLatin1: Bool = false, blankWords: Set<String> = []) {
            self.separator = separator
            self.isLatin1 = isLatin1
            self.blankWords = blankWords
        }
    }

    /// What is odd about the file's form, and was repaired.
    public struct Oddities: Sendable, Hashable {
        /// Records, the header among them, that end in CR LF.
        public var carriageReturnLines = 0
        /// Whether the last line has no line feed.
        public var lacksFinalNewline = false
        /// Cells with blanks at their ends, by column.
        public var paddedCells: [Int]
        /// The line of the first padded cell of each column, 0 where there is none.
        public var firstPaddedLine: [Int]
        /// Physical lines below the header: more than the records where cells hold line breaks.
        public var dataLines = 0
    }

    /// The file as the user named it.
    public let file: String
    /// Column names, without blanks at their ends.
    public let columns: [String]
    /// What is odd about the file's form.
    public private(set) var oddities: Oddities
    /// Physical line of each record.
    public private(set) var lines: [Int] = []
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private let blankWords: Set<String>

    /// Number of records.
    public var count: Int { lines.count }

    /// Reads a file, plain, `.gz` or `.zst`. Blanks at the ends of cells are left out and counted.
    ///
    /// - Throws: `InputError` where the file cannot be read or is not CSV.
    public init(path: String, reading: Reading = Reading()) throws(InputError) {
        var content = try ByteSource(path: path).readAll()
        if reading.isLatin1 { content = SourceTable.utf8(fromLatin1: content) }
        try self.init(name: path, bytes: content, reading: reading)
    }

    /// Reads CSV from memory; `name` stands in messages.
    ///
    /// - Throws: `InputError` where the bytes are not CSV.
    public init(name: String, bytes content: [UInt8], reading: Reading = Reading()) throws(InputError) {
        let reader = try CSVReader(
            source: ByteSource(name: name, bytes: content), dialect: .init(separator: reading.separator))
        file = name
        columns = reader.header.map(SourceTable.trimmed)
        blankWords = reading.blankWords
        oddities = Oddities(
            paddedCells: [Int](repeating: 0, count: reader.header.count),
            firstPaddedLine: [Int](repeating: 0, count: reader.header.count))
        oddities.lacksFinalNewline = content.last != 0x0A
        countLines(content)
        bytes.reserveCapacity(content.count)
        while try reader.nextRow() { append(recordOf: reader) }
    }

    /// Counts physical lines, and the records among them that end in CR LF: a CR LF inside quotes is part of a cell.
    private mutating func countLines(_ content: [UInt8]) {
        var isQuoted = false
        for index in content.indices {
            switch content[index] {
            case 0x22: isQuoted.toggle()
            case 0x0A:
                oddities.dataLines += 1
                if !isQuoted, index > 0, content[index - 1] == 0x0D { oddities.carriageReturnLines += 1 }
            default: continue
            }
        }
        // Without the header's line; a last line without a line feed counts too.
        if !oddities.lacksFinalNewline { oddities.dataLines -= 1 }
    }

    /// Copies the current record of a reader.
    private mutating func append(recordOf reader: CSVReader) {
        lines.append(reader.line)
        for column in columns.indices {
            let isPadded = reader.withField(column) { field in
                var start = 0
                var end = field.count
                while start < end, field[start] == 0x20 || field[start] == 0x09 { start += 1 }
                while end > start, field[end - 1] == 0x20 || field[end - 1] == 0x09 { end -= 1 }
                for index in start..<end { bytes.append(field[index]) }
                return end - start < field.count
            }
            ends.append(bytes.count)
            if isPadded {
                oddities.paddedCells[column] += 1
                if oddities.firstPaddedLine[column] == 0 { oddities.firstPaddedLine[column] = reader.line }
            }
        }
    }

    /// The column of a name, if there is one.
    public func column(named name: String) -> Int? { columns.firstIndex(of: name) }

    /// The column of a name.
    ///
    /// - Throws: `InputError` where the file lacks it, naming the nearest.
    public func requiredColumn(_ name: String) throws(InputError) -> Int {
        guard let column = column(named: name) else {
            throw InputError(
                at: SourceLocation(file: file, line: 1), found: "no column '\(name)'",
                expected: "it among " + columns.joined(separator: ", "),
                suggestion: nearestWord(to: name, among: columns))
        }
        return column
    }

    /// A cell, empty where it holds a word that means blank.
    public func text(_ row: Int, _ column: Int) -> String {
        let cell = row * columns.count + column
        let text = String(decoding: bytes[(cell == 0 ? 0 : ends[cell - 1])..<ends[cell]], as: UTF8.self)
        return !blankWords.isEmpty && blankWords.contains(text) ? "" : text
    }

    /// All cells of a record as one text: equal for exact duplicates only.
    public func wholeRecord(_ row: Int) -> String {
        // The unit separator, which no export uses inside a cell.
        columns.indices.map { text(row, $0) }.joined(separator: "\u{1F}")
    }

    /// Where a record begins.
    public func location(_ row: Int) -> SourceLocation { SourceLocation(file: file, line: lines[row]) }

    /// A text without blanks at its ends.
    static func trimmed(_ text: String) -> String {
        var slice = Substring(text)
        while let first = slice.first, first == " " || first == "\t" { slice.removeFirst() }
        while let last = slice.last, last == " " || last == "\t" { slice.removeLast() }
        return String(slice)
    }

    /// ISO 8859-1 as UTF-8: every byte is the code point of its value.
    static func utf8(fromLatin1 bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for byte in bytes {
            if byte < 0x80 {
                result.append(byte)
            } else {
                result.append(0xC0 | byte >> 6)
                result.append(0x80 | byte & 0x3F)
            }
        }
        return result
    }
}
