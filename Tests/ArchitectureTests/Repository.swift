import Foundation

/// The package's own files, as text.
enum Repository {
    /// A text file of the package.
    struct File: Sendable, CustomStringConvertible {
        /// Path from the package's root.
        var path: String
        /// Lines without their line feeds.
        var lines: [String]

        var description: String { path }
        /// The name without its folder.
        var name: String { path.split(separator: "/").last.map(String.init) ?? path }
        /// The module of a source file: the second part of its path.
        var module: String {
            let parts = path.split(separator: "/")
            return parts.count > 1 ? String(parts[1]) : ""
        }
        /// Lines with line comments and the insides of one-line string literals taken out.
        var code: [String]

        init(path: String, lines: [String]) {
            self.path = path
            self.lines = lines
            code = path.hasSuffix(".swift") ? lines.map(Repository.withoutCommentsAndText) : lines
        }
    }

    /// The package's root.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// All files under a folder of the package whose name ends in one of the endings, sorted by path.
    static func files(under folder: String, endings: [String]) throws -> [File] {
        let base = root.appendingPathComponent(folder)
        guard let walk = FileManager.default.enumerator(atPath: base.path) else { return [] }
        var files: [File] = []
        for case let name as String in walk where endings.contains(where: name.hasSuffix) {
            guard walk.fileAttributes?[.type] as? FileAttributeType == .typeRegular else { continue }
            files.append(try file(folder + "/" + name))
        }
        return files.sorted { $0.path < $1.path }
    }

    /// One file of the package.
    static func file(_ path: String) throws -> File {
        let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
        return File(path: path, lines: text.components(separatedBy: "\n"))
    }

    /// All Swift sources, read once.
    static func sources() throws -> [File] { try readSources.get() }

    /// All Swift tests, read once.
    static func tests() throws -> [File] { try readTests.get() }

    private static let readSources = Result { try files(under: "Sources", endings: [".swift"]) }
    private static let readTests = Result { try files(under: "Tests", endings: [".swift"]) }

    /// A line without its line comment and without what stands between double quotes.
    static func withoutCommentsAndText(_ line: String) -> String {
        var result: [UInt8] = []
        var isText = false
        var last: UInt8 = 0x20
        for byte in line.utf8 {
            if byte == 0x22, last != 0x5C { isText.toggle() }
            if !isText, byte == 0x2F, last == 0x2F {
                result.removeLast()
                break
            }
            if !isText { result.append(byte) }
            last = last == 0x5C && byte == 0x5C ? 0x20 : byte
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Places where a pattern is found in code, as `path:line: text`.
    static func places(
        of pattern: Regex<Substring>, in files: [File], where isMeant: (File) -> Bool = { _ in true }
    ) -> [String] {
        files.filter(isMeant).flatMap { file in
            zip(file.code, file.lines).enumerated().compactMap { index, line in
                line.0.contains(pattern) ? "\(file.path):\(index + 1): \(line.1)" : nil
            }
        }
    }
}
