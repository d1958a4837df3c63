import Domain
import History
import Replay

/// By what pick-and-pack times are multiplied, by region and hour of the start: `service_multiplier.csv`.
struct ServiceMultiplierPart: WorldPart {
    static let table = WorldTable(
        name: "service_multiplier", summary: "by what pick-and-pack times are multiplied, by region and hour",
        columns: HourlyRows.columns + ["multiplier"], required: HourlyRows.columns + ["multiplier"],
        furtherColumns: HourlyRows.further, group: .weather)

    private let multiplier: HourlySeries

    init?(of world: World, in export: WorldExport) {
        guard world.serviceMultiplier.hourCount > 0 else { return nil }
        multiplier = world.serviceMultiplier
    }

    init(reading reader: inout WorldTableReader) throws(InputError) {
        multiplier = try HourlyRows.series(
            &reader, column: "multiplier", in: NumberRange(lower: 0, upper: 1e6, excludesLower: true))
    }

    func rows(in dataset: Dataset, _ body: ([WorldCell]) throws -> Void) rethrows {
        try HourlyRows.rows(of: multiplier, regions: dataset.regions, body)
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        world.serviceMultiplier = multiplier
    }
}
