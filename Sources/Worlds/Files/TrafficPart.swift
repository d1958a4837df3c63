import Domain
import History
import Replay

/// Congestion by region and hour: `traffic.csv`. Strategies see it, and it slows transit unless ``SlownessPart`` says what
/// transit meets.
struct TrafficPart: HourlyPart {
    static let table = hourlyTable(
        "traffic", summary: "congestion by region and hour, as strategies see it", group: .traffic,
        replaces: ["recorded_traffic", "generated_traffic"], replacesRecorded: true)
    static let column = "congestion"
    static let range = NumberRange.hourlySlowness
    static var member: WritableKeyPath<World, HourlySeries> { \.congestion }

    let series: HourlySeries

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        world.congestion = series
        world.slowTransit(by: series, regionCount: dataset.regions.count)
    }
}
