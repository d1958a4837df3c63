import Domain
import Glibc

/// Appends records to a file so that each is on the disk, whole, when ``append(_:)`` returns.
///
/// A record that cannot be written in full (a full disk) is taken back, so that a journal holds whole records, except
/// for the last one after a power cut: readers ignore a last line without its line feed.
public final class JournalWriter {
    private let file: PosixFile

    /// A journal at a path, made if missing, else continued.
    ///
    /// - Throws: `OperationError` with path and reason.
    public init(path: String) throws(OperationError) {
        file = try PosixFile(path: path, flags: O_WRONLY | O_CREAT | O_APPEND, doing: "write")
        try FileSystem.synchronizeFolder(FileSystem.parent(of: path))
    }

    /// Appends bytes and waits until they are on the disk.
    ///
    /// - Throws: `OperationError` with path and reason; the journal is then as it was.
    public func append(_ bytes: [UInt8]) throws(OperationError) {
        let before = try file.size()
        do {
            try bytes.span.withUnsafeBytes { (buffer) throws(OperationError) in try file.write(buffer) }
            try file.synchronize()
        } catch {
            // The first failure is the one to report; a torn record that cannot be cut off is ignored by readers.
            try? file.truncate(to: before)
            throw error
        }
    }

    /// Appends a line with its line feed.
    ///
    /// - Throws: `OperationError` with path and reason; the journal is then as it was.
    public func append(line: String) throws(OperationError) {
        try append(Array(line.utf8) + [10])
    }
}
