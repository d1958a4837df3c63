import Domain
import Glibc

/// Where the values of an open column go.
enum ColumnTarget {
    /// Into the archive, in room for at most so many values.
    case inPlace(PosixFile, capacity: Int)
    /// Into a file of their own first.
    case spilled(PosixFile)
    /// Nowhere: a table and a column of positions stand for them.
    case indexed(offset: Int, tableCount: Int, codes: Int)
    /// Nowhere: another column has the same.
    case same(number: Int)
}

/// A column being appended to, whatever its type.
protocol OpenColumn: AnyObject {
    var name: String { get }
    var number: Int { get }
    var target: ColumnTarget { get }
    /// The bytes of the first value; none where there is no value.
    var firstValue: [UInt8] { get }
    func finish() throws(OperationError) -> ArchiveFormat.Entry
}

/// Appends values to one column of an archive being written; for one thread, while its writer lives.
public final class ColumnSink<Element: ColumnElement>: OpenColumn {
    let name: String
    let number: Int
    let target: ColumnTarget
    private(set) var firstValue: [UInt8] = []
    private let reserve: (_ size: Int) -> Int
    private let hash = SHA256()
    /// Where the values lie, once any are stored.
    private var offset: Int?
    private var flushed = 0
    private var mayBeConstant = true
    private var mayBeCounting = true
    @usableFromInline let buffer: UnsafeMutableBufferPointer<Element>
    /// Values in the buffer. Behind a pointer: every use of a class's variable is checked for overlapping access.
    @usableFromInline let filled: UnsafeMutablePointer<Int>

    init(name: String, number: Int, target: ColumnTarget, reserve: @escaping (_ size: Int) -> Int) {
        self.name = name
        self.number = number
        self.target = target
        self.reserve = reserve
        // 256 KiB a column: large enough for the disk, small enough for dozens of columns at once.
        buffer = .allocate(capacity: (1 << 18) / MemoryLayout<Element>.stride)
        filled = .allocate(capacity: 1)
        filled.initialize(to: 0)
    }

    deinit {
        buffer.deallocate()
        filled.deallocate()
    }

    /// Number of values so far.
    public var count: Int { flushed + filled.pointee }

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

    /// Takes the buffered values into the hash and writes them, once there is something to write.
    @usableFromInline
    func flush() throws(OperationError) {
        let stride = MemoryLayout<Element>.stride
        let bytes = UnsafeRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[..<filled.pointee]))
        guard bytes.count > 0 else { return }
        hash.update(raw: bytes)
        if flushed == 0 { firstValue = Array(bytes[..<stride]) }
        let wasConstant = mayBeConstant
        let wasCounting = mayBeCounting
        mayBeConstant =
            wasConstant && UniformValues.areEqual(bytes, stride: stride, count: filled.pointee)
            && bytes[..<stride].elementsEqual(firstValue)
        mayBeCounting =
            wasCounting && UniformValues.areCounting(bytes, stride: stride, count: filled.pointee, from: flushed)
        switch target {
        case .indexed, .same:
            break
        case .inPlace(let file, let capacity):
            precondition(count <= capacity, "column '\(name)' exceeds its capacity")
            try store(bytes, in: file, capacity: capacity, wasConstant: wasConstant)
        case .spilled(let file):
            try store(bytes, in: file, capacity: nil, wasConstant: wasConstant)
        }
        flushed += filled.pointee
        filled.pointee = 0
    }

    /// Writes bytes behind what is stored; what was held back because it was all the same is written first.
    private func store(
        _ bytes: UnsafeRawBufferPointer, in file: PosixFile, capacity: Int?, wasConstant: Bool
    ) throws(OperationError) {
        if mayBeConstant || mayBeCounting { return }
        let stride = MemoryLayout<Element>.stride
        let start = offset ?? capacity.map { reserve($0 * stride) } ?? 0
        if offset == nil, flushed > 0 { try storeHeldBack(in: file, at: start, areConstant: wasConstant) }
        offset = start
        try file.write(bytes, at: start + flushed * stride)
    }

    /// Writes the values before the buffer: all the same, or 0, 1, 2 ...
    private func storeHeldBack(in file: PosixFile, at start: Int, areConstant: Bool) throws(OperationError) {
        let stride = MemoryLayout<Element>.stride
        let stretch = buffer.count
        let values = UnsafeMutableRawBufferPointer.allocate(byteCount: stretch * stride, alignment: 64)
        defer { values.deallocate() }
        var next = 0
        while next < flushed {
            let length = min(stretch, flushed - next)
            for index in 0..<length {
                if areConstant {
                    values.baseAddress?.advanced(by: index * stride).copyMemory(from: firstValue, byteCount: stride)
                } else {
                    withUnsafeBytes(of: Int64(next + index)) {
                        UnsafeMutableRawBufferPointer(rebasing: values[(index * stride)..<((index + 1) * stride)])
                            .copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<stride]))
                    }
                }
            }
            try file.write(
                UnsafeRawBufferPointer(rebasing: values[..<(length * stride)]), at: start + next * stride)
            next += length
        }
    }

    /// Writes the rest; what the table of contents says of the column, but for the place of a constant.
    func finish() throws(OperationError) -> ArchiveFormat.Entry {
        try flush()
        var entry = ArchiveFormat.Entry(
            name: name, typeCode: Element.columnTypeCode, count: flushed, offset: offset ?? 0,
            digest: hash.finishBytes())
        if case .indexed(let place, let tableCount, let codes) = target {
            entry.form = .indexed
            entry.offset = place
            entry.tableCount = tableCount
            entry.codes = codes
        } else if flushed > 0, mayBeConstant {
            entry.form = .constant
        } else if flushed > 0, mayBeCounting {
            entry.form = .counting
        }
        return entry
    }
}

/// Whether values need not be stored one by one.
enum UniformValues {
    /// Whether all values are the same, bit by bit, and there is one.
    static func areEqual(_ bytes: UnsafeRawBufferPointer, stride: Int, count: Int) -> Bool {
        guard count > 0, let base = bytes.baseAddress else { return false }
        // Each value against the next, in one comparison.
        return memcmp(base, base + stride, (count - 1) * stride) == 0
    }

    /// Whether integers are `first`, `first + 1` ...; those of floating point whose bits are.
    static func areCounting(_ bytes: UnsafeRawBufferPointer, stride: Int, count: Int, from first: Int) -> Bool {
        guard count > 0, stride >= 4 else { return false }
        for index in 0..<count {
            let value =
                stride == 4
                ? Int64(bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
                : bytes.loadUnaligned(fromByteOffset: index * 8, as: Int64.self)
            if value != Int64(first + index) { return false }
        }
        return true
    }
}
