import Domain
import History
import Replay

/// A further recorded signal of the dataset in the hour of the decision; 0 where nothing is recorded.
struct SignalRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Rating>(
        name: declaration.name, summary: declaration.summary,
        parameters: [
            ParameterDeclaration("name", .reference(.signal), summary: "a column of the dataset's signals"),
            RegionSide.declaration,
        ]
    ) { (parameters, dataset) throws(InputError) -> any Rating in
        SignalRating(
            signal: try parameters.index("name"), side: try RegionSide(parameters),
            key: declaration.name + parameters.key)
    }
    private static let declaration = RatingDeclaration(
        name: "signal", summary: "A signal of the dataset, now", unit: "as recorded")

    /// Index into the dataset's signals.
    let signal: Int
    /// Whose region.
    let side: RegionSide
    let key: String
    var declaration: RatingDeclaration { Self.declaration }

    var dependence: RatingDependence { side == .node ? .nodeAndHour : .laneAndHour }
    var followsPlace: Bool { false }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        side.value(order: order, lane: lane, in: context) { region in
            context.dataset.signals[signal].series.value(region: region, hour: order.hour)
        }
    }
}
