import Domain
import History
import Replay

/// By what the hazard of cancellation is multiplied, by region and hour: `cancellation_multiplier.csv`.
struct CancellationMultiplierPart: HourlyPart {
    static let table = hourlyTable(
        "cancellation_multiplier", summary: "by what the hazard of cancellation is multiplied, by region and hour",
        group: .cancellation)
    static let column = "multiplier"
    static let range = NumberRange.hourlyFactor
    static var member: WritableKeyPath<World, HourlySeries> { \.cancellationMultiplier }

    let series: HourlySeries
}
