import Domain
import Glibc

/// An open file; closed when released. Every failure names the path and the system's reason.
final class PosixFile {
    let descriptor: Int32
    let path: String
    /// The path that errors name: of a temporary file, the one it will have.
    private let named: String

    /// A file from flags and mode of `open(2)`.
    init(
        path: String, named: String? = nil, flags: Int32, mode: mode_t = 0o666, doing verb: String
    ) throws(OperationError) {
        self.path = path
        self.named = named ?? path
        var descriptor: Int32
        repeat { descriptor = Glibc.open(path, flags | O_CLOEXEC, mode) } while descriptor < 0 && errno == EINTR
        guard descriptor >= 0 else { throw PosixFile.failure(verb, named ?? path) }
        self.descriptor = descriptor
    }

    /// An existing file to read.
    convenience init(reading path: String) throws(OperationError) {
        try self.init(path: path, flags: O_RDONLY, doing: "read")
    }

    deinit {
        Glibc.close(descriptor)
    }

    /// Reads up to the buffer's size; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(OperationError) -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw PosixFile.failure("read", named) }
        }
    }

    /// Writes all bytes at the file's position.
    func write(_ bytes: UnsafeRawBufferPointer) throws(OperationError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let slice = UnsafeRawBufferPointer(rebasing: rest)
            let count = Glibc.write(descriptor, slice.baseAddress, slice.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw PosixFile.failure("write", named)
            }
            rest = rest.dropFirst(count)
        }
    }

    /// Writes all bytes at an offset, leaving the file's position.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(OperationError) {
        var rest = bytes[...]
        var offset = offset
        while !rest.isEmpty {
            let slice = UnsafeRawBufferPointer(rebasing: rest)
            let count = Glibc.pwrite(descriptor, slice.baseAddress, slice.count, off_t(offset))
            if count < 0 {
                if errno == EINTR { continue }
                throw PosixFile.failure("write", named)
            }
            rest = rest.dropFirst(count)
            offset += count
        }
    }

    /// Sets the position to the start.
    func rewind() throws(OperationError) {
        if Glibc.lseek(descriptor, 0, SEEK_SET) < 0 { throw PosixFile.failure("read", named) }
    }

    /// Waits until the bytes are on the disk.
    func synchronize() throws(OperationError) {
        if Glibc.fsync(descriptor) != 0 { throw PosixFile.failure("write", named) }
    }

    /// Current size in bytes.
    func size() throws(OperationError) -> Int {
        var facts = Glibc.stat()
        if Glibc.fstat(descriptor, &facts) != 0 { throw PosixFile.failure("read", named) }
        return Int(facts.st_size)
    }

    /// Sets the size in bytes.
    func truncate(to size: Int) throws(OperationError) {
        if Glibc.ftruncate(descriptor, off_t(size)) != 0 { throw PosixFile.failure("write", named) }
    }

    /// The error of the last system call that failed.
    static func failure(_ verb: String, _ path: String) -> OperationError {
        OperationError("cannot \(verb) '\(path)': \(reason(errno))")
    }

    /// What the system says of an error number.
    static func reason(_ number: Int32) -> String {
        guard let text = strerror(number) else { return "error \(number)" }
        return String(cString: text)
    }
}
