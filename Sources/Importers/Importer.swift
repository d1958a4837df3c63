import Domain
import History

/// A setting of an importer, as `sandtable list importers` explains it.
public struct ImporterSetting: Sendable, Hashable {
    /// Its name, lower case with underscores.
    public let name: String
    /// What it does, in one line, with its unit.
    public let summary: String
    /// The default as text.
    public let standard: String

    /// A setting from its parts.
    public init(name: String, summary: String, standard: String) {
        self.name = name
        self.summary = summary
        self.standard = standard
    }
}

/// The settings of an importer: a struct with defaults, each of which can also be set by its name.
public protocol ImporterOptions: Sendable {
    /// The defaults.
    init()

    /// Every setting with its default.
    static var settings: [ImporterSetting] { get }

    /// Sets one by its name.
    ///
    /// - Throws: `InputError` for an unknown name or a value out of range.
    mutating func set(_ name: String, to value: String) throws(InputError)
}

/// Turns somebody's raw exports into a dataset.
///
/// Extension point: one file a member, one line in ``ImporterCatalogue``; the recipe is in <doc:Importing>. An importer
/// reads everything before it writes anything, and its output is a dataset that `DatasetReader` has accepted, with
/// `quality.json` and `quality.txt` beside the tables.
public protocol Importer: Sendable {
    /// Its settings.
    associatedtype Options: ImporterOptions

    /// Its name on the command line.
    var name: String { get }

    /// What it reads, in one line.
    var summary: String { get }

    /// Imports.
    ///
    /// - Parameters:
    ///   - sources: files, or folders whose files count.
    ///   - options: settings.
    ///   - output: the dataset's folder; it appears whole or not at all.
    ///   - report: what was found in the sources is added to it.
    /// - Returns: the rows of each table written, and further texts for people.
    /// - Throws: `InputError` for what is wrong in the sources, `OperationError` where the output cannot be written.
    func run(
        sources: [String], options: Options, output: ImportOutput, report: inout FindingLog
    ) throws -> ImportSummary
}

/// Where an import writes.
public struct ImportOutput: Sendable, Hashable {
    /// The dataset's folder.
    public var folder: String
    /// Whether a dataset that is there already may be replaced.
    public var isReplacing: Bool
    /// Whether a warning about the sources is an error.
    public var isStrict: Bool

    /// An output folder.
    public init(folder: String, isReplacing: Bool = false, isStrict: Bool = false) {
        self.folder = folder
        self.isReplacing = isReplacing
        self.isStrict = isStrict
    }
}

/// What an import made.
public struct ImportSummary: Sendable, Hashable {
    /// Rows written, by table, in the order of the dataset format.
    public var tables: [Rows]
    /// Further paragraphs for people: what was fitted, assumed, left out.
    public var notes: [String]
    /// What was found in the sources and in the dataset.
    public var quality: ImportQuality

    /// Rows of a table.
    public struct Rows: Sendable, Hashable {
        /// The table.
        public let table: String
        /// Its rows.
        public let count: Int
    }

    /// A summary from its parts.
    public init(tables: [Rows], notes: [String] = [], quality: ImportQuality) {
        self.tables = tables
        self.notes = notes
        self.quality = quality
    }
}

extension Importer {
    /// Imports with settings given as texts, as on a command line.
    ///
    /// - Throws: as ``run(sources:options:output:report:)``, and `InputError` for an unknown or wrong setting.
    public func run(
        sources: [String], settings: [(name: String, value: String)], output: ImportOutput, report: inout FindingLog
    ) throws -> ImportSummary {
        var options = Options()
        for setting in settings { try options.set(setting.name, to: setting.value) }
        return try run(sources: sources, options: options, output: output, report: &report)
    }

    /// The settings with their defaults.
    public var settings: [ImporterSetting] { Options.settings }
}
