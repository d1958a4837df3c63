import Domain
import Glibc

/// Streams columns into an archive that appears at its path whole or not at all.
///
/// Columns are written one after the other (``add(_:_:)``), or many at a time through ``open(_:of:capacity:)``.
/// Memory is one buffer a column. A column whose values are all the same, or 0, 1, 2 ..., is recognised and takes no
/// room. Two processes that write the same archive at once both succeed.
public final class ColumnArchiveWriter {
    let output: AtomicFile
    private var entries: [ArchiveFormat.Entry?] = []
    private var numbers: [String: Int] = [:]
    private var end = ArchiveFormat.headerSize
    private var openColumns: [any OpenColumn] = []

    /// A writer of an archive that will be at `path`.
    ///
    /// - Throws: `OperationError` when the folder cannot be written.
    public init(path: String) throws(OperationError) {
        output = try AtomicFile(path: path)
    }

    /// Adds a whole column; a name is used once.
    ///
    /// - Throws: `OperationError` when the disk is full or fails.
    public func add<Element: ColumnElement>(_ name: String, _ values: [Element]) throws(OperationError) {
        let digest = values.withUnsafeBytes { bytes in
            let hash = SHA256()
            hash.update(raw: bytes)
            return hash.finishBytes()
        }
        try values.span.withUnsafeBytes { (bytes) throws(OperationError) in
            try add(name, typeCode: Element.columnTypeCode, count: values.count, bytes: bytes, digest: digest)
        }
    }

    /// Opens a column to append to; its place in the archive's order is where it was opened.
    ///
    /// With a `capacity` (the most values it can get) the column is written in place and each byte is written once;
    /// room not used takes no disk space. Without one it goes through an unnamed file beside the archive.
    /// - Throws: `OperationError` when the folder cannot be written.
    public func open<Element: ColumnElement>(
        _ name: String, of type: Element.Type, capacity: Int? = nil
    ) throws(OperationError) -> ColumnSink<Element> {
        if let capacity { return open(name, .inPlace(output.file, capacity: capacity)) }
        let spill = try AtomicFile.temporary(beside: output.path)
        // Without a name it is gone with its last descriptor, whatever happens to this process.
        Glibc.unlink(spill.path)
        return open(name, .spilled(spill))
    }

    /// Opens a column whose values will be those of a table at the positions that the column `codes` gets; they are
    /// appended all the same, and only the table is stored. The column of positions was opened or added before.
    ///
    /// - Throws: `OperationError` when the disk is full or fails.
    public func open<Element: ColumnElement>(
        _ name: String, table: [Element], at codes: String
    ) throws(OperationError) -> ColumnSink<Element> {
        guard let number = numbers[codes] else { preconditionFailure("no column '\(codes)'") }
        let offset = ArchiveFormat.aligned(end)
        try table.span.withUnsafeBytes { (bytes) throws(OperationError) in try output.file.write(bytes, at: offset) }
        end = offset + table.count * MemoryLayout<Element>.stride
        return open(name, .indexed(offset: offset, tableCount: table.count, codes: number))
    }

    /// Opens a column that will get the same values as another one opened before; they are appended all the same, and
    /// nothing is stored.
    public func open<Element: ColumnElement>(_ name: String, sameAs other: ColumnSink<Element>) -> ColumnSink<Element> {
        open(name, .same(number: other.number))
    }

    private func open<Element: ColumnElement>(_ name: String, _ target: ColumnTarget) -> ColumnSink<Element> {
        let sink = ColumnSink<Element>(name: name, number: reserve(name), target: target) { [unowned self] size in
            let offset = ArchiveFormat.aligned(self.end)
            self.end = offset + size
            return offset
        }
        openColumns.append(sink)
        return sink
    }

    /// Writes what is buffered of the open columns; they take no more values.
    ///
    /// - Throws: `OperationError` when the disk is full or fails.
    public func closeColumns() throws(OperationError) {
        for column in openColumns {
            var entry = try column.finish()
            switch column.target {
            case .spilled(let file) where entry.form == .direct:
                entry.offset = ArchiveFormat.aligned(end)
                try copy(from: file, size: entry.size, to: entry.offset)
                end = entry.offset + entry.size
            case .spilled, .inPlace:
                if entry.form == .constant { try storeConstant(column, &entry) }
                if entry.form == .counting || entry.count == 0 { entry.offset = ArchiveFormat.headerSize }
            case .same(let number):
                guard let other = entries[number] else { preconditionFailure("columns close in their order") }
                precondition(
                    other.digest == entry.digest, "'\(entry.name)' got other values than '\(other.name)'")
                entry = other
                entry.name = column.name
            case .indexed:
                break
            }
            entries[column.number] = entry
        }
        openColumns = []
    }

