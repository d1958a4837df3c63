import Domain
import Glibc

/// A file of named, typed columns, memory-mapped read-only: all processes that open it share its pages.
///
/// Opening reads the header and the table of contents alone, so it takes well below a millisecond for any size; the
/// table of contents is checked against its SHA-256, the columns are not read: ``verify()`` does that. The file may be
/// replaced or removed while open (a mapping keeps the old content); it must not be changed in place.
///
/// A column whose values are all the same, or 0, 1, 2 ..., or those of a short table by another column's numbers, takes
/// next to no room; ``Column`` reads all alike.
public final class ColumnArchive: ColumnStore, @unchecked Sendable {
    /// Where it was opened.
    public let path: String
    /// Names of all columns, in the order they were added.
    public let columnNames: [String]
    private let mapping: UnsafeRawBufferPointer
    private let list: [ArchiveFormat.Entry]
    private let numbers: [String: Int]

    /// Opens and maps an archive.
    ///
    /// - Throws: `OperationError` when it cannot be read or is no whole archive of this format version.
    public init(path: String) throws(OperationError) {
        let file = try PosixFile(reading: path)
        let size = try file.size()
        guard size >= ArchiveFormat.headerSize else { throw ColumnArchive.damaged(path) }
        guard let address = Glibc.mmap(nil, size, PROT_READ, MAP_SHARED, file.descriptor, 0),
            address != UnsafeMutableRawPointer(bitPattern: -1)
        else { throw PosixFile.failure("map", path) }
        let mapping = UnsafeRawBufferPointer(start: address, count: size)
        guard let list = ColumnArchive.contents(of: mapping) else {
            let version = ArchiveFormat.versionStated(mapping.bindMemory(to: UInt8.self).span)
            Glibc.munmap(address, size)
            if let version, version != Int(ArchiveFormat.version) {
                throw OperationError(
                    "'\(path)' is a column archive of version \(version), not \(ArchiveFormat.version)")
            }
            throw ColumnArchive.damaged(path)
        }
        self.path = path
        self.mapping = mapping
        self.list = list
        columnNames = list.map(\.name)
        numbers = Dictionary(list.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    deinit {
        Glibc.munmap(UnsafeMutableRawPointer(mutating: mapping.baseAddress), mapping.count)
    }

    /// The column of a name.
    ///
    /// - Throws: `OperationError` when there is none or it holds another type.
    public func column<Element: ColumnElement>(
        _ name: String, of type: Element.Type
    ) throws(OperationError) -> Column<Element> {
        guard let number = numbers[name], let base = mapping.baseAddress else {
            throw OperationError("'\(path)' has no column '\(name)'")
        }
        let entry = list[number]
        guard entry.typeCode == Element.columnTypeCode else {
            throw OperationError("column '\(name)' of '\(path)' does not hold \(Element.self)")
        }
        return view(entry, base: base)
    }

    /// A typed view of a column.
    private func view<Element: ColumnElement>(
        _ entry: ArchiveFormat.Entry, base: UnsafeRawPointer
    ) -> Column<Element> {
        let values = (base + entry.offset).assumingMemoryBound(to: Element.self)
        switch entry.form {
        case .direct: return Column(base: values, count: entry.count)
        case .constant: return Column(base: values, count: entry.count, isConstant: true)
        case .counting: return Column(countingTo: entry.count)
        case .indexed:
            let codes = list[entry.codes]
            let positions = (base + codes.offset).assumingMemoryBound(to: Int32.self)
            switch codes.form {
            case .constant:
                let position = Int(positions[0])
                precondition((0..<entry.tableCount).contains(position), "'\(path)' is damaged at '\(entry.name)'")
                return Column(base: values + position, count: entry.count, isConstant: true)
            case .counting: return Column(base: values, count: entry.count)
            case .direct, .indexed: return Column(base: values, count: entry.count, codes: positions)
            }
        }
    }

    /// Writes every column to another archive, in the order they were added.
    ///
    /// - Throws: `OperationError` when that archive cannot be written.
    public func write(to writer: ColumnArchiveWriter) throws(OperationError) {
        for entry in list {
            let stored = UnsafeRawBufferPointer(rebasing: mapping[entry.offset..<(entry.offset + entry.size)])
            try writer.add(stored: stored, as: entry)
        }
    }

    /// SHA-256 of each column's values, whatever their form, as the table of contents states it.
    public var digests: [ColumnDigest] {
        list.map { ColumnDigest(name: $0.name, typeCode: $0.typeCode, count: $0.count, sha256: $0.digest) }
    }

    /// Reads all columns and compares them with what the table of contents states.
    ///
    /// - Throws: `OperationError` that names the first column whose values are others.
    public func verify() throws(OperationError) {
        for entry in list where digest(of: entry) != entry.digest {
            throw OperationError("'\(path)' is damaged: column '\(entry.name)' is not what was written")
        }
    }

    /// SHA-256 of a column's values.
    private func digest(of entry: ArchiveFormat.Entry) -> [UInt8]? {
        guard let base = mapping.baseAddress else { return nil }
        if entry.form == .direct {
            let hash = SHA256()
            hash.update(raw: UnsafeRawBufferPointer(start: base + entry.offset, count: entry.size))
            return hash.finishBytes()
        }
        if entry.form == .indexed, !codesFit(entry, base: base) { return nil }
        switch strideOf(typeCode: entry.typeCode) {
        case 1: return (view(entry, base: base) as Column<UInt8>).digest
        case 4: return (view(entry, base: base) as Column<Int32>).digest
        default: return (view(entry, base: base) as Column<Int64>).digest
        }
    }

    /// Whether the positions of an indexed column lie in its table.
    private func codesFit(_ entry: ArchiveFormat.Entry, base: UnsafeRawPointer) -> Bool {
        let codes: Column<Int32> = view(list[entry.codes], base: base)
        return codes.allSatisfy { $0 >= 0 && $0 < entry.tableCount }
    }

    /// The checked table of contents of a mapped file, or nil if it is damaged.
    private static func contents(of mapping: UnsafeRawBufferPointer) -> [ArchiveFormat.Entry]? {
        let bytes = mapping.bindMemory(to: UInt8.self)
        guard let header = ArchiveFormat.decodeHeader(bytes.span),
            header.offset >= ArchiveFormat.headerSize, header.offset <= bytes.count,
            header.length == bytes.count - header.offset
        else { return nil }
        let table = UnsafeBufferPointer(rebasing: bytes[header.offset...])
        let hash = SHA256()
        hash.update(raw: UnsafeRawBufferPointer(table))
        guard hash.finishBytes() == header.hash else { return nil }
        return ArchiveFormat.decode(table.span, limit: header.offset)
    }

    /// What to say of a file that is no archive.
    private static func damaged(_ path: String) -> OperationError {
        OperationError("'\(path)' is not a whole column archive of version \(ArchiveFormat.version)")
    }
}
