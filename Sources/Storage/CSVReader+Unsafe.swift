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

    /// The file as the user named it.
    public let path: String
    /// Names of the columns.
    public private(set) var header: [String] = []
    @usableFromInline let scanner: UnsafeMutablePointer<CSVScanner>
    private var columnCount = 0
    private var headerCount = 1

    /// Records so far, without the header.
    public var rowCount: Int { scanner.pointee.recordCount - headerCount }
    /// The physical line on which the current record begins, from 1.
    public var line: Int { scanner.pointee.line }

    /// How much of the file as stored has been read, in 0 ... 1; ahead of the current record by what is buffered.
    public var fractionRead: Double { scanner.pointee.source.fractionRead }

    /// A reader of a file's bytes, with the header read.
    ///
    /// - Parameters:
    ///   - source: the bytes.
    ///   - columns: names of the columns of a file without a header row, whose first record is data.
    ///   - dialect: how the file departs from RFC 4180.
    /// - Throws: `InputError` when there is no header or the bytes are no CSV in UTF-8.
    public init(source: ByteSource, columns: [String]? = nil, dialect: Dialect = Dialect()) throws(InputError) {
        path = source.path
        scanner = .allocate(capacity: 1)
        scanner.initialize(to: CSVScanner(source: source, dialect: dialect))
        try scanner.pointee.skipByteOrderMark()
        if let columns {
            header = columns
            columnCount = columns.count
            headerCount = 0
            return
        }
        guard try scanner.pointee.advance() else {
            throw InputError(at: SourceLocation(file: path), found: "an empty file", expected: "a header row")
        }
        var names: [String] = []
        for column in 0..<scanner.pointee.fieldCount {
            let name = try text(column)
            if !name.isEmpty, names.contains(name) {
                throw InputError(
                    at: location(of: column), found: "the column '\(name)' twice", expected: "each name once")
            }
            names.append(name)
        }
        header = names
        columnCount = names.count
    }

    /// A reader of the file at a path.
    ///
    /// - Throws: `InputError` when the file cannot be read, has no header or is no CSV in UTF-8.
    public convenience init(path: String, dialect: Dialect = Dialect()) throws(InputError) {
        try self.init(source: try ByteSource(path: path), dialect: dialect)
    }

    deinit {
        scanner.pointee.deallocate()
        scanner.deinitialize(count: 1)
        scanner.deallocate()
    }

    /// Goes to the next record; false at the end.
    ///
    /// - Throws: `InputError` at the place where the bytes stop being CSV or the file is damaged.
    public func nextRow() throws(InputError) -> Bool {
        guard try scanner.pointee.advance() else { return false }
        let count = scanner.pointee.fieldCount
        if count == columnCount { return true }
        throw InputError(
            at: SourceLocation(file: path, line: line), found: count == 1 ? "1 field" : "\(count) fields",
            expected: (columnCount == 1 ? "1 field" : "\(columnCount) fields")
                + (headerCount == 0 ? "" : " as in the header"))
    }

    /// Calls `body` with the bytes of a field of the current record, without quotes and escapes.
    @inlinable
    public func withField<Result, Failure: Error>(
        _ column: Int, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(column >= 0 && column < scanner.pointee.fieldCount, "no such column")
        let field = scanner.pointee.fields[column]
        if field.hasEscapes { return try body(scanner.pointee.unescaped(field).span) }
        let start = scanner.pointee.buffer + field.start
        return try body(UnsafeBufferPointer(start: start, count: field.end - field.start).span)
    }

    /// A hash of the current record's bytes as they stand in the file: equal records, equal fingerprint.
    ///
    /// 128 bits; by chance some two of a thousand million different records agree with probability below 1e-18.
    public var recordFingerprint: UInt128 { scanner.pointee.fingerprint }

    /// Whether the current record holds ASCII alone, and so is UTF-8 in each of its fields.
    public var recordIsASCII: Bool { scanner.pointee.isASCII }

    /// Where a field of the current record begins: physical line and column, counted in characters (code points).
    public func location(of column: Int) -> SourceLocation {
        precondition(column >= 0 && column < scanner.pointee.fieldCount, "no such column")
        return scanner.pointee.location(ofByte: scanner.pointee.fields[column].start)
    }
}
