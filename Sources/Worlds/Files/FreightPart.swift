import Domain
import History
import Replay

/// By what the freight of a service is multiplied, by service and hour of the decision: `freight.csv`.
struct FreightPart: WorldPart {
    static let table = WorldTable(
        name: "freight", summary: "by what freight is multiplied, by service and hour of the decision",
        columns: HourlyRows.serviceColumns + ["multiplier"], required: HourlyRows.serviceColumns + ["multiplier"],
        furtherColumns: HourlyRows.further, group: .disruption, replaces: ["carrier_premium"])

    private let multiplier: HourlySeries

    init?(of world: World, in export: WorldExport) {
        guard world.freightMultiplier.hourCount > 0 else { return nil }
        multiplier = world.freightMultiplier
    }

    init(reading reader: inout WorldTableReader) throws(InputError) {
        multiplier = try HourlyRows.series(&reader, by: .service, column: "multiplier", in: .from(0, to: 1e6))
    }

    func rows(in dataset: Dataset, _ body: ([WorldCell]) throws -> Void) rethrows {
        try HourlyRows.rows(of: multiplier, regions: dataset.services.map(\.id), body)
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        world.freightMultiplier = multiplier
    }
}
