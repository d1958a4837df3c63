import Foundation
import Synchronization
import Testing

/// Public data sets that tests read where they are at hand.
enum SharedData {
    /// The folder of an entry of the shared folder, or nil where it is absent.
    ///
    /// The shared folder is named by SANDTABLE_SHARED, or lies beside the checkout.
    static func folder(_ path: String) -> String? {
        let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let beside = checkout.deletingLastPathComponent().appending(path: "shared").path()
        let root = ProcessInfo.processInfo.environment["SANDTABLE_SHARED"] ?? beside
        let folder = root.hasSuffix("/") ? root + path : root + "/" + path
        return FileManager.default.fileExists(atPath: folder) ? folder : nil
    }

    /// A comment for a test that cannot run without the data.
    static func absent(_ path: String) -> Comment {
        "'\(path)' is not at hand: set SANDTABLE_SHARED to the folder of the shared data sets"
    }
}

/// A folder that is gone when the test is over.
final class ScratchFolder: Sendable {
    let path: String

    /// Folders to remove at the end of the process, for those that no test owns.
    private static let leftovers = Mutex<[String]>([])

    /// An empty folder; with `isShared` it lives until the process ends.
    init(isShared: Bool = false) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sandtable-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path(percentEncoded: false)
        guard isShared else { return }
        let isFirst = ScratchFolder.leftovers.withLock { paths in
            paths.append(path)
            return paths.count == 1
        }
        if isFirst { atexit { ScratchFolder.removeLeftovers() } }
    }

    private static func removeLeftovers() {
        for path in leftovers.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: path) }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a text to a file in the folder and gives its path.
    func write(_ text: String, to name: String) throws -> String {
        let file = path + "/" + name
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        return file
    }
}
