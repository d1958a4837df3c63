import Domain

/// Reads a CSV file (RFC 4180) record by record, at the speed of the disk: bytes are scanned once, fields stay bytes
/// until asked for, memory is one buffer.
///
/// Takes quoted fields with line breaks and `""`, LF and CRLF, a byte-order mark, a missing last line feed; skips
/// blank lines. Every record has as many fields as the header. The fields of a record are valid until the next
/// ``nextRow()``. For one thread.
public final class CSVReader {
    /// How a file departs from RFC 4180.
    public struct Dialect: Sendable, Hashable {
        /// What separates fields: an ASCII character other than quote and line break.
        public var separator: UInt8
        /// Whether blanks at the ends of unquoted fields and of header names are left out.
        public var trimsBlanks: Bool

        /// RFC 4180 unless said otherwise.
        public init(separator: UInt8 = 0x2C, trimsBlanks: Bool = false) {
            precondition(separator < 0x80 && ![0x22, 0x0A, 0x0D].contains(separator), "a separator is plain ASCII")
            self.separator = separator
            self.trimsBlanks = trimsBlanks
        }
    }

    /// No record may be longer: an unclosed quote shall not read a huge file into memory.
    static let recordSizeLimit = 1 << 26

    /// The file as the user named it.
    public let path: String
    /// Names of the columns.
    public private(set) var header: [String] = []
    /// Records so far, without the header.
    public private(set) var rowCount = 0
    /// The physical line on which the current record begins, from 1.
    public private(set) var line = 1

    let dialect: Dialect
    private let source: ByteSource
    private var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    /// Bytes `0 ..< limit` of the buffer are read; the one at `limit` is a line feed, so that no scan needs a bound.
    private var limit = 0
    private var atEnd = false
    private var recordStart = 0
    private var nextRecord = 0
    private var nextLine = 1
    private var fields: [FieldRange] = []
    private var fieldCount = 0

    /// Where a field's bytes lie in the buffer, without its quotes.
    private struct FieldRange {
        var start = 0
        var end = 0
        /// Whether `""` inside stands for a quote.
        var hasEscapes = false
    }

    /// What a scan for the end of a record came to.
    private enum ScanResult {
        case record
        case blankLine
        case moreBytesNeeded
        case end
    }

    /// A reader of a file's bytes, with the header read.
    ///
    /// - Throws: `InputError` when there is no header or the bytes are no CSV in UTF-8.
    public init(source: ByteSource, dialect: Dialect = Dialect()) throws(InputError) {
        self.source = source
        path = source.path
        self.dialect = dialect
        buffer[0] = 0x0A
        try skipByteOrderMark()
        guard try advance() else {
            throw InputError(at: SourceLocation(file: path), found: "an empty file", expected: "a header row")
        }
        var names: [String] = []
        for column in 0..<fieldCount {
            let name = try text(column)
            if !name.isEmpty, names.contains(name) {
                throw InputError(
                    at: location(of: column), found: "the column '\(name)' twice", expected: "each name once")
            }
            names.append(name)
        }
        header = names
        rowCount = 0
    }

    /// A reader of the file at a path.
    ///
    /// - Throws: `InputError` when the file cannot be read, has no header or is no CSV in UTF-8.
    public convenience init(path: String, dialect: Dialect = Dialect()) throws(InputError) {
        try self.init(source: try ByteSource(path: path), dialect: dialect)
    }

    deinit {
        buffer.deallocate()
    }

    /// Goes to the next record; false at the end.
    ///
    /// - Throws: `InputError` at the place where the bytes stop being CSV or the file is damaged.
    public func nextRow() throws(InputError) -> Bool {
        guard try advance() else { return false }
        if fieldCount != header.count {
            throw InputError(
                at: SourceLocation(file: path, line: line),
                found: fieldCount == 1 ? "1 field" : "\(fieldCount) fields",
                expected: header.count == 1 ? "1 field as in the header" : "\(header.count) fields as in the header")
        }
        return true
    }

