import Dispatch
import Domain

/// Columns on the heap: for tests, generated books and datasets too small for a file.
///
/// Fill it from one thread with ``add(_:_:)``; once it is shared nothing may be added.
public final class MemoryColumnStore: ColumnStore, @unchecked Sendable {
    /// One column's memory.
    private struct Entry {
        let typeCode: UInt8
        /// All values, or the one of a constant column, or the table of an indexed one.
        let bytes: UnsafeRawBufferPointer
        let count: Int
        var isConstant = false
        /// Whether the bytes are another column's.
        var isShared = false
        /// What owns the bytes, where the store does not.
        var owner: LargeMemory?
        /// The column of positions of an indexed column.
        var codes: UnsafePointer<Int32>?
        var codesName = ""
        var tableCount = 0
    }
    private var entries: [String: Entry] = [:]
    private var knownDigests: [String: [UInt8]] = [:]
    /// Names of all columns, in the order they were added.
    public private(set) var columnNames: [String] = []

    /// An empty store.
    public init() {}

    deinit {
        for entry in entries.values where !entry.isShared && entry.owner == nil { entry.bytes.deallocate() }
    }

    /// Copies values into the store as a column; a name is used once.
    @discardableResult
    public func add<Element: ColumnElement>(_ name: String, _ values: [Element]) -> Column<Element> {
        insert(name, Entry(typeCode: Element.columnTypeCode, bytes: Self.copy(values), count: values.count))
    }

    /// Takes an array over as a column, without a copy; a name is used once.
    @discardableResult
    public func add<Element: ColumnElement>(_ name: String, _ values: LargeArray<Element>) -> Column<Element> {
        let bytes = UnsafeRawBufferPointer(UnsafeBufferPointer(start: values.base, count: values.count))
        return insert(
            name,
            Entry(typeCode: Element.columnTypeCode, bytes: bytes, count: values.count, owner: values.memory))
    }

    /// Adds a column of equal values.
    @discardableResult
    public func add<Element: ColumnElement>(
        _ name: String, repeating value: Element, count: Int
    ) -> Column<Element> {
        insert(
            name,
            Entry(
                typeCode: Element.columnTypeCode, bytes: Self.copy([value]), count: count, isConstant: count > 0))
    }

    /// Adds a column with the values of another.
    public func add(_ name: String, sameAs other: String) {
        guard var entry = entries[other] else { preconditionFailure("no column '\(other)'") }
        precondition(entries[name] == nil, "column '\(name)' added twice")
        entry.isShared = true
        entries[name] = entry
        columnNames.append(name)
    }

    /// Adds a column whose values are those of a table at the positions that the column `codes` holds.
    @discardableResult
    public func add<Element: ColumnElement>(
        _ name: String, table: [Element], at codes: String
    ) -> Column<Element> {
        guard let source = entries[codes], source.typeCode == Int32.columnTypeCode, source.codes == nil,
            !source.isConstant
        else {
            preconditionFailure("'\(codes)' is a column of positions")
        }
        let positions = source.bytes.bindMemory(to: Int32.self)
        return insert(
            name,
            Entry(
                typeCode: Element.columnTypeCode, bytes: Self.copy(table), count: source.count,
                codes: positions.baseAddress, codesName: codes, tableCount: table.count))
    }

    /// Copies texts into the store as the columns `name` and `name.offsets`.
    @discardableResult
    public func add(_ name: String, _ texts: some Sequence<String>) -> StringColumn {
        var bytes: [UInt8] = []
        var offsets: [Int64] = [0]
        for text in texts {
            bytes.append(contentsOf: text.utf8)
            offsets.append(Int64(bytes.count))
        }
        return StringColumn(offsets: add(name + ".offsets", offsets), bytes: add(name, bytes))
    }

    /// The column of a name.
    ///
    /// - Throws: `OperationError` when there is none or it holds another type.
    public func column<Element: ColumnElement>(
        _ name: String, of type: Element.Type
    ) throws(OperationError) -> Column<Element> {
        guard let entry = entries[name] else { throw OperationError("no column '\(name)'") }
        guard entry.typeCode == Element.columnTypeCode else {
            throw OperationError("column '\(name)' does not hold \(Element.self)")
        }
        return view(entry)
    }

    /// Writes every column to an archive, in the order they were added.
    ///
    /// - Throws: `OperationError` when the archive cannot be written.
    public func write(to writer: ColumnArchiveWriter) throws(OperationError) {
        let digests = digests()
        for (name, digest) in zip(columnNames, digests) {
            guard let entry = entries[name] else { continue }
            try writer.add(
                name, typeCode: entry.typeCode, count: entry.count, bytes: entry.bytes,
                isConstant: entry.isConstant, table: entry.codes.map { _ in (entry.tableCount, entry.codesName) },
                digest: digest.sha256)
        }
    }

    /// SHA-256 of each column's values, in the order the columns were added; each is computed once.
    public func digests() -> [ColumnDigest] {
        let missing = columnNames.filter { knownDigests[$0] == nil }
        var found = [[UInt8]](repeating: [], count: missing.count)
        found.withUnsafeMutableBufferPointer { found in
            nonisolated(unsafe) let target = found
            // Each index is written once, by one thread.
            DispatchQueue.concurrentPerform(iterations: missing.count) { index in
                target[index] = digest(of: missing[index])
            }
        }
        for (name, digest) in zip(missing, found) { knownDigests[name] = digest }
        return columnNames.compactMap { name in
            entries[name].map {
                ColumnDigest(name: name, typeCode: $0.typeCode, count: $0.count, sha256: knownDigests[name] ?? [])
            }
        }
    }

    private func digest(of name: String) -> [UInt8] {
        guard let entry = entries[name] else { return [] }
        switch strideOf(typeCode: entry.typeCode) {
        case 1: return (view(entry) as Column<UInt8>).digest
        case 4: return (view(entry) as Column<Int32>).digest
        default: return (view(entry) as Column<Int64>).digest
        }
    }

    /// A copy of values on a cache line's boundary.
    private static func copy<Element: ColumnElement>(_ values: [Element]) -> UnsafeRawBufferPointer {
        let size = values.count * MemoryLayout<Element>.stride
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(size, 64), alignment: 64)
        values.withUnsafeBytes { memory.copyMemory(from: $0) }
        return UnsafeRawBufferPointer(memory)
    }

    private func insert<Element: ColumnElement>(_ name: String, _ entry: Entry) -> Column<Element> {
        precondition(entries[name] == nil, "column '\(name)' added twice")
        entries[name] = entry
        columnNames.append(name)
        return view(entry)
    }

    /// A typed view of a column's memory.
    private func view<Element>(_ entry: Entry) -> Column<Element> {
        guard let base = entry.bytes.baseAddress else { return Column() }
        return Column(
            base: base.assumingMemoryBound(to: Element.self), count: entry.count, isConstant: entry.isConstant,
            codes: entry.codes)
    }
}

/// Bytes of one value of a column type; 0 for a code that no type has.
func strideOf(typeCode: UInt8) -> Int {
    switch typeCode {
    case UInt8.columnTypeCode: 1
    case Int32.columnTypeCode, UInt32.columnTypeCode, Float.columnTypeCode: 4
    case Int64.columnTypeCode, UInt64.columnTypeCode, Double.columnTypeCode: 8
    default: 0
    }
}
