import Domain
import Storage

/// The source files of an import: found by the names a map uses, read once, their form reported.
struct SourceLibrary {
    /// Paths of files, those of folders listed.
    let paths: [String]
    private let map: TableMap
    private var loaded: [String: SourceTable] = [:]

    /// Endings that a map may leave out.
    private static let endings = ["", ".gz", ".zst", ".csv", ".csv.gz", ".csv.zst", ".tsv", ".txt"]

    /// A library over what the user named: files, and folders whose files count.
    ///
    /// - Throws: `InputError` where a path leads nowhere.
    init(sources: [String], map: TableMap) throws(InputError) {
        paths = try SourceLibrary.files(of: sources)
        self.map = map
    }

    /// The files among the sources; folders stand for the `.csv`, `.tsv` and `.txt` files directly in them.
    ///
    /// - Throws: `InputError` where a path leads nowhere or a folder cannot be read.
    static func files(of sources: [String]) throws(InputError) -> [String] {
        var files: [String] = []
        for source in sources {
            guard let facts = FileSystem.facts(source) else {
                throw InputError(found: "nothing at '\(source)'", expected: "a file or folder to import")
            }
            guard facts.isFolder else {
                files.append(source)
                continue
            }
            do {
                for name in try FileSystem.names(in: source) where isTable(name) {
                    let path = source.hasSuffix("/") ? source + name : source + "/" + name
                    if FileSystem.facts(path)?.isFolder == false { files.append(path) }
                }
            } catch {
                throw InputError(found: error.description, expected: "a readable folder")
            }
        }
        return files
    }

    /// Whether a file of a folder looks like a table by its name.
    private static func isTable(_ name: String) -> Bool {
        let plain =
            name.hasSuffix(".gz") ? name.dropLast(3) : name.hasSuffix(".zst") ? name.dropLast(4) : Substring(name)
        return !name.hasPrefix(".") && [".csv", ".tsv", ".txt"].contains { plain.lowercased().hasSuffix($0) }
    }

    /// The table of a file as the map names it.
    ///
    /// - Throws: `InputError` where no source has the name, or the file is not CSV.
    mutating func table(_ name: String, at location: SourceLocation, log: inout FindingLog) throws(InputError)
        -> SourceTable
    {
        if let table = loaded[name] { return table }
        let path = try path(of: name, at: location)
        let reading = self.reading(of: name)
        let table = try SourceTable(path: path, reading: reading.table)
        SourceLibrary.report(table, in: &log)
        loaded[name] = table
        return table
    }

    /// The reading rules of a file as the map names it.
    func reading(of name: String) -> TableMap.Reading { map.readingByFile[name] ?? map.reading }

    private func path(of name: String, at location: SourceLocation) throws(InputError) -> String {
        for ending in SourceLibrary.endings {
            let matches = paths.filter { FileSystem.lastName(of: $0) == name + ending || $0 == name + ending }
            if matches.count == 1 { return matches[0] }
            if matches.count > 1 {
                throw InputError(
                    at: location, found: "'\(name)' in several places: " + matches.joined(separator: ", "),
                    expected: "one of them")
            }
        }
        let names = paths.map { FileSystem.lastName(of: $0) }
        throw InputError(
            at: location, found: "no source file '\(name)'",
            expected: names.isEmpty ? "it among the sources" : "one of " + names.joined(separator: ", "),
            suggestion: nearestWord(to: name, among: names))
    }

    /// Reports what is odd about a file's form and was repaired in reading.
    static func report(_ table: SourceTable, in log: inout FindingLog) {
        let oddities = table.oddities
        let top = SourceLocation(file: table.file, line: 1)
        log.add(
            "carriage_returns", .repaired, "lines end in CR LF; read as LF", at: top,
            count: oddities.carriageReturnLines)
        if oddities.lacksFinalNewline, table.count > 0 {
            log.add(
                "no_final_line_feed", .repaired, "the last line has no line feed; read as complete",
                at: table.location(table.count - 1))
        }
        if oddities.dataLines > table.count {
            log.add(
                "line_breaks_in_cells", .kept,
                "records run over several lines: \(table.count) records on \(oddities.dataLines) lines", at: top,
                count: oddities.dataLines - table.count)
        }
        for (column, count) in oddities.paddedCells.enumerated() where count > 0 {
            log.add(
                "padded_cells", .repaired, "cells with blanks at their ends; the blanks are left out",
                at: SourceLocation(file: table.file, line: oddities.firstPaddedLine[column]),
                detail: "column '\(table.columns[column])', \(count) cells", count: count)
        }
    }
}
