import Domain
import Glibc

/// Streams columns into an archive that appears at its path whole or not at all.
///
/// Columns are written one after the other (``add(_:_:)``), or many at a time through ``open(_:of:capacity:)``.
/// Memory is one buffer a column. Two processes that write the same archive at once both succeed.
public final class ColumnArchiveWriter {
    private let output: AtomicFile
    private var entries: [ArchiveFormat.Entry?] = []
    private var names: Set<String> = []
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
        try values.span.withUnsafeBytes { (bytes) throws(OperationError) in
            try addRaw(name, typeCode: Element.columnTypeCode, count: values.count, bytes: bytes, size: bytes.count)
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
        let slot = reserve(name)
        let sink: ColumnSink<Element>
        if let capacity {
            let offset = ArchiveFormat.aligned(end)
            end = offset + capacity * MemoryLayout<Element>.stride
            sink = ColumnSink(name: name, slot: slot, file: output.file, offset: offset, capacity: capacity)
        } else {
            let spill = try AtomicFile.temporary(beside: output.path)
            // Without a name it is gone with its last descriptor, whatever happens to this process.
            Glibc.unlink(spill.path)
            sink = ColumnSink(name: name, slot: slot, file: spill, offset: 0, capacity: nil)
        }
        openColumns.append(sink)
        return sink
    }

    /// Writes what is buffered, the table of contents and the header, syncs, and puts the archive at its path.
    ///
    /// - Throws: `OperationError` when the disk is full or fails; nothing is left then.
    public func finish() throws(OperationError) {
        for column in openColumns {
            try column.flush()
            var entry = ArchiveFormat.Entry(
                name: column.name, typeCode: column.typeCode, offset: column.offset, count: column.count)
            if column.capacity == nil {
                entry.offset = ArchiveFormat.aligned(end)
                try copy(from: column.file, size: entry.size, to: entry.offset)
                end = entry.offset + entry.size
            }
            entries[column.slot] = entry
        }
        openColumns = []
        let contents = ArchiveFormat.encode(entries.compactMap { $0 })
        let position = ArchiveFormat.aligned(end)
        try write(contents, at: position)
        try write(ArchiveFormat.header(contents: contents, at: position), at: 0)
        try output.commit()
    }

    /// Adds a column from raw memory.
    func addRaw(
        _ name: String, typeCode: UInt8, count: Int, bytes: UnsafeRawBufferPointer, size: Int
    ) throws(OperationError) {
        let slot = reserve(name)
        let offset = ArchiveFormat.aligned(end)
        try output.file.write(UnsafeRawBufferPointer(rebasing: bytes[..<size]), at: offset)
        end = offset + size
        entries[slot] = ArchiveFormat.Entry(name: name, typeCode: typeCode, offset: offset, count: count)
    }

    /// A place in the table of contents for a new name.
    private func reserve(_ name: String) -> Int {
        precondition(names.insert(name).inserted, "column '\(name)' added twice")
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

/// A column being appended to, whatever its type.
protocol OpenColumn {
    var name: String { get }
    var slot: Int { get }
    var typeCode: UInt8 { get }
    var file: PosixFile { get }
    var offset: Int { get }
    var count: Int { get }
    var capacity: Int? { get }
    func flush() throws(OperationError)
}

/// Appends values to one column of an archive being written; for one thread.
public final class ColumnSink<Element: ColumnElement>: OpenColumn {
    let name: String
    let slot: Int
    let file: PosixFile
    let offset: Int
    let capacity: Int?
    private var written = 0
    @usableFromInline let buffer: UnsafeMutableBufferPointer<Element>
    /// Values in the buffer. Behind a pointer: every use of a class's variable is checked for overlapping access.
    @usableFromInline let filled: UnsafeMutablePointer<Int>

    init(name: String, slot: Int, file: PosixFile, offset: Int, capacity: Int?) {
        self.name = name
        self.slot = slot
        self.file = file
        self.offset = offset
        self.capacity = capacity
        // 256 KiB a column: large enough for the disk, small enough for dozens of columns at once.
        buffer = .allocate(capacity: (1 << 18) / MemoryLayout<Element>.stride)
        filled = .allocate(capacity: 1)
        filled.initialize(to: 0)
    }

    deinit {
        buffer.deallocate()
        filled.deallocate()
    }

    var typeCode: UInt8 { Element.columnTypeCode }

    /// Number of values so far.
    public var count: Int { written + filled.pointee }

    /// Appends a value.
    ///
    /// - Throws: `OperationError` when the disk is full or fails.
    @inlinable
    public func append(_ value: Element) throws(OperationError) {
        if filled.pointee == buffer.count { try flush() }
        buffer[filled.pointee] = value
        filled.pointee += 1
    }

    /// Appends values.
    ///
    /// - Throws: `OperationError` when the disk is full or fails.
    public func append(contentsOf values: Span<Element>) throws(OperationError) {
        for index in values.indices { try append(values[index]) }
    }

    /// Writes the buffered values.
    @usableFromInline
    func flush() throws(OperationError) {
        if let capacity { precondition(count <= capacity, "column '\(name)' exceeds its capacity") }
        let stride = MemoryLayout<Element>.stride
        let bytes = UnsafeRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[..<filled.pointee]))
        try file.write(bytes, at: offset + written * stride)
        written += filled.pointee
        filled.pointee = 0
    }
}
