import Domain
import Foundation
import Storage

/// What a run's manifest says of the machine.
enum Machine {
    /// Its name; blank where the system does not tell.
    static var host: String { firstLine(of: "/proc/sys/kernel/hostname") }

    /// Cores in use at most.
    static var coreCount: Int { ProcessInfo.processInfo.activeProcessorCount }

    /// Operating system and version.
    static var system: String { ProcessInfo.processInfo.operatingSystemVersionString }

    /// The processor's name; blank where the system does not tell.
    static var processor: String {
        let lines = text(of: "/proc/cpuinfo").split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix("model name") }) else { return "" }
        return line.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? ""
    }

    /// A path from the root of the file system.
    static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }

    private static func firstLine(of path: String) -> String {
        text(of: path).split(separator: "\n").first.map(String.init) ?? ""
    }

    /// A file of the system, blank where it cannot be read: nothing of a result depends on it.
    private static func text(of path: String) -> String {
        (try? FileSystem.read(path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

/// Text files that a person wrote.
enum FileText {
    /// The text of a file.
    ///
    /// - Throws: ``InputError`` where it is missing, a folder, or no UTF-8.
    static func read(_ path: String) throws(InputError) -> String {
        let bytes = try ByteSource(path: path).readAll()
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw InputError(
                at: SourceLocation(file: path), found: "bytes that are no UTF-8 text", expected: "a text file")
        }
        return text
    }
}
