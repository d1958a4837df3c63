import Domain
import History
import Replay

/// By what the daily capacity of a service is multiplied, by service and hour: `capacity_by_service.csv`.
struct ServiceCapacityPart: HourlyPart {
    static let table = hourlyTable(
        "capacity_by_service", summary: "by what carriers' daily capacity is multiplied, by service and hour",
        group: .disruption, replaces: ["carrier_capacity"])
    static let column = "factor"
    static let kind = WorldNames.Kind.service
    static let range = NumberRange.hourlyFactor
    static var member: WritableKeyPath<World, HourlySeries> { \.capacityByService }

    let series: HourlySeries
}
