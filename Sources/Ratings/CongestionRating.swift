import Domain
import History
import Replay

/// Congestion of the hour of the decision: 1 on free roads, 1.3 where a way takes 30 % longer.
struct CongestionRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Rating>(
        name: declaration.name, summary: declaration.summary, parameters: [RegionSide.declaration]
    ) { (parameters, _) throws(InputError) -> any Rating in
        CongestionRating(side: try RegionSide(parameters), key: declaration.name + parameters.key)
    }
    private static let declaration = RatingDeclaration(
        name: "congestion", summary: "Road congestion of now: 1.3 = 30 % slower", unit: "ratio", offset: 1)

    /// Whose region.
    let side: RegionSide
    let key: String
    var declaration: RatingDeclaration { Self.declaration }

    var dependence: RatingDependence { side == .node ? .nodeAndHour : .laneAndHour }
    var followsPlace: Bool { false }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        side.value(order: order, lane: lane, in: context) { region in
            context.world.congestion.value(region: region, hour: order.hour)
        }
    }
}
