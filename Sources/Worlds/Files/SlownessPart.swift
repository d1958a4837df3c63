import Domain
import History
import Replay

/// How many times as long transit takes by region and hour, whatever from: `slowness.csv`.
///
/// Written wherever there is congestion too, since ``TrafficPart`` alone would be taken to slow transit by just that.
struct SlownessPart: WorldPart {
    static let table = WorldTable(
        name: "slowness", summary: "how many times as long transit takes by region and hour, whatever from",
        columns: HourlyRows.columns + ["slowness"], required: HourlyRows.columns + ["slowness"],
        furtherColumns: HourlyRows.further, group: .traffic,
        replaces: ["recorded_traffic", "generated_traffic", "lockdown"],
        replacesRecorded: true)

    private let slowness: HourlySeries

    init?(of world: World, in export: WorldExport) {
        guard world.slowness.hourCount > 0 || world.congestion.hourCount > 0 else { return nil }
        let regions = export.dataset.regions.count
        var series = HourlySeries(regionCount: regions, hourCount: world.slowness.hourCount, neutral: 1)
        for region in 0..<regions {
            for hour in 0..<series.hourCount {
                series.values[region * series.hourCount + hour] = world.slowness.value(
                    region: region, at: 3_600 * Double(hour))
            }
        }
        slowness = series
    }

    init(reading reader: inout WorldTableReader) throws(InputError) {
        // Closed roads are 1e7 and more.
        slowness = try HourlyRows.series(
            &reader, column: "slowness", in: NumberRange(lower: 0, upper: 1e12, excludesLower: true))
    }

    func rows(in dataset: Dataset, _ body: ([WorldCell]) throws -> Void) rethrows {
        try HourlyRows.rows(of: slowness, names: dataset.regions, body)
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        world.slowness = Slowness(series: slowness, regionCount: dataset.regions.count)
    }
}
