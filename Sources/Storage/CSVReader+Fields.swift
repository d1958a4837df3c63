import Domain

/// Fields of the current record as values.
extension CSVReader {
    /// The number of the column of a name, if the header has it.
    public func column(named name: String) -> Int? {
        header.firstIndex(of: name)
    }

    /// Whether a field has no bytes.
    @inlinable
    public func isBlank(_ column: Int) -> Bool {
        precondition(column >= 0 && column < scanner.pointee.fieldCount, "no such column")
        return scanner.pointee.fields[column].start == scanner.pointee.fields[column].end
    }

    /// A field as text.
    ///
    /// - Throws: `InputError` when it is not UTF-8.
    public func text(_ column: Int) throws(InputError) -> String {
        let text = withField(column) { field in
            field.withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) }
        }
        guard let text else {
            throw InputError(at: location(of: column), found: "bytes that are not UTF-8", expected: "text in UTF-8")
        }
        return text
    }

    /// A field as a whole number.
    ///
    /// - Throws: `InputError` when it is anything else.
    public func integer(_ column: Int) throws(InputError) -> Int {
        guard let value = withField(column, { NumberParsing.integer($0) }) else {
            throw error(column, expected: "a whole number")
        }
        return value
    }

    /// A field as a number, correctly rounded.
    ///
    /// - Throws: `InputError` when it is anything else, infinite or not a number.
    public func double(_ column: Int) throws(InputError) -> Double {
        guard let value = withField(column, { NumberParsing.double($0) }) else {
            throw error(column, expected: "a number")
        }
        return value
    }

    /// An error about a field of the current record: where it is, what it holds, what was expected.
    public func error(_ column: Int, expected: String, suggestion: String? = nil) -> InputError {
        InputError(
            at: location(of: column), found: quoted(column), expected: "\(expected) in column '\(header[column])'",
            suggestion: suggestion)
    }

    /// A field for a message: in quotes, cut to 60 bytes, line breaks and tabs as blanks.
    public func quoted(_ column: Int) -> String {
        withField(column) { field in
            if field.isEmpty { return "a blank field" }
            let text = field.withUnsafeBufferPointer { bytes in
                String(decoding: bytes.prefix(60).map { $0 < 0x20 ? 0x20 : $0 }, as: UTF8.self)
            }
            return "'\(text)\(field.count > 60 ? "..." : "")'"
        }
    }
}
