import Domain
import Foundation
import History
import Storage
import TestKit
import Testing

/// The minimal dataset of the article on the format, block by block: file name to text.
func exampleFiles() throws -> [String: String] {
    let path = #filePath.replacing("Tests/HistoryTests/ExampleDataset.swift", with: "")
    let bytes = try FileSystem.read(path + "Sources/History/History.docc/DatasetFormat.md")
    let article = try #require(String(validating: bytes, as: UTF8.self))
    let start = try #require(article.range(of: "## A minimal dataset"))
    var files: [String: String] = [:]
    var name: String?
    var block: [Substring]?
    for line in article[start.upperBound...].split(separator: "\n", omittingEmptySubsequences: false) {
        if let lines = block {
            if line == "```" {
                files[try #require(name)] = lines.joined(separator: "\n") + "\n"
                block = nil
            } else {
                block = lines + [line]
            }
        } else if line.hasPrefix("```") {
            block = []
        } else if line.hasPrefix("`"), line.hasSuffix("`") {
            name = String(line.dropFirst().dropLast())
        }
    }
    return files
}

/// Writes the example's files into a folder, some of them changed, added or left out.
func writeExample(
    to folder: String, changing changes: [String: String] = [:], without missing: String? = nil
) throws {
    let files = try exampleFiles().merging(changes) { $1 }
    try FileSystem.createFolder(folder)
    for (name, text) in files.sorted(by: { $0.key < $1.key }) where name != missing {
        // Without waiting for the disk, as AtomicFile would.
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
    }
}

/// Opens the example with changed files, without a cache.
func openExample(changing changes: [String: String] = [:], strict: Bool = false) throws -> OpenedDataset {
    try withTemporaryFolder { folder in
        try writeExample(to: folder, changing: changes)
        return try DatasetReader.open(folder, strict: strict, cache: .never)
    }
}

/// What is said of the example with changed files, the folder's path left out.
func messageOfExample(
    changing changes: [String: String] = [:], without missing: String? = nil, strict: Bool = false
) throws -> String? {
    try withTemporaryFolder { folder in
        try writeExample(to: folder, changing: changes, without: missing)
        return try inputError { _ = try DatasetReader.open(folder, strict: strict, cache: .never) }?
            .replacing(folder + "/", with: "").replacing(folder, with: "FOLDER")
    }
}
