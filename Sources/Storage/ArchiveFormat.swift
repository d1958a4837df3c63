import Domain

/// How a column archive lies on disk; all numbers little-endian.
///
/// ```
/// 0   8   magic "SANDCOLS"
/// 8   4   format version
/// 12  4   byte-order mark 0x01020304
/// 16  8   offset of the table of contents
/// 24  8   its length in bytes; it ends the file
/// 32  32  its SHA-256
/// 64      what is stored of the columns, each at a multiple of 64
///         table of contents: for each column name length (2), name, type (1), form (1), count (8), offset (8), length
///         of the table (8), number of the column of positions (8), SHA-256 of the values (32)
/// ```
///
/// Two columns may have the same offset: they hold the same values.
enum ArchiveFormat {
    static let magic = Array("SANDCOLS".utf8)
    static let version: UInt32 = 2
    static let byteOrderMark: UInt32 = 0x0102_0304
    static let headerSize = 64
    /// Columns start at cache lines, so that any vector load of a value array is aligned.
    static let alignment = 64
    /// Bytes of a SHA-256.
    static let digestSize = 32

    /// What of a column's values is stored.
    enum Form: UInt8 {
        /// All values.
        case direct = 0
        /// One value, which all are.
        case constant = 1
        /// Nothing: the values are 0, 1, 2 ...
        case counting = 2
        /// A table; the values are those at the positions that another column holds.
        case indexed = 3
    }

    /// One column's line in the table of contents.
    struct Entry: Equatable {
        var name: String
        var typeCode: UInt8
        var form = Form.direct
        var count: Int
        var offset: Int
        /// Values in the table of an indexed column.
        var tableCount = 0
        /// Number of the column of positions of an indexed column.
        var codes = 0
        /// SHA-256 of the values, whatever the form.
        var digest: [UInt8]

        /// Bytes that are stored.
        var size: Int {
            let stride = strideOf(typeCode: typeCode)
            switch form {
            case .direct: return count * stride
            case .constant: return stride
            case .counting: return 0
            case .indexed: return tableCount * stride
            }
        }
    }

    /// The next multiple of ``alignment``.
    static func aligned(_ offset: Int) -> Int { (offset + alignment - 1) / alignment * alignment }

    /// The table of contents as bytes.
    static func encode(_ entries: [Entry]) -> [UInt8] {
        var bytes: [UInt8] = []
        for entry in entries {
            append(UInt16(entry.name.utf8.count), to: &bytes)
            bytes.append(contentsOf: entry.name.utf8)
            bytes.append(entry.typeCode)
            bytes.append(entry.form.rawValue)
            for number in [entry.count, entry.offset, entry.tableCount, entry.codes] {
                append(UInt64(number), to: &bytes)
            }
            bytes += entry.digest
        }
        return bytes
    }

    /// The header for a table of contents at an offset.
    static func header(contents: [UInt8], at offset: Int) -> [UInt8] {
        var bytes = magic
        append(version, to: &bytes)
        append(byteOrderMark, to: &bytes)
        append(UInt64(offset), to: &bytes)
        append(UInt64(contents.count), to: &bytes)
        let hash = SHA256()
        hash.update(contents)
        return bytes + hash.finishBytes()
    }

    /// What a header says: where the table of contents lies and its SHA-256; nil if it is no header of this version.
    static func decodeHeader(_ bytes: Span<UInt8>) -> (offset: Int, length: Int, hash: [UInt8])? {
        guard bytes.count >= headerSize else { return nil }
        for index in magic.indices where bytes[index] != magic[index] { return nil }
        guard number(bytes, at: 8, size: 4) == UInt64(version), number(bytes, at: 12, size: 4) == UInt64(byteOrderMark),
            let offset = Int(exactly: number(bytes, at: 16, size: 8)),
            let length = Int(exactly: number(bytes, at: 24, size: 8))
        else { return nil }
        return (offset, length, (32..<64).map { bytes[$0] })
    }

    /// Whether bytes begin as an archive of any version does; then its version.
    static func versionStated(_ bytes: Span<UInt8>) -> Int? {
        guard bytes.count >= headerSize else { return nil }
        for index in magic.indices where bytes[index] != magic[index] { return nil }
        return Int(number(bytes, at: 8, size: 4))
    }

    /// The entries of a table of contents, each checked to lie inside `0 ..< limit`; nil if one does not.
    static func decode(_ bytes: Span<UInt8>, limit: Int) -> [Entry]? {
        var entries: [Entry] = []
        var position = 0
        while position < bytes.count {
            guard position + 2 <= bytes.count else { return nil }
            let length = Int(number(bytes, at: position, size: 2))
            position += 2
            let tail = position + length
            guard tail + 34 + digestSize <= bytes.count, let form = Form(rawValue: bytes[tail + 1]) else { return nil }
            var numbers: [Int] = []
            for index in 0..<4 {
                guard let value = Int(exactly: number(bytes, at: tail + 2 + 8 * index, size: 8)) else { return nil }
                numbers.append(value)
            }
            let entry = Entry(
                name: String(decoding: (position..<tail).map { bytes[$0] }, as: UTF8.self), typeCode: bytes[tail],
                form: form, count: numbers[0], offset: numbers[1], tableCount: numbers[2], codes: numbers[3],
                digest: (0..<digestSize).map { bytes[tail + 34 + $0] })
            guard isSound(entry, limit: limit) else { return nil }
            entries.append(entry)
            position = tail + 34 + digestSize
        }
        for entry in entries where entry.form == .indexed {
            guard entry.codes < entries.count else { return nil }
            let codes = entries[entry.codes]
            guard codes.typeCode == Int32.columnTypeCode, codes.form != .indexed, codes.count == entry.count else {
                return nil
            }
        }
        return entries
    }

    /// Whether an entry's bytes lie inside `0 ..< limit`.
    private static func isSound(_ entry: Entry, limit: Int) -> Bool {
        let stride = strideOf(typeCode: entry.typeCode)
        guard stride > 0, entry.offset >= headerSize, entry.offset % alignment == 0, entry.offset <= limit else {
            return false
        }
        // Divided before multiplied: a count of any size must not overflow.
        let most = (limit - entry.offset) / stride
        return switch entry.form {
        case .direct: entry.count <= most
        case .constant: most >= 1
        case .counting: true
        case .indexed: entry.tableCount <= most
        }
    }

    /// A little-endian number of `size` bytes.
    private static func number(_ bytes: Span<UInt8>, at offset: Int, size: Int) -> UInt64 {
        var value: UInt64 = 0
        for index in 0..<size { value |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
        return value
    }

    /// Appends a number's bytes, least significant first.
    private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        for index in 0..<(number.bitWidth / 8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> (8 * index)))
        }
    }
}
