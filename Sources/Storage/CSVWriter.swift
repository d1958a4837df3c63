import Domain

/// Writes a CSV file (RFC 4180: comma, double quotes where needed, LF), plain, `.gz` or `.zst`, atomically.
///
/// Numbers are the shortest text that reads back to the same bits. The same rows give the same bytes. Append the
/// fields of a row, then ``endRow()``; every row has as many fields as the header.
public final class CSVWriter {
    private let output: CompressedWriter
    private let columnCount: Int
    private var fieldCount = 0
    private var buffer: [UInt8] = []
    /// Records so far, without the header.
    public private(set) var rowCount = 0

    /// A writer with its header; the compression follows from the name unless given.
    ///
    /// - Throws: `OperationError` when the folder cannot be written.
    public init(path: String, header: [String], compression: Compression? = nil) throws(OperationError) {
        precondition(!header.isEmpty, "a table has a column")
        output = try CompressedWriter(path: path, compression: compression)
        columnCount = header.count
        buffer.reserveCapacity(1 << 17)
        for name in header { field(name) }
        try endRow()
        rowCount = 0
    }

    /// Appends a text, quoted if it holds a comma, a quote, a line break or blanks at its ends.
    public func field(_ text: String) {
        separate()
        var text = text
        text.withUTF8 { bytes in
            if CSVWriter.needsQuotes(bytes.span) {
                buffer.append(0x22)
                for byte in bytes {
                    if byte == 0x22 { buffer.append(0x22) }
                    buffer.append(byte)
                }
                buffer.append(0x22)
            } else {
                buffer.append(contentsOf: bytes)
            }
        }
    }

    /// Appends an integer.
    public func field(_ number: Int) {
        separate()
        buffer.append(contentsOf: String(number).utf8)
    }

    /// Appends a number: the shortest text that reads back to the same bits, `.0` left out; NaN is a blank field.
    public func field(_ number: Double) {
        separate()
        if number.isNaN { return }
        buffer.append(contentsOf: number.shortText.utf8)
    }

    /// Appends a blank field.
    public func blank() {
        separate()
    }

    /// Ends a row.
    ///
    /// - Throws: `OperationError` with path and reason, such as a full disk.
    public func endRow() throws(OperationError) {
        precondition(
            fieldCount == columnCount, "a row of '\(output.path)' has \(columnCount) fields, not \(fieldCount)")
        // A lone blank field would be a blank line, which readers skip.
        if columnCount == 1, buffer.isEmpty || buffer.last == 0x0A { buffer.append(contentsOf: [0x22, 0x22]) }
        buffer.append(0x0A)
        fieldCount = 0
        rowCount += 1
        if buffer.count >= 1 << 16 { try flush() }
    }

    /// Writes the rest, syncs and puts the file at its path; returns the SHA-256 of its bytes as stored.
    ///
    /// - Throws: `OperationError` with path and reason, such as a full disk; nothing remains then.
    @discardableResult
    public func finish() throws(OperationError) -> String {
        precondition(fieldCount == 0, "the last row has ended")
        try flush()
        return try output.finish()
    }

    private func separate() {
        if fieldCount > 0 { buffer.append(0x2C) }
        fieldCount += 1
    }

    private func flush() throws(OperationError) {
        try output.write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Whether a text must stand in quotes.
    private static func needsQuotes(_ bytes: Span<UInt8>) -> Bool {
        if bytes.isEmpty { return false }
        if bytes[0] == 0x20 || bytes[bytes.count - 1] == 0x20 { return true }
        for index in bytes.indices {
            switch bytes[index] {
            case 0x22, 0x2C, 0x0A, 0x0D: return true
            default: continue
            }
        }
        return false
    }
}

extension Double {
    /// The shortest decimal text that reads back to the same bits, without a trailing `.0`.
    public var shortText: String {
        let text = description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