    /// Stores the one value of a column.
    private func storeConstant(_ column: any OpenColumn, _ entry: inout ArchiveFormat.Entry) throws(OperationError) {
        entry.offset = ArchiveFormat.aligned(end)
        try write(column.firstValue, at: entry.offset)
        end = entry.offset + column.firstValue.count
    }

    /// SHA-256 of the values of each column added or closed so far.
    public var digests: [ColumnDigest] {
        entries.compactMap { entry in
            entry.map { ColumnDigest(name: $0.name, typeCode: $0.typeCode, count: $0.count, sha256: $0.digest) }
        }
    }

    /// Closes the columns, writes the table of contents and the header, syncs, and puts the archive at its path.
    ///
    /// - Throws: `OperationError` when the disk is full or fails; nothing is left then.
    public func finish() throws(OperationError) {
        try closeColumns()
        let contents = ArchiveFormat.encode(entries.compactMap { $0 })
        let position = ArchiveFormat.aligned(end)
        try write(contents, at: position)
        try write(ArchiveFormat.header(contents: contents, at: position), at: 0)
        try output.commit()
    }

    /// Gives up: removes what has been written.
    public func discard() { output.discard() }

    /// Adds a column from raw memory: all its values, or the one that all are, or the table (its length and the column
    /// of positions).
    func add(
        _ name: String, typeCode: UInt8, count: Int, bytes: UnsafeRawBufferPointer, isConstant: Bool = false,
        table: (count: Int, codes: String)? = nil, digest: [UInt8]
    ) throws(OperationError) {
        let stride = strideOf(typeCode: typeCode)
        var entry = ArchiveFormat.Entry(name: name, typeCode: typeCode, count: count, offset: 0, digest: digest)
        if let table {
            entry.form = .indexed
            entry.tableCount = table.count
            guard let codes = numbers[table.codes] else { preconditionFailure("no column '\(table.codes)'") }
            entry.codes = codes
        } else if isConstant || UniformValues.areEqual(bytes, stride: stride, count: count) {
            entry.form = .constant
        } else if UniformValues.areCounting(bytes, stride: stride, count: count, from: 0) {
            entry.form = .counting
        }
        if entry.form == .direct, let other = sameValues(as: entry) {
            entry.offset = other.offset
            entries[reserve(name)] = entry
            return
        }
        try add(stored: UnsafeRawBufferPointer(rebasing: bytes[..<entry.size]), as: entry)
    }

    /// A column whose values are stored one by one and are those of an entry.
    private func sameValues(as entry: ArchiveFormat.Entry) -> ArchiveFormat.Entry? {
        for case let other? in entries
        where other.form == .direct && other.digest == entry.digest && other.count == entry.count && entry.count > 0 {
            return other
        }
        return nil
    }

    /// Adds a column from what is stored of it.
    func add(stored: UnsafeRawBufferPointer, as entry: ArchiveFormat.Entry) throws(OperationError) {
        var entry = entry
        let number = reserve(entry.name)
        entry.offset = ArchiveFormat.aligned(end)
        try output.file.write(stored, at: entry.offset)
        end = entry.offset + stored.count
        entries[number] = entry
    }

    /// A place in the table of contents for a new name.
    private func reserve(_ name: String) -> Int {
        precondition(numbers.updateValue(entries.count, forKey: name) == nil, "column '\(name)' added twice")
        precondition(name.utf8.count <= Int(UInt16.max), "a column's name is at most 65,535 bytes")
        entries.append(nil)
        return entries.count - 1
    }

    /// Writes bytes at an offset.
    private func write(_ bytes: [UInt8], at offset: Int) throws(OperationError) {
        try bytes.span.withUnsafeBytes { (buffer) throws(OperationError) in
            try output.file.write(buffer, at: offset)
        }
    }

    /// Copies a spilled column into the archive.
    private func copy(from file: PosixFile, size: Int, to offset: Int) throws(OperationError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { buffer.deallocate() }
        try file.rewind()
        var position = 0
        while position < size {
            let count = try file.read(into: buffer)
            if count == 0 { throw OperationError("cannot write '\(output.path)': a spilled column is cut short") }
            try output.file.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]), at: offset + position)
            position += count
        }
    }
}
