import Domain
import History
import Replay

/// Storm level of the hour of the decision, 0 to 5.
struct WeatherStormLevelRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Rating>(
        name: declaration.name, summary: declaration.summary, parameters: [RegionSide.declaration]
    ) { (parameters, _) throws(InputError) -> any Rating in
        WeatherStormLevelRating(side: try RegionSide(parameters), key: declaration.name + parameters.key)
    }
    private static let declaration = RatingDeclaration(
        name: "weather_storm_level", summary: "Storm level of now, 0 to 5", unit: "level")

    /// Whose region.
    let side: RegionSide
    let key: String
    var declaration: RatingDeclaration { Self.declaration }

    var dependence: RatingDependence { side == .node ? .nodeAndHour : .laneAndHour }
    var followsPlace: Bool { false }

    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? { .level(0) }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        side.value(order: order, lane: lane, in: context) { region in
            context.world.weather.stormLevel(region: region, at: order.hour)
        }
    }
}
