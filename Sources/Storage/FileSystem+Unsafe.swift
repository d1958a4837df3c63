import Domain
import Glibc

/// Folders and facts about files.
public enum FileSystem {
    /// What identifies a stored version of a file, without reading it.
    public struct Facts: Sendable, Hashable {
        /// Bytes.
        public var size: Int
        /// Last change of the content, nanoseconds since 1970.
        public var modifiedNanoseconds: Int
        /// Inode number.
        public var inode: UInt64
        /// Whether it is a folder.
        public var isFolder: Bool

        /// Facts from their parts.
        public init(size: Int, modifiedNanoseconds: Int, inode: UInt64, isFolder: Bool) {
            self.size = size
            self.modifiedNanoseconds = modifiedNanoseconds
            self.inode = inode
            self.isFolder = isFolder
        }
    }

    /// Facts about a path (links followed), or nil where there is nothing.
    public static func facts(_ path: String) -> Facts? {
        var status = stat()
        // fstatat, since in Swift the name stat is the structure's.
        guard fstatat(AT_FDCWD, path, &status, 0) == 0 else { return nil }
        return Facts(
            size: Int(status.st_size),
            modifiedNanoseconds: Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec),
            inode: UInt64(status.st_ino),
            isFolder: status.st_mode & S_IFMT == S_IFDIR)
    }

    /// Whether there is something at a path.
    public static func exists(_ path: String) -> Bool { facts(path) != nil }

    /// Makes a folder and those above it, unless they are there.
    ///
    /// - Throws: `OperationError` with path and reason.
    public static func createFolder(_ path: String) throws(OperationError) {
        var partial = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            partial += (partial.isEmpty || partial.hasSuffix("/") ? "" : "/") + part
            if Glibc.mkdir(partial, 0o777) == 0 { continue }
            let number = errno
            // EEXIST is the usual case; a read-only or foreign parent that is there already is no reason to stop.
            if let facts = facts(partial) {
                if facts.isFolder { continue }
                throw OperationError("cannot create the folder '\(path)': '\(partial)' is a file")
            }
            throw OperationError("cannot create the folder '\(path)': \(PosixFile.reason(number))")
        }
    }

    /// Names in a folder, without `.` and `..`, sorted byte by byte.
    ///
    /// - Throws: `OperationError` with path and reason.
    public static func names(in folder: String) throws(OperationError) -> [String] {
        guard let stream = Glibc.opendir(folder) else { throw PosixFile.failure("read the folder", folder) }
        defer { Glibc.closedir(stream) }
        var names: [String] = []
        while let entry = Glibc.readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Removes a file or a folder with everything in it; nothing there is no error. Links are not followed.
    ///
    /// - Throws: `OperationError` with path and reason.
    public static func remove(_ path: String) throws(OperationError) {
        var status = stat()
        guard Glibc.lstat(path, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFDIR {
            for name in try names(in: path) { try remove(path + "/" + name) }
            if Glibc.rmdir(path) != 0 { throw PosixFile.failure("remove", path) }
        } else if Glibc.unlink(path) != 0, errno != ENOENT {
            throw PosixFile.failure("remove", path)
        }
    }

    /// Renames a file or folder within a file system and waits until the rename is on the disk.
    ///
    /// - Throws: `OperationError` with path and reason.
    public static func rename(_ source: String, to destination: String) throws(OperationError) {
        if Glibc.rename(source, destination) != 0 { throw PosixFile.failure("write", destination) }
        try synchronizeFolder(parent(of: destination))
    }

    /// The whole of a file.
    ///
    /// - Throws: `OperationError` with path and reason.
    public static func read(_ path: String) throws(OperationError) -> [UInt8] {
        let file = try PosixFile(reading: path)
        var bytes: [UInt8] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)
        defer { buffer.deallocate() }
        while true {
            let count = try file.read(into: buffer)
            if count == 0 { return bytes }
            bytes.append(contentsOf: buffer[..<count])
        }
    }

    /// The folder a path lies in; `.` for a bare name.
    public static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The last part of a path.
    public static func lastName(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return path }
        return String(path[path.index(after: slash)...])
    }

    /// Waits until a folder's entries are on the disk.
    static func synchronizeFolder(_ path: String) throws(OperationError) {
        let folder = try PosixFile(path: path, flags: O_RDONLY | O_DIRECTORY, doing: "open the folder")
        // Some network file systems refuse to sync a folder (EINVAL); the rename itself has happened.
        if Glibc.fsync(folder.descriptor) != 0, errno != EINVAL { throw PosixFile.failure("write", path) }
    }
}
