import Domain

/// Columns on the heap: for tests, generated books and datasets too small for a file.
///
/// Fill it from one thread with ``add(_:_:)``; once it is shared nothing may be added.
public final class MemoryColumnStore: ColumnStore, @unchecked Sendable {
    /// One column's memory.
    struct Entry {
        let typeCode: UInt8
        let bytes: UnsafeRawBufferPointer
        let count: Int
    }
    private var entries: [String: Entry] = [:]
    /// Names of all columns, in the order they were added.
    public private(set) var columnNames: [String] = []

    /// An empty store.
    public init() {}

    deinit {
        for entry in entries.values { entry.bytes.deallocate() }
    }

    /// Copies values into the store as a column; a name is used once.
    @discardableResult
    public func add<Element: ColumnElement>(_ name: String, _ values: [Element]) -> Column<Element> {
        precondition(entries[name] == nil, "column '\(name)' added twice")
        let size = values.count * MemoryLayout<Element>.stride
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(size, 64), alignment: 64)
        values.withUnsafeBytes { memory.copyMemory(from: $0) }
        entries[name] = Entry(
            typeCode: Element.columnTypeCode,
            bytes: UnsafeRawBufferPointer(memory),
            count: values.count)
        columnNames.append(name)
        return view(UnsafeRawBufferPointer(memory), count: values.count)
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
        return view(entry.bytes, count: entry.count)
    }

    /// Writes every column to an archive, in the order they were added.
    ///
    /// - Throws: `OperationError` when the archive cannot be written.
    public func write(to writer: ColumnArchiveWriter) throws(OperationError) {
        for name in columnNames {
            guard let entry = entries[name] else { continue }
            try writer.addRaw(
                name, typeCode: entry.typeCode, count: entry.count,
                bytes: entry.bytes, size: entry.count * strideOf(typeCode: entry.typeCode))
        }
    }

    /// Adds every column's name, type, count and bytes to a hash, in the order they were added.
    public func hash(into hash: SHA256, where include: (String) -> Bool = { _ in true }) {
        for name in columnNames where include(name) {
            guard let entry = entries[name] else { continue }
            hash.update(name)
            hash.update(UInt64(entry.typeCode))
            hash.update(UInt64(entry.count))
            hash.update(
                raw: UnsafeRawBufferPointer(
                    rebasing: entry.bytes[..<(entry.count * strideOf(typeCode: entry.typeCode))])
            )
        }
    }

    /// A typed view of a column's memory.
    private func view<Element>(_ bytes: UnsafeRawBufferPointer, count: Int) -> Column<Element> {
        guard let base = bytes.baseAddress else { return Column() }
        return Column(base: base.assumingMemoryBound(to: Element.self), count: count)
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
