import Domain

/// Finds records and fields in the bytes of a CSV file: the moving part of ``CSVReader``, behind a pointer there,
/// because every use of a class's variable is checked for overlapping access, which cost a third of the time.
@usableFromInline
struct CSVScanner {
    /// No record may be longer: an unclosed quote shall not read a huge file into memory.
    static let recordSizeLimit = 1 << 26

    /// Where a field's bytes lie in the buffer, without its quotes.
    @usableFromInline
    struct FieldRange {
        @usableFromInline var start: Int
        @usableFromInline var end: Int
        /// Whether `""` inside stands for a quote.
        @usableFromInline var hasEscapes = false

        init(start: Int) {
            self.start = start
            end = start
        }
    }

    /// What a scan for the end of a record came to.
    private enum ScanResult {
        case record
        case blankLine
        case moreBytesNeeded
        case end
    }

    let source: ByteSource
    let dialect: CSVReader.Dialect
    @usableFromInline var buffer: UnsafeMutablePointer<UInt8>
    private var capacity = 1 << 20
    /// Bytes `0 ..< limit` of the buffer are read; the one at `limit` is a line feed, so that no scan needs a bound.
    private var limit = 0
    private var atEnd = false
    private var recordStart = 0
    private var nextRecord = 0
    private var nextLine = 1
    @usableFromInline var fields: UnsafeMutablePointer<FieldRange>
    private var fieldCapacity = 64
    /// Fields of the current record.
    @usableFromInline private(set) var fieldCount = 0
    /// Whether some byte of the current record may be beyond ASCII.
    private var mayBeBeyondASCII = false
    /// Records so far.
    private(set) var recordCount = 0
    /// The physical line on which the current record begins, from 1.
    private(set) var line = 1

    private var path: String { source.path }

    /// A scanner before the first record. ``deallocate()`` ends it.
    init(source: ByteSource, dialect: CSVReader.Dialect) {
        self.source = source
        self.dialect = dialect
        buffer = .allocate(capacity: capacity + 16)
        fields = .allocate(capacity: fieldCapacity)
        buffer[0] = 0x0A
    }

    /// Gives the memory back.
    func deallocate() {
        buffer.deallocate()
        fields.deallocate()
    }

    /// The bytes of a field with each `""` made one quote.
    @usableFromInline
    func unescaped(_ field: FieldRange) -> [UInt8] {
        var plain: [UInt8] = []
        plain.reserveCapacity(field.end - field.start)
        var position = field.start
        while position < field.end {
            plain.append(buffer[position])
            position += buffer[position] == 0x22 ? 2 : 1
        }
        return plain
    }

