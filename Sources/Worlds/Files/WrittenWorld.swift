import Domain
import History
import Replay
import Storage

/// A world, or some parts of one, as a folder holds it.
struct WrittenWorld: Sendable {
    /// What is no table.
    let facts: WorldFacts
    /// The tables that are there, in the catalogue's order.
    let parts: [any WorldPart]

    /// Reads a folder.
    ///
    /// - Throws: ``InputError`` for a table that is none of a world's, for a folder without any, and at the place of what is
    ///   wrong in one.
    init(reading folder: String, names: WorldNames, at location: SourceLocation?) throws(InputError) {
        try Self.checkNames(in: folder, at: location)
        let stated = try WorldFacts(in: folder, dataset: names.dataset)
        var parts: [any WorldPart] = []
        for part in WorldPartCatalogue.parts {
            guard var reader = try WorldTableReader(part.table, in: folder, names: names) else { continue }
            parts.append(try part.init(reading: &reader))
        }
        guard stated != nil || !parts.isEmpty else {
            throw InputError(
                at: location, found: "no table of a world in '\(folder)'",
                expected: "a folder with one of "
                    + ([WorldFacts.file] + WorldPartCatalogue.files).joined(separator: ", "))
        }
        facts = stated ?? WorldFacts()
        self.parts = parts
    }

    /// A world of parts.
    private init(facts: WorldFacts, parts: [any WorldPart]) {
        self.facts = facts
        self.parts = parts
    }

    /// Its noise alone.
    var noise: WrittenWorld { WrittenWorld(facts: facts.noise, parts: parts.filter { $0 is NoisePart }) }

    /// A misspelt table would be a part of the world left out in silence.
    private static func checkNames(in folder: String, at location: SourceLocation?) throws(InputError) {
        let names: [String]
        do {
            names = try FileSystem.names(in: folder)
        } catch {
            throw InputError(at: location, found: error.description, expected: "a folder with a world")
        }
        for name in names {
            guard let table = table(of: name), !WorldPartCatalogue.files.contains(table) else { continue }
            throw InputError(
                at: SourceLocation(file: folder + "/" + name), unknown: "table", word: table,
                among: WorldPartCatalogue.files)
        }
    }

    /// The name of a table without the suffix of its compression; nil for a file that is none.
    private static func table(of name: String) -> String? {
        let suffix = Compression.Format.allCases.map { ".csv" + $0.suffix }.first(where: name.hasSuffix)
        return suffix.map { name.dropLast($0.count) + ".csv" }
    }

    /// The first file in a folder that is a table or says what is none; nil where there is none.
    static func firstTable(in folder: String) -> String? {
        ((try? FileSystem.names(in: folder)) ?? []).first { $0 == WorldFacts.file || table(of: $0) != nil }
    }

    /// The tables that are there.
    var tables: [WorldTable] { parts.map { type(of: $0).table } }

    /// Whether a world is the same with and without it.
    var isNeutral: Bool { facts.isNeutral && parts.allSatisfy(\.isNeutral) }

    /// Lays the tables that weather acts on, or all others and what is no table.
    func apply(
        sources: Bool, to world: inout World, dataset: Dataset, settings: ReplaySettings
    ) throws(InputError) {
        for part in parts where type(of: part).table.isSource == sources {
            try part.apply(to: &world, dataset: dataset, settings: settings)
        }
        if !sources { facts.apply(to: &world) }
    }

    /// Adds all it says to a hash: the same for two that make the same worlds, however they were written.
    func add(to hash: SHA256, dataset: Dataset) {
        hash.update(facts.text)
        for part in parts {
            hash.update(type(of: part).table.name)
            part.rows(in: dataset) { cells in
                for cell in cells {
                    switch cell {
                    case .text(let text): hash.update(text)
                    case .number(let number): hash.update(number.bitPattern)
                    case .integer(let number): hash.update(UInt64(bitPattern: Int64(number)))
                    case .blank: hash.update(UInt64.max)
                    }
                }
            }
        }
    }
}
