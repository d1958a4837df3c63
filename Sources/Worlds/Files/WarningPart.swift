import Domain
import History
import Replay

/// The storm warnings of a world: `warnings.csv`. A row holds for the hour that is warned of and for one lead or several that
/// follow each other; what is not listed is no warning.
struct WarningPart: WorldPart {
    static let table = WorldTable(
        name: "warnings", summary: "storm warnings by region, hour warned of and lead",
        columns: HourlyRows.columns + ["lead", "leads", "level"], required: HourlyRows.columns + ["lead", "level"],
        group: .weather, replaces: ["weather_forecast"])

    /// Hours that a warning may be ahead.
    private static let leadLimit = 240

    private let warnings: WarningSeries

    init?(of world: World, in export: WorldExport) {
        guard let warnings = world.warnings else { return nil }
        self.warnings = warnings
    }

    init(reading reader: inout WorldTableReader) throws(InputError) {
        var rows: [(region: Int, hour: Int, leads: Range<Int>, level: Int)] = []
        var seen: Set<Int> = []
        while try reader.nextRow() {
            let region = try reader.index("region", of: .region)
            let hour = try reader.hour("at")
            guard let lead = try reader.integer("lead", in: 0...Self.leadLimit) else {
                throw reader.error("lead", expected: "hours ahead")
            }
            let leads = try reader.integer("leads", in: 1...(Self.leadLimit + 1 - lead)) ?? 1
            guard let level = try reader.integer("level", in: 0...4) else {
                throw reader.error("level", expected: "a level from 0 to 4")
            }
            for lead in lead..<(lead + leads) {
                let cell = (region * reader.hourLimit + hour) * (Self.leadLimit + 1) + lead
                guard seen.insert(cell).inserted else {
                    throw reader.error(
                        "lead",
                        found: "lead \(lead) of hour \(hour) of region '\(reader.dataset.regions[region])' twice",
                        expected: "each once")
                }
            }
            rows.append((region, hour, lead..<(lead + leads), level))
        }
        var warnings = WarningSeries(
            leadCount: rows.map(\.leads.upperBound).max() ?? 0, regionCount: reader.dataset.regions.count,
            hourCount: (rows.map(\.hour).max() ?? -1) + 1)
        for row in rows {
            for lead in row.leads { warnings.set(row.level, region: row.region, hour: row.hour, lead: lead) }
        }
        self.warnings = warnings
    }

    /// Leads with one level are one row; those without a warning have theirs too, so that what is read back reaches as far.
    func rows(in dataset: Dataset, _ body: ([WorldCell]) throws -> Void) rethrows {
        for (region, name) in dataset.regions.enumerated() {
            for hour in 0..<warnings.hourCount {
                var lead = 0
                while lead < warnings.leadCount {
                    let level = warnings.level(region: region, validHour: hour, lead: lead)
                    var end = lead + 1
                    while end < warnings.leadCount, warnings.level(region: region, validHour: hour, lead: end) == level
                    {
                        end += 1
                    }
                    try body([
                        .text(name), .integer(3_600 * hour), .integer(lead), .integer(end - lead), .integer(level),
                    ])
                    lead = end
                }
            }
        }
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        world.warnings = warnings
    }
}
