import Domain
import History
import Replay

/// By what the hazard of cancellation is multiplied, by region and hour: `cancellation_multiplier.csv`.
struct CancellationMultiplierPart: WorldPart {
    static let table = WorldTable(
        name: "cancellation_multiplier",
        summary: "by what the hazard of cancellation is multiplied, by region and hour",
        columns: HourlyRows.columns + ["multiplier"], required: HourlyRows.columns + ["multiplier"],
        furtherColumns: HourlyRows.further, group: .cancellation)

    private let multiplier: HourlySeries

    init?(of world: World, in export: WorldExport) {
        guard world.cancellationMultiplier.hourCount > 0 else { return nil }
        multiplier = world.cancellationMultiplier
    }

    init(reading reader: inout WorldTableReader) throws(InputError) {
        multiplier = try HourlyRows.series(
            &reader, column: "multiplier", in: .from(0, to: 1e6))
    }

    func rows(in dataset: Dataset, _ body: ([WorldCell]) throws -> Void) rethrows {
        try HourlyRows.rows(of: multiplier, regions: dataset.regions, body)
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        world.cancellationMultiplier = multiplier
    }
}
