import Domain
import Glibc

/// A file of named, typed columns, memory-mapped read-only: all processes that open it share its pages.
///
/// Opening reads the header and the table of contents alone, so it takes well below a millisecond for any size; the
/// table of contents is checked against its SHA-256, the columns are not read. The file may be replaced or removed
/// while open (a mapping keeps the old content); it must not be changed in place.
public final class ColumnArchive: ColumnStore, @unchecked Sendable {
    /// Where it was opened.
    public let path: String
    /// Names of all columns, in the order they were added.
    public let columnNames: [String]
    private let mapping: UnsafeRawBufferPointer
    private let entries: [String: ArchiveFormat.Entry]

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
            Glibc.munmap(address, size)
            throw ColumnArchive.damaged(path)
        }
        self.path = path
        self.mapping = mapping
        columnNames = list.map(\.name)
        entries = Dictionary(list.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
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
        guard let entry = entries[name], let base = mapping.baseAddress else {
            throw OperationError("'\(path)' has no column '\(name)'")
        }
        guard entry.typeCode == Element.columnTypeCode else {
            throw OperationError("column '\(name)' of '\(path)' does not hold \(Element.self)")
        }
        return Column(base: (base + entry.offset).assumingMemoryBound(to: Element.self), count: entry.count)
    }

    /// Writes every column to another archive, in the order they were added.
    ///
    /// - Throws: `OperationError` when that archive cannot be written.
    public func write(to writer: ColumnArchiveWriter) throws(OperationError) {
        for name in columnNames {
            guard let entry = entries[name] else { continue }
            let bytes = UnsafeRawBufferPointer(rebasing: mapping[entry.offset..<(entry.offset + entry.size)])
            try writer.addRaw(name, typeCode: entry.typeCode, count: entry.count, bytes: bytes, size: entry.size)
        }
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
