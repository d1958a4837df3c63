import Domain
import History
import Replay

/// Whether the hour of the decision is anything but clear: 1 or 0.
struct WeatherWetRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Rating>(
        name: declaration.name, summary: declaration.summary, parameters: [RegionSide.declaration]
    ) { (parameters, _) throws(InputError) -> any Rating in
        WeatherWetRating(side: try RegionSide(parameters), key: declaration.name + parameters.key)
    }
    private static let declaration = RatingDeclaration(
        name: "weather_wet", summary: "1 in rain, snow or ice, now", unit: "0 or 1")

    /// Whose region.
    let side: RegionSide
    let key: String
    var declaration: RatingDeclaration { Self.declaration }

    var dependence: RatingDependence { side == .node ? .nodeAndHour : .laneAndHour }
    var followsPlace: Bool { false }

    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? { .level(0) }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        side.value(order: order, lane: lane, in: context) { region in
            context.world.weather.isWet(region: region, hour: order.hour) ? 1 : 0
        }
    }
}

extension WeatherSeries {
    /// Whether a region's hour is anything but clear; an hour outside the series is clear.
    func isWet(region: Int, hour: Int) -> Bool {
        hour >= 0 && hour < hourCount && classes[region * hourCount + hour] != .clear
    }
}
