import Domain
import History
import Replay

/// By what the daily capacity of a service is multiplied, by service and hour: `capacity_by_service.csv`.
struct ServiceCapacityPart: WorldPart {
    static let table = WorldTable(
        name: "capacity_by_service", summary: "by what carriers' daily capacity is multiplied, by service and hour",
        columns: HourlyRows.serviceColumns + ["factor"], required: HourlyRows.serviceColumns + ["factor"],
        furtherColumns: HourlyRows.further, group: .disruption, replaces: ["carrier_capacity"])

    private let factor: HourlySeries

    init?(of world: World, in export: WorldExport) {
        guard world.capacityByService.hourCount > 0 else { return nil }
        factor = world.capacityByService
    }

    init(reading reader: inout WorldTableReader) throws(InputError) {
        factor = try HourlyRows.series(&reader, by: .service, column: "factor", in: .from(0, to: 1e6))
    }

    func rows(in dataset: Dataset, _ body: ([WorldCell]) throws -> Void) rethrows {
        try HourlyRows.rows(of: factor, regions: dataset.services.map(\.id), body)
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) { world.capacityByService = factor }
}
