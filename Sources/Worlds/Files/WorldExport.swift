import Domain
import History
import Replay
import Storage

/// Writes worlds as folders that ``WorldFile`` reads back to the same bits, and that any tool can read.
public struct WorldExport: Sendable {
    let dataset: Dataset
    let settings: ReplaySettings
    let scenario: String
    let noiseShipments: Int

    /// A world that has been written.
    public struct Written: Sendable, Encodable {
        /// Its folder.
        public let folder: String
        /// Its index.
        public let replication: Int
        /// Its tables, in the catalogue's order.
        public let files: [File]
    }
    /// A table that has been written.
    public struct File: Sendable, Encodable {
        /// Its name.
        public let name: String
        /// Rows without the header.
        public let rows: Int
    }

    /// Worlds of a scenario; of the first `noiseShipments` shipments of every order the draws are written out, which
    /// otherwise follow from seed and replication.
    public init(scenario: String, dataset: Dataset, settings: ReplaySettings, noiseShipments: Int = 0) {
        precondition(noiseShipments >= 0, "a number of shipments")
        self.scenario = scenario
        self.dataset = dataset
        self.settings = settings
        self.noiseShipments = noiseShipments
    }

    /// Writes one world as a folder, which appears whole or not at all.
    ///
    /// - Throws: `OperationError` for a folder that holds something, or with path and reason, such as a full disk.
    @discardableResult
    public func write(_ world: World, to folder: String) throws -> Written {
        try Self.atomically(folder) { try write(world, into: $0, named: folder) }
    }

    /// Writes several worlds, each as a folder in a folder, named by its index; all appear or none.
    ///
    /// - Throws: `OperationError` for a folder that holds something, or with path and reason; what `world` throws.
    public func write(
        _ replications: Range<Int>, to folder: String, world: (Int) throws -> World
    ) throws -> [Written] {
        try Self.atomically(folder) { partial in
            try replications.map { replication in
                let sampled = try world(replication)
                return try Self.atomically("\(partial)/\(replication)") { inner in
                    try write(sampled, into: inner, named: "\(folder)/\(replication)")
                }
            }
        }
    }

    /// Calls `body` with a folder that takes the place of another, empty or not there, once it is done.
    private static func atomically<Result>(
        _ folder: String, _ body: (String) throws -> Result
    ) throws -> Result {
        if let facts = FileSystem.facts(folder) {
            guard facts.isFolder, try FileSystem.names(in: folder).isEmpty else {
                throw OperationError("cannot write a world to '\(folder)': it exists already")
            }
        }
        let partial = folder + ".partial"
        try FileSystem.createFolder(FileSystem.parent(of: folder))
        try FileSystem.remove(partial)
        try FileSystem.createFolder(partial)
        do {
            let result = try body(partial)
            try FileSystem.rename(partial, to: folder)
            return result
        } catch {
            try? FileSystem.remove(partial)
            throw error
        }
    }

    /// Writes the tables that the world is not neutral in, then what is no table.
    private func write(_ world: World, into folder: String, named name: String) throws -> Written {
        var files: [File] = []
        var tables: [WorldTable] = []
        for type in WorldPartCatalogue.parts {
            guard let part = type.init(of: world, in: self) else { continue }
            files.append(File(name: type.table.file, rows: try write(part, type.table, into: folder)))
            tables.append(type.table)
        }
        let document = WorldFacts(of: world).document(scenario: scenario, dataset: dataset, tables: tables)
        try AtomicFile.write(document, to: folder + "/" + WorldFacts.file)
        return Written(folder: name, replication: world.replication, files: files)
    }

    /// Writes a table; returns its number of rows.
    private func write(_ part: any WorldPart, _ table: WorldTable, into folder: String) throws -> Int {
        let csv = try CSVWriter(path: folder + "/" + table.file, header: table.columns)
        try part.rows(in: dataset) { cells in
            for cell in cells {
                switch cell {
                case .text(let text): csv.field(text)
                case .number(let number): csv.field(number)
                case .integer(let number): csv.field(number)
                case .blank: csv.blank()
                }
            }
            try csv.endRow()
        }
        try csv.finish()
        return csv.rowCount
    }
}
