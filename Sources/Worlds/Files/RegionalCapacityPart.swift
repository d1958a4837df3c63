import Domain
import History
import Replay

/// By what the daily capacity of services is multiplied, by the node's region and hour: `capacity_by_region.csv`.
struct RegionalCapacityPart: HourlyPart {
    static let table = hourlyTable(
        "capacity_by_region", summary: "by what carriers' daily capacity is multiplied, by region and hour",
        group: .disruption)
    static let column = "factor"
    static let range = NumberRange.hourlyFactor
    static var member: WritableKeyPath<World, HourlySeries> { \.capacityByRegion }

    let series: HourlySeries
}
