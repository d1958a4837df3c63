import Domain
import History
import Replay

/// Congestion by region and hour: `traffic.csv`. Strategies see it, and it slows transit unless ``SlownessPart`` says what
/// transit meets.
struct TrafficPart: WorldPart {
    static let table = WorldTable(
        name: "traffic", summary: "congestion by region and hour, as strategies see it",
        columns: HourlyRows.columns + ["congestion"], required: HourlyRows.columns + ["congestion"],
        furtherColumns: HourlyRows.further, group: .traffic, replaces: ["recorded_traffic", "generated_traffic"],
        replacesRecorded: true)

    private let congestion: HourlySeries

    init?(of world: World, in export: WorldExport) {
        guard world.congestion.hourCount > 0 else { return nil }
        congestion = world.congestion
    }

    init(reading reader: inout WorldTableReader) throws(InputError) {
        congestion = try HourlyRows.series(
            &reader, column: "congestion", in: NumberRange(lower: 0, upper: 1e6, excludesLower: true))
    }

    func rows(in dataset: Dataset, _ body: ([WorldCell]) throws -> Void) rethrows {
        try HourlyRows.rows(of: congestion, regions: dataset.regions, body)
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        world.congestion = congestion
        world.slowTransit(by: congestion, regionCount: dataset.regions.count)
    }
}
