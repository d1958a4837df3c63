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
/// 64      columns, each at a multiple of 64
///         table of contents: for each column name length (2), name, type (1), offset (8), count (8)
/// ```
enum ArchiveFormat {
    static let magic = Array("SANDCOLS".utf8)
    static let version: UInt32 = 1
    static let byteOrderMark: UInt32 = 0x0102_0304
    static let headerSize = 64
    /// Columns start at cache lines, so that any vector load of a value array is aligned.
    static let alignment = 64

    /// One column's line in the table of contents.
    struct Entry: Equatable {
        var name: String
        var typeCode: UInt8
        var offset: Int
        var count: Int

        /// Bytes the column takes.
        var size: Int { count * strideOf(typeCode: typeCode) }
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
            append(UInt64(entry.offset), to: &bytes)
            append(UInt64(entry.count), to: &bytes)
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

    /// The entries of a table of contents, each checked to lie inside `0 ..< limit`; nil if one does not.
    static func decode(_ bytes: Span<UInt8>, limit: Int) -> [Entry]? {
        var entries: [Entry] = []
        var position = 0
        while position < bytes.count {
            guard position + 2 <= bytes.count else { return nil }
            let length = Int(number(bytes, at: position, size: 2))
            position += 2
            guard position + length + 17 <= bytes.count else { return nil }
            let name = String(decoding: (position..<(position + length)).map { bytes[$0] }, as: UTF8.self)
            position += length
            let typeCode = bytes[position]
            let stride = strideOf(typeCode: typeCode)
            guard stride > 0, let offset = Int(exactly: number(bytes, at: position + 1, size: 8)),
                let count = Int(exactly: number(bytes, at: position + 9, size: 8)),
                offset >= headerSize, offset % alignment == 0, count <= limit / stride, offset <= limit - count * stride
            else { return nil }
            entries.append(Entry(name: name, typeCode: typeCode, offset: offset, count: count))
            position += 17
        }
        return entries
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
