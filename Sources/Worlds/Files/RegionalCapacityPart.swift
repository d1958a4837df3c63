import Domain
import History
import Replay

/// By what the daily capacity of services is multiplied, by the node's region and hour: `capacity_by_region.csv`.
struct RegionalCapacityPart: WorldPart {
    static let table = WorldTable(
        name: "capacity_by_region", summary: "by what carriers' daily capacity is multiplied, by region and hour",
        columns: HourlyRows.columns + ["factor"], required: HourlyRows.columns + ["factor"],
        furtherColumns: HourlyRows.further, group: .disruption)

    private let factor: HourlySeries

    init?(of world: World, in export: WorldExport) {
        guard world.capacityByRegion.hourCount > 0 else { return nil }
        factor = world.capacityByRegion
    }

    init(reading reader: inout WorldTableReader) throws(InputError) {
        factor = try HourlyRows.series(&reader, column: "factor", in: .from(0, to: 1e6))
    }

    func rows(in dataset: Dataset, _ body: ([WorldCell]) throws -> Void) rethrows {
        try HourlyRows.rows(of: factor, regions: dataset.regions, body)
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) { world.capacityByRegion = factor }
}
