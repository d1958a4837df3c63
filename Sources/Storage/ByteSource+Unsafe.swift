import Domain
import Synchronization

/// A file's bytes in order, decompressed on the way: plain, `.gz` (also several members) or `.zst` (also several
/// frames), chosen by the name. Memory is a few buffers, whatever the file's size.
///
/// A missing, unreadable, truncated or corrupt file is an `InputError` that names it.
public final class ByteSource {
    /// The file as the user named it.
    public let path: String
    private let input: any ByteInput
    private let file: FileInput?

    /// Opens a file.
    ///
    /// - Throws: `InputError` when it cannot be read or its content is not what its name says.
    public init(path: String) throws(InputError) {
        self.path = path
        let file = try FileInput(path: path)
        self.file = file
        let expected = Compression.Format(path: path)
        if expected == .plain, let format = Compression.Format(magic: try file.peek()) {
            throw InputError(
                at: SourceLocation(file: path), found: "\(format.word) data", expected: "plain text",
                suggestion: path + format.suffix)
        }
        switch expected {
        case .plain: input = file
        case .gzip: input = Self.ahead(GzipDecoder(source: file), of: file)
        case .zstandard: input = Self.ahead(ZstandardDecoder(source: file), of: file)
        }
    }

    /// From this size on a compressed file is decompressed on a thread of its own.
    private static let aheadSize = 1 << 20

    /// A decoder of a file, which reads ahead where that pays.
    private static func ahead(_ decoder: any ByteInput, of file: FileInput) -> any ByteInput {
        file.size >= aheadSize ? ReadAhead(decoder) : decoder
    }

    /// Bytes in memory under a name, for tests and small texts.
    public init(name: String, bytes: [UInt8]) {
        path = name
        file = nil
        input = MemoryInput(bytes: bytes)
    }

    /// How much of the stored bytes has been read, in 0 ... 1; 1 for bytes in memory.
    var fractionRead: Double { file?.fractionRead ?? 1 }

    /// Fills a buffer from its start; fewer bytes than its size come back now and then, 0 only at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        try input.read(into: buffer)
    }

    /// All bytes, or the first of them: reading ends with the buffer that completes as many as are wanted.
    ///
    /// - Throws: `InputError` when the file is truncated or corrupt.
    public func readAll(upTo wanted: Int = .max) throws(InputError) -> [UInt8] {
        var bytes: [UInt8] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 64)
        defer { buffer.deallocate() }
        while bytes.count < wanted {
            let count = try read(into: buffer)
            if count == 0 { break }
            bytes.append(contentsOf: buffer[..<count])
        }
        return bytes
    }
}

/// Something bytes come from.
protocol ByteInput: AnyObject {
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int
}

/// A file as stored.
final class FileInput: ByteInput {
    let path: String
    private let file: PosixFile
    private var peeked: [UInt8] = []
    let size: Int
    /// Counted by the thread that reads, asked for by another.
    private let bytesRead = Atomic<Int>(0)

    /// How much of the file has been read, in 0 ... 1.
    var fractionRead: Double { size > 0 ? min(1, Double(bytesRead.load(ordering: .relaxed)) / Double(size)) : 1 }

    init(path: String) throws(InputError) {
        self.path = path
        guard let facts = FileSystem.facts(path) else {
            throw InputError(at: SourceLocation(file: path), found: "no such file", expected: "a file to read")
        }
        guard !facts.isFolder else {
            throw InputError(at: SourceLocation(file: path), found: "a folder", expected: "a file to read")
        }
        size = facts.size
        do {
            file = try PosixFile(reading: path)
        } catch {
            throw FileInput.unreadable(path, error)
        }
    }

    /// The first four bytes (fewer in a shorter file), which the next read returns again.
    func peek() throws(InputError) -> [UInt8] {
        while peeked.count < 4 {
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4 - peeked.count, alignment: 1)
            defer { buffer.deallocate() }
            let count = try readStored(into: buffer)
            if count == 0 { break }
            peeked.append(contentsOf: buffer[..<count])
        }
        return peeked
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        if peeked.isEmpty { return try readStored(into: buffer) }
        let count = min(peeked.count, buffer.count)
        buffer.copyBytes(from: peeked[..<count])
        peeked.removeFirst(count)
        return count
    }

    private func readStored(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        do {
            let count = try file.read(into: buffer)
            bytesRead.add(count, ordering: .relaxed)
            return count
        } catch {
            throw FileInput.unreadable(path, error)
        }
    }

    private static func unreadable(_ path: String, _ error: OperationError) -> InputError {
        InputError(
            at: SourceLocation(file: path), found: "a file that cannot be read (\(error))",
            expected: "a readable file")
    }
}

/// Bytes in memory.
final class MemoryInput: ByteInput {
    private let bytes: [UInt8]
    private var position = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        let count = min(buffer.count, bytes.count - position)
        buffer.copyBytes(from: bytes[position..<(position + count)])
        position += count
        return count
    }
}
