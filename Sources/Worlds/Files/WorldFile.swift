import Domain
import History
import Replay
import Storage

/// Worlds from files: those of another run, written by ``WorldExport``, or parts that another tool made.
///
/// A folder is one world, the same in every replication, or has a folder for each world, named by numbers; the first of them
/// is replication 0. What the files hold takes the place of what would be there without them; what a complete world does not
/// hold is neutral. The weather is laid where a source of weather would act, so that storms, forecasts and effects act on it,
/// all else when every other perturbation has acted. See ``WorldPartCatalogue`` for the tables.
struct WorldFile: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        name: name, summary: summary,
        parameters: [
            ParameterDeclaration("folder", .path, summary: "the folder of a world, or one with a folder for each world")
        ]
    ) { (parameters, dataset) throws(InputError) -> any Perturbation in
        try WorldFile(
            reading: try parameters.text("folder"), dataset: dataset, at: parameters.location(of: "folder"))
    }
    private static let name = "file"
    private static let summary = "Worlds from files, whole or in part"

    /// The worlds, by replication where there are several.
    let worlds: [WrittenWorld]
    /// Whether each replication has a world of its own.
    let hasFolders: Bool
    /// What its ids are of.
    private let dataset: Dataset
    /// Where the folder is named.
    let location: SourceLocation?
    /// SHA-256 of all content, whatever the order of rows.
    let contentHash: String

    /// Reads a folder.
    ///
    /// - Throws: ``InputError`` for a folder that holds no world, one that mixes both forms or complete worlds with others, and
    ///   at the place of what is wrong in a file.
    init(reading folder: String, dataset: Dataset, at location: SourceLocation?) throws(InputError) {
        let names = WorldNames(dataset)
        let folders = Self.numberedFolders(in: folder)
        var worlds: [WrittenWorld] = []
        for inner in folders.isEmpty ? [folder] : folders {
            worlds.append(try WrittenWorld(reading: inner, names: names, at: location))
        }
        if !folders.isEmpty, let table = WrittenWorld.firstTable(in: folder) {
            throw InputError(
                at: SourceLocation(file: folder + "/" + table), found: "\(table) beside folders of worlds",
                expected: "one world, or a folder for each")
        }
        for (world, inner) in zip(worlds, folders) where world.facts.isComplete != worlds[0].facts.isComplete {
            throw InputError(
                at: SourceLocation(file: inner), found: "complete worlds beside others",
                expected: "all complete, or none")
        }
        self.init(worlds, hasFolders: !folders.isEmpty, dataset: dataset, at: location)
    }

    private init(_ worlds: [WrittenWorld], hasFolders: Bool, dataset: Dataset, at location: SourceLocation?) {
        self.worlds = worlds
        self.hasFolders = hasFolders
        self.dataset = dataset
        self.location = location
        let hash = SHA256()
        for world in worlds { world.add(to: hash, dataset: dataset) }
        contentHash = hash.finish()
    }

    /// The folders in a folder whose names are numbers, by number.
    private static func numberedFolders(in folder: String) -> [String] {
        let names = (try? FileSystem.names(in: folder)) ?? []
        let numbered = names.compactMap { name in
            name.allSatisfy { $0.isASCII && $0.isNumber } ? Int(name).map { (number: $0, name: name) } : nil
        }
        return numbered.sorted { ($0.number, $0.name) < ($1.number, $1.name) }.map { "\(folder)/\($0.name)" }
            .filter { FileSystem.facts($0)?.isFolder == true }
    }

    /// The tables that one of the worlds at least holds.
    private var tables: [WorldTable] {
        WorldPartCatalogue.parts.map { $0.table }.filter { table in
            worlds.contains { $0.tables.contains { $0.name == table.name } }
        }
    }

    /// Whether what no file holds is neutral.
    private var isComplete: Bool { worlds[0].facts.isComplete }

    /// Whether what weather does happens because of it.
    var bringsWeather: Bool { !isComplete && tables.contains(where: \.isSource) }

    var declaration: PerturbationDeclaration {
        let groups = Set(tables.map(\.group))
        let only = groups.count == 1 && !isComplete ? groups.first : nil
        return PerturbationDeclaration(name: Self.name, summary: Self.summary, group: only ?? .file)
    }

    var replacedGroups: [PerturbationGroup] {
        isComplete ? PerturbationGroup.allCases : tables.filter(\.replacesRecorded).map(\.group)
    }

    var noise: (any Perturbation)? {
        let noises = worlds.map(\.noise)
        if noises.allSatisfy(\.isNeutral) { return nil }
        return WorldFile(noises, hasFolders: hasFolders, dataset: dataset, at: location)
    }

    var replicationCount: Int? { hasFolders ? worlds.count : nil }

    func key(in dataset: Dataset) -> String? {
        if worlds.allSatisfy(\.isNeutral) { return nil }
        return key([ParameterField("content", ParameterValue(.text(contentHash)))])
    }

    func contradiction(with other: any Perturbation) -> String? {
        // That the record does not happen is what the file says too.
        if let recorded = other as? RecordedWeather, !recorded.isEnabled { return nil }
        if let recorded = other as? RecordedTraffic, !recorded.isEnabled { return nil }
        let name = other.declaration.name
        if name == Self.name { return nil }
        if isComplete { return "a world from files that is complete" }
        if let table = tables.first(where: { $0.replaces.contains(name) }) { return "a file \(table.file)" }
        return worlds.contains { $0.facts.replaces.contains(name) } ? "what \(WorldFacts.file) says of it" : nil
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) throws(InputError) {
        try written(world.replication).apply(sources: true, to: &world, dataset: dataset, settings: settings)
    }

    func finish(_ world: inout World, dataset: Dataset, settings: ReplaySettings) throws(InputError) {
        try written(world.replication).apply(sources: false, to: &world, dataset: dataset, settings: settings)
    }

    /// The world of a replication.
    private func written(_ replication: Int) throws(InputError) -> WrittenWorld {
        guard hasFolders else { return worlds[0] }
        guard worlds.indices.contains(replication) else {
            throw InputError(
                at: location, found: "no world for replication \(replication)",
                expected: "0 to \(worlds.count - 1), as the folder holds \(worlds.count) worlds")
        }
        return worlds[replication]
    }
}
