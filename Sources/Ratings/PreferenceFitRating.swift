import Replay

/// Whether the service carries a tag of the order or its customer: the fit of a preference such as `morning`.
///
/// 1 or 0; a negative weight seeks it.
struct PreferenceFitRating: ExogenousRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry.plain(PreferenceFitRating())

    let declaration = RatingDeclaration(
        name: "preference_fit",
        summary: "1 where the service carries a tag of the order or its customer (seek it by a negative weight)",
        unit: "0 or 1", scale: 1)

    var dependence: RatingDependence { .order }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        context.tables.services[lane.service].tags.intersects(order.tags) ? 1 : 0
    }
}
