import Domain
import History
import Replay

/// The highest storm warning in force for the hours ahead, as issued in the hour of the decision: 0 none, 1 blue, 2 yellow,
/// 3 orange, 4 red; 0 where the world has no forecast (`weather_forecast`).
struct StormWarningRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Rating>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            RegionSide.declaration,
            ParameterDeclaration(
                "from_hours", .integer(NumberRange(lower: 0, upper: 240)), unit: "h", default: 0,
                summary: "first hour ahead that counts"),
            ParameterDeclaration(
                "to_hours", .integer(NumberRange(lower: 0, upper: 240)), unit: "h", default: 12,
                summary: "last hour ahead that counts"),
        ]
    ) { (parameters, _) throws(InputError) -> any Rating in
        let (first, last) = (try parameters.integer("from_hours"), try parameters.integer("to_hours"))
        guard first <= last else {
            throw InputError(
                at: parameters.location(of: "to_hours"), found: "'to_hours' before 'from_hours'",
                expected: "\(first) or more")
        }
        return StormWarningRating(
            side: try RegionSide(parameters), first: first, last: last, key: declaration.name + parameters.key)
    }
    private static let declaration = RatingDeclaration(
        name: "storm_warning", summary: "Highest storm warning for the hours ahead, 0 to 4", unit: "level")

    /// Whose region.
    let side: RegionSide
    /// First and last hour ahead.
    let first: Int
    let last: Int
    let key: String
    var declaration: RatingDeclaration { Self.declaration }

    var dependence: RatingDependence { side == .node ? .nodeAndHour : .laneAndHour }
    var followsPlace: Bool { false }

    func lowerLine(order: OrderFacts, in context: ReplayContext) -> FreightLine? { .level(0) }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        guard let warnings = context.world.warnings else { return 0 }
        return side.value(order: order, lane: lane, in: context) { region in
            Double(warnings.highest(region: region, issued: order.hour, ahead: first, to: last))
        }
    }
}