    /// Calls `body` with the bytes of a field of the current record, without quotes and escapes.
    public func withField<Result, Failure: Error>(
        _ column: Int, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(column >= 0 && column < fieldCount, "no column \(column)")
        let field = fields[column]
        let bytes = UnsafeBufferPointer(
            rebasing: UnsafeRawBufferPointer(buffer).bindMemory(to: UInt8.self)[field.start..<field.end])
        if !field.hasEscapes { return try body(bytes.span) }
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            plain.append(bytes[index])
            index += bytes[index] == 0x22 ? 2 : 1
        }
        return try body(plain.span)
    }

    /// Where a field of the current record begins: physical line and column, counted in characters (code points).
    public func location(of column: Int) -> SourceLocation {
        precondition(column >= 0 && column < fieldCount, "no column \(column)")
        return location(ofByte: fields[column].start)
    }

    // MARK: Scanning

    /// Goes to the next record or header, whatever its number of fields.
    private func advance() throws(InputError) -> Bool {
        while true {
            recordStart = nextRecord
            line = nextLine
            switch try scan() {
            case .record:
                rowCount += 1
                return true
            case .blankLine:
                continue
            case .end:
                fieldCount = 0
                return false
            case .moreBytesNeeded:
                try refill()
            }
        }
    }

    /// Scans one record from ``recordStart``; leaves its fields and the start of the next.
    private func scan() throws(InputError) -> ScanResult {
        guard let base = buffer.bindMemory(to: UInt8.self).baseAddress else { return .end }
        let bytes = UnsafePointer(base)
        let separator = dialect.separator
        // Quote, line feed, carriage return and comma are all at most 0x2C: one comparison passes most bytes.
        let threshold = max(0x2C, separator)
        var position = recordStart
        var newLines = 0
        fieldCount = 0
        if position == limit, atEnd { return .end }
        while true {
            var field = FieldRange(start: position)
            if bytes[position] == 0x22 {
                field.start += 1
                guard let end = try closingQuote(bytes, &field, &newLines) else { return .moreBytesNeeded }
                position = end
            } else {
                while true {
                    let byte = bytes[position]
                    if byte > threshold || (byte != separator && byte != 0x0A && byte != 0x0D && byte != 0x22) {
                        position += 1
                    } else {
                        break
                    }
                }
                field.end = position
                if dialect.trimsBlanks { trim(bytes, &field) }
            }
            store(field)
            let byte = bytes[position]
            if byte == separator, position < limit {
                position += 1
                continue
            }
            guard let next = try recordEnd(bytes, position) else { return .moreBytesNeeded }
            nextRecord = next
            nextLine = line + newLines + 1
            let isBlank = fieldCount == 1 && position == recordStart
            return isBlank ? .blankLine : .record
        }
    }

    /// The position after a closing quote, with the field's end set; nil if the bytes do not reach that far.
    private func closingQuote(
        _ bytes: UnsafePointer<UInt8>, _ field: inout FieldRange, _ newLines: inout Int
    ) throws(InputError) -> Int? {
        var position = field.start
        while true {
            let byte = bytes[position]
            if byte == 0x22 {
                if position + 1 >= limit, !atEnd { return nil }
                if position + 1 < limit, bytes[position + 1] == 0x22 {
                    field.hasEscapes = true
                    position += 2
                    continue
                }
                field.end = position
                let after = bytes[position + 1]
                if after != dialect.separator, after != 0x0A, after != 0x0D {
                    throw InputError(
                        at: location(ofByte: position + 1), found: "text after a closing quote",
                        expected: "a separator or the end of the line")
                }
                return position + 1
            }
            if byte == 0x0A {
                if position == limit {
                    if !atEnd { return nil }
                    throw InputError(
                        at: location(ofByte: field.start - 1), found: "a quote that is never closed",
                        expected: "a closing quote")
                }
                newLines += 1
            }
            position += 1
        }
    }

    /// The start of the next record if the line ends at a position; nil if the bytes do not reach that far.
    private func recordEnd(_ bytes: UnsafePointer<UInt8>, _ position: Int) throws(InputError) -> Int? {
        if position == limit { return atEnd ? limit : nil }
        switch bytes[position] {
        case 0x0A:
            return position + 1
        case 0x0D:
            if position + 1 == limit { return atEnd ? limit : nil }
            if bytes[position + 1] == 0x0A { return position + 2 }
            throw InputError(
                at: location(ofByte: position), found: "a carriage return inside a line",
                expected: "quotes around the field")
        default:
            throw InputError(
                at: location(ofByte: position), found: "a quote inside an unquoted field",
                expected: "quotes around the whole field, doubled inside")
        }
    }

    /// Leaves out blanks at both ends.
    private func trim(_ bytes: UnsafePointer<UInt8>, _ field: inout FieldRange) {
        while field.start < field.end, bytes[field.start] == 0x20 || bytes[field.start] == 0x09 { field.start += 1 }
        while field.start < field.end, bytes[field.end - 1] == 0x20 || bytes[field.end - 1] == 0x09 { field.end -= 1 }
    }

    private func store(_ field: FieldRange) {
        if fieldCount < fields.count { fields[fieldCount] = field } else { fields.append(field) }
        fieldCount += 1
    }

    // MARK: Buffer

    /// Moves the current record to the front and reads more behind it.
    private func refill() throws(InputError) {
        let kept = limit - recordStart
        if kept > 0, recordStart > 0 {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[recordStart..<limit]))
        }
        recordStart = 0
        nextRecord = 0
        limit = kept
        if limit + 2 > buffer.count { try grow() }
        // One byte stays free for the line feed at the limit.
        let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[limit..<(buffer.count - 1)]))
        atEnd = count == 0
        limit += count
        buffer[limit] = 0x0A
    }

    private func grow() throws(InputError) {
        guard buffer.count < CSVReader.recordSizeLimit else {
            throw InputError(
                at: SourceLocation(file: path, line: line),
                found: "a record longer than \(CSVReader.recordSizeLimit >> 20) MiB",
                expected: "a shorter one: is a quote left open?")
        }
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * buffer.count, alignment: 64)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<limit]))
        buffer.deallocate()
        buffer = larger
    }

    /// Skips the mark of UTF-8; other marks are errors.
    private func skipByteOrderMark() throws(InputError) {
        while limit < 3, !atEnd { try refill() }
        if limit >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { nextRecord = 3 }
        if limit >= 2, (buffer[0] == 0xFF && buffer[1] == 0xFE) || (buffer[0] == 0xFE && buffer[1] == 0xFF) {
            throw InputError(at: SourceLocation(file: path), found: "UTF-16 text", expected: "UTF-8")
        }
    }

    /// Line and column of a byte of the current record.
    private func location(ofByte position: Int) -> SourceLocation {
        var physicalLine = line
        var column = 1
        for index in recordStart..<position {
            let byte = buffer[index]
            if byte == 0x0A {
                physicalLine += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return SourceLocation(file: path, line: physicalLine, column: column)
    }
}