    /// Goes to the next record or header, whatever its number of fields.
    mutating func advance() throws(InputError) -> Bool {
        while true {
            recordStart = nextRecord
            line = nextLine
            switch try scan() {
            case .record:
                recordCount += 1
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
    private mutating func scan() throws(InputError) -> ScanResult {
        let bytes = UnsafePointer(buffer)
        let separator = dialect.separator
        let trimsBlanks = dialect.trimsBlanks
        // Quote, line feed, carriage return and comma are all at most 0x2C: one comparison passes most bytes.
        let bound = Self.eachByte &* UInt64(max(0x2C, separator) + 1)
        let limit = self.limit
        var ranges = fields
        var room = fieldCapacity
        var count = 0
        var position = recordStart
        var newLines = 0
        if position == limit, atEnd { return .end }
        // The eight bytes from `block` on: a bit for each one not above the threshold that has not been looked at.
        var block = position
        var seen: UInt64 = 0
        var hits = Self.lowBytes(bytes, block, bound, &seen)
        while true {
            var field = FieldRange(start: position)
            if bytes[position] == 0x22 {
                field.start += 1
                guard let end = try closingQuote(bytes, &field, &newLines) else { return .moreBytesNeeded }
                position = end
                seen = ~0
                block = end
                hits = Self.lowBytes(bytes, block, bound, &seen)
                // What follows the quote ends the field.
                hits &= hits &- 1
            } else {
                while true {
                    while hits == 0 {
                        block &+= 8
                        hits = Self.lowBytes(bytes, block, bound, &seen)
                    }
                    position = block &+ hits.trailingZeroBitCount &>> 3
                    hits &= hits &- 1
                    let byte = bytes[position]
                    if byte == separator || byte == 0x0A || byte == 0x0D || byte == 0x22 { break }
                }
                field.end = position
                if trimsBlanks { trim(bytes, &field) }
            }
            if count == room {
                growFields()
                ranges = fields
                room = fieldCapacity
            }
            ranges[count] = field
            count &+= 1
            let byte = bytes[position]
            if byte == separator, position < limit {
                position &+= 1
                continue
            }
            fieldCount = count
            mayBeBeyondASCII = seen & Self.highBits != 0
            if byte == 0x0A, position < limit {
                nextRecord = position &+ 1
            } else {
                guard let next = try recordEnd(bytes, position) else { return .moreBytesNeeded }
                nextRecord = next
            }
            nextLine = line + newLines + 1
            return count == 1 && position == recordStart ? .blankLine : .record
        }
    }

    private static let eachByte: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// The high bit of each of eight bytes that is below a bound of at most 128, given eight times; `seen` gathers all
    /// bits. The buffer reaches further than its limit by that much.
    @inline(__always)
    private static func lowBytes(
        _ bytes: UnsafePointer<UInt8>, _ position: Int, _ bound: UInt64, _ seen: inout UInt64
    ) -> UInt64 {
        let word = UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: position, as: UInt64.self)
        seen |= word
        // No byte borrows from the next: each is at least 128 before the subtraction.
        return ~(((word | highBits) &- bound) | word) & highBits
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

    /// Doubles the room for fields.
    private mutating func growFields() {
        let larger = UnsafeMutablePointer<FieldRange>.allocate(capacity: 2 * fieldCapacity)
        larger.update(from: fields, count: fieldCapacity)
        fields.deallocate()
        fields = larger
        fieldCapacity *= 2
    }

    /// Moves the current record to the front and reads more behind it.
    private mutating func refill() throws(InputError) {
        let kept = limit - recordStart
        if kept > 0, recordStart > 0 { buffer.update(from: buffer + recordStart, count: kept) }
        recordStart = 0
        nextRecord = 0
        limit = kept
        if limit + 2 > capacity { try grow() }
        // One byte stays free for the line feed at the limit.
        let count = try source.read(
            into: UnsafeMutableRawBufferPointer(start: buffer + limit, count: capacity - 1 - limit))
        atEnd = count == 0
        limit += count
        buffer[limit] = 0x0A
    }

    /// Doubles the buffer.
    private mutating func grow() throws(InputError) {
        guard capacity < Self.recordSizeLimit else {
            throw InputError(
                at: SourceLocation(file: path, line: line),
                found: "a record longer than \(Self.recordSizeLimit >> 20) MiB",
                expected: "a shorter one: is a quote left open?")
        }
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * capacity + 16)
        larger.update(from: buffer, count: limit)
        buffer.deallocate()
        buffer = larger
        capacity *= 2
    }

    /// Skips the mark of UTF-8; other marks are errors.
    mutating func skipByteOrderMark() throws(InputError) {
        while limit < 3, !atEnd { try refill() }
        if limit >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { nextRecord = 3 }
        if limit >= 2, (buffer[0] == 0xFF && buffer[1] == 0xFE) || (buffer[0] == 0xFE && buffer[1] == 0xFF) {
            throw InputError(at: SourceLocation(file: path), found: "UTF-16 text", expected: "UTF-8")
        }
    }

    /// Line and column of a byte of the current record.
    func location(ofByte position: Int) -> SourceLocation {
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

    /// Whether all bytes of the current record are ASCII.
    var isASCII: Bool {
        if !mayBeBeyondASCII { return true }
        let bytes = UnsafeRawPointer(buffer)
        var all: UInt64 = 0
        var position = recordStart
        while position + 8 <= nextRecord {
            all |= bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            position += 8
        }
        while position < nextRecord {
            all |= UInt64(buffer[position])
            position += 1
        }
        return all & 0x8080_8080_8080_8080 == 0
    }

    /// Two hashes of the current record's bytes, without the end of its line, by folded products of 128 bits (Yi, wyhash);
    /// the odd constants are SplitMix64's (Steele, Lea & Flood 2014).
    var fingerprint: UInt128 {
        var end = nextRecord
        while end > recordStart, buffer[end - 1] == 0x0A || buffer[end - 1] == 0x0D { end -= 1 }
        var low = UInt64(truncatingIfNeeded: end &- recordStart) ^ 0x9E37_79B9_7F4A_7C15
        var high = ~low
        var position = recordStart
        let bytes = UnsafeRawPointer(buffer)
        while position &+ 16 <= end {
            Self.mix(
                &low, &high, bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: position &+ 8, as: UInt64.self))
            position &+= 16
        }
        if position < end {
            // The buffer reaches 16 bytes beyond its limit; what is not of the record is cut off.
            var first = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            var second = bytes.loadUnaligned(fromByteOffset: position &+ 8, as: UInt64.self)
            let count = end &- position
            if count <= 8 {
                first &= ~0 &>> UInt64(8 &* (8 &- count))
                second = 0
            } else {
                second &= ~0 &>> UInt64(8 &* (16 &- count))
            }
            Self.mix(&low, &high, first, second)
        }
        return UInt128(high) << 64 | UInt128(low)
    }

    /// Takes 16 bytes into both hashes.
    @inline(__always)
    private static func mix(_ low: inout UInt64, _ high: inout UInt64, _ first: UInt64, _ second: UInt64) {
        let one = (first ^ low).multipliedFullWidth(by: second ^ 0xBF58_476D_1CE4_E5B9)
        let other = (second ^ high).multipliedFullWidth(by: first ^ 0x94D0_49BB_1331_11EB)
        low = one.high ^ one.low
        high = other.high ^ other.low
    }
}
