import Domain
import History
import Storage

/// Imports anybody's CSV exports by a map that says which column means what.
public struct TableImporter: Importer {
    /// The settings of ``TableImporter``.
    public struct Options: ImporterOptions {
        /// Path of the map file.
        public var map = ""

        /// No map yet.
        public init() {}

        /// The one setting: the map.
        public static let settings = [
            ImporterSetting(name: "map", summary: "the map file that says which column means what", standard: "none")
        ]

        /// Sets `map`.
        public mutating func set(_ name: String, to value: String) throws(InputError) {
            guard name == "map" else {
                throw InputError(unknown: "setting", word: name, among: Options.settings.map(\.name))
            }
            map = value
        }
    }

    /// The importer.
    public init() {}

    /// Its name on the command line.
    public let name = "table"
    /// What it reads.
    public let summary = "any CSV exports, by a map of columns, units and dates (--map MAP.yaml, --suggest writes one)"

    /// A first map for sources, from their headers and a sample of values.
    ///
    /// - Throws: `InputError` where a source cannot be read.
    public func suggestedMap(sources: [String]) throws(InputError) -> String {
        try MapSuggester.suggest(files: SourceLibrary.files(of: sources))
    }

    /// Imports; see ``Importer``.
    public func run(
        sources: [String], options: Options, output: ImportOutput, report: inout FindingLog
    ) throws -> ImportSummary {
        guard !options.map.isEmpty else {
            throw InputError(found: "no map", expected: "--map MAP.yaml, or --suggest for a first one")
        }
        let map = try TableMapReader.read(path: options.map)
        var library = try SourceLibrary(sources: sources, map: map)
        var assembly = try tables(of: map, library: &library, log: &report)
        if assembly.drafts.contains(where: { $0.name == "tariffs" }) {
            assembly.replace(try TariffBands.expand(assembly.draft("tariffs"), file: map.file, log: &report))
        }
        for check in map.checks { try MapChecks.run(check, library: &library, log: &report) }
        for table in DatasetTable.allCases where !table.isOptional && assembly.draft(table.name).rows.isEmpty {
            throw InputError(
                at: SourceLocation(file: map.file), found: "no rows for table '\(table.name)'",
                expected: "at least one, as every dataset needs it")
        }
        let description = try description(map, assembly: assembly)
        return try assembly.write(to: output, description: description, log: report)
    }

    private func tables(
        of map: TableMap, library: inout SourceLibrary, log: inout FindingLog
    ) throws(InputError) -> DraftDataset {
        var assembly = DraftDataset()
        for content in map.contents {
            var draft = assembly.draft(content.table)
            switch content {
            case .block(let block):
                try BlockEvaluator(block, library: &library, log: &log).run(into: &draft, log: &log)
            case .rows(let rows):
                for row in rows.rows { draft.append(named: row) }
            }
            assembly.replace(draft)
        }
        return assembly
    }

    /// `dataset.yaml`; start and end, where the map does not say them, are the midnights around the orders.
    private func description(_ map: TableMap, assembly: DraftDataset) throws(InputError) -> DatasetDescription {
        let orders = assembly.draft("orders")
        guard let column = orders.column("placed_at") else {
            throw InputError(
                at: SourceLocation(file: map.file), found: "orders without 'placed_at'", expected: "the column")
        }
        let times = orders.rows.compactMap { TimestampPattern.standard.parse($0[column]) }
        let localTime = try LocalTime(timeZone: map.dataset.timeZone, at: SourceLocation(file: map.file))
        // A text with an offset may stand for the day before or after in the dataset's own zone.
        let margin = times.contains { $0.offsetSeconds != nil } ? 1 : 0
        let first = (times.map(\.day).min() ?? 0) - margin
        let last = (times.map(\.day).max() ?? 0) + margin
        func instant(_ text: String?, day: Int) -> Double {
            let time = text.flatMap(TimestampPattern.standard.parse) ?? CivilTime(day: day, secondOfDay: 0)
            if let offset = time.offsetSeconds { return time.wallSeconds - Double(offset) }
            return localTime.instant(wallClock: time.wallSeconds)
        }
        let start = instant(map.dataset.start, day: first)
        return DatasetDescription(
            name: map.dataset.name, origin: map.dataset.origin, licence: map.dataset.licence,
            currency: map.dataset.currency, timeZone: map.dataset.timeZone, start: start,
            end: instant(map.dataset.end, day: last + 1) - start, promiseBy: map.dataset.promiseBy,
            coordinates: map.dataset.coordinates)
    }
}
