import Domain
import History
import Replay

/// By what the freight of a service is multiplied, by service and hour of the decision: `freight.csv`.
struct FreightPart: HourlyPart {
    static let table = hourlyTable(
        "freight", summary: "by what freight is multiplied, by service and hour of the decision", group: .disruption,
        replaces: ["carrier_premium"])
    static let column = "multiplier"
    static let kind = WorldNames.Kind.service
    static let range = NumberRange.hourlyFactor
    static var member: WritableKeyPath<World, HourlySeries> { \.freightMultiplier }

    let series: HourlySeries
}
