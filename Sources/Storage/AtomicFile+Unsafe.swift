import Domain
import Glibc
import Synchronization

/// A file that appears at its path whole or not at all: written beside it, synced, renamed.
///
/// Two processes that write the same path at once both succeed; the later rename stays.
public final class AtomicFile {
    /// Where the file will be.
    public let path: String
    let file: PosixFile
    private var isOpen = true
    private static let counter = Atomic<Int>(0)

    /// A new temporary file in the folder of `path`.
    ///
    /// - Throws: `OperationError` when the folder cannot be written.
    public init(path: String) throws(OperationError) {
        self.path = path
        file = try AtomicFile.temporary(beside: path)
    }

    deinit {
        discard()
    }

    /// A new file under a name of its own in the folder of `path`.
    static func temporary(beside path: String) throws(OperationError) -> PosixFile {
        let folder = FileSystem.parent(of: path)
        while true {
            let number = counter.add(1, ordering: .relaxed).newValue
            let name = "\(folder)/.\(FileSystem.lastName(of: path)).\(Glibc.getpid())-\(number).partial"
            do {
                return try PosixFile(path: name, named: path, flags: O_RDWR | O_CREAT | O_EXCL, doing: "write")
            } catch {
                // Another machine with the same process number on a shared disk: take the next name.
                if errno == EEXIST { continue }
                throw error
            }
        }
    }

    /// Appends raw bytes.
    func write(raw bytes: UnsafeRawBufferPointer) throws(OperationError) {
        try file.write(bytes)
    }

    /// Appends bytes.
    ///
    /// - Throws: `OperationError` with path and reason, such as a full disk.
    public func write(_ bytes: [UInt8]) throws(OperationError) {
        try bytes.span.withUnsafeBytes { (buffer) throws(OperationError) in try write(raw: buffer) }
    }

    /// Syncs the file and puts it at its path.
    ///
    /// - Throws: `OperationError` with path and reason; the temporary file is gone then.
    public func commit() throws(OperationError) {
        precondition(isOpen, "a file is committed once")
        try file.synchronize()
        try FileSystem.rename(file.path, to: path)
        isOpen = false
    }

    /// Removes the temporary file; without effect after ``commit()``.
    public func discard() {
        if isOpen { Glibc.unlink(file.path) }
        isOpen = false
    }

    /// Writes a whole file.
    ///
    /// - Throws: `OperationError` with path and reason; what was at the path is then untouched.
    public static func write(_ bytes: [UInt8], to path: String) throws(OperationError) {
        let output = try AtomicFile(path: path)
        try output.write(bytes)
        try output.commit()
    }

    /// Writes a whole file as UTF-8.
    ///
    /// - Throws: `OperationError` with path and reason; what was at the path is then untouched.
    public static func write(_ text: String, to path: String) throws(OperationError) {
        try write(Array(text.utf8), to: path)
    }
}
