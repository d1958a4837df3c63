import Domain
import History
import Replay

/// By what pick-and-pack times are multiplied, by region and hour of the start: `service_multiplier.csv`.
struct ServiceMultiplierPart: HourlyPart {
    static let table = hourlyTable(
        "service_multiplier", summary: "by what pick-and-pack times are multiplied, by region and hour", group: .weather
    )
    static let column = "multiplier"
    static let range = NumberRange.hourlySlowness
    static var member: WritableKeyPath<World, HourlySeries> { \.serviceMultiplier }

    let series: HourlySeries
}
