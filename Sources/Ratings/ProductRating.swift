import Domain
import History
import Replay
import Storage

/// The product of two ratings' values: `weather_storm_level` x `distance` makes far lanes dear in a storm only.
///
/// The factors are ratings that need no parameters; their offsets and scales do not count. The product is endogenous if
/// one of them is.
enum ProductRating {
    /// Its line in the catalogue.
    static let entry = MemberEntry<any Rating>(
        name: "product", summary: "The product of two ratings' values",
        parameters: [
            ParameterDeclaration("first", .text, summary: "a rating that needs no parameters"),
            ParameterDeclaration("second", .text, summary: "a rating that needs no parameters"),
        ]
    ) { (parameters, dataset) throws(InputError) -> any Rating in
        let first = try factor("first", parameters, dataset)
        let second = try factor("second", parameters, dataset)
        let key = "product" + parameters.key
        if let first = first as? any ExogenousRating, let second = second as? any ExogenousRating {
            return ExogenousProductRating(first: first, second: second, key: key)
        }
        return EndogenousProductRating(first: first, second: second, key: key)
    }

    /// The rating that a parameter names.
    private static func factor(
        _ name: String, _ parameters: MemberParameters, _ dataset: Dataset
    ) throws(InputError) -> any Rating {
        let word = try parameters.text(name)
        let location = parameters.location(of: name)
        let entry = try RatingCatalogue.members.entry(named: word, at: location)
        guard !entry.parameters.contains(where: \.isRequired) else {
            throw InputError(
                at: location, found: "'\(word)' as a factor of a product", expected: "a rating that needs no parameters"
            )
        }
        return try RatingCatalogue.members.make(word, dataset: dataset, at: location)
    }

    /// What a product says of itself.
    static func declaration(_ first: any Rating, _ second: any Rating) -> RatingDeclaration {
        RatingDeclaration(
            name: "product", summary: "\(first.declaration.name) x \(second.declaration.name)",
            unit: "\(first.declaration.unit) x \(second.declaration.unit)")
    }
}

/// A product of two exogenous ratings.
struct ExogenousProductRating: ExogenousRating {
    let first: any ExogenousRating
    let second: any ExogenousRating
    let key: String
    var declaration: RatingDeclaration { ProductRating.declaration(first, second) }

    var dependence: RatingDependence { first.dependence.joined(second.dependence) }
    var followsPlace: Bool { first.followsPlace || second.followsPlace }
    var paysFreight: Bool { first.paysFreight || second.paysFreight }

    func value(order: OrderFacts, lane: LaneFacts, in context: ReplayContext) -> Double {
        first.value(order: order, lane: lane, in: context) * second.value(order: order, lane: lane, in: context)
    }

    /// Each factor is asked once for all lanes, not lane by lane.
    func fill(
        order: OrderFacts, lanes: Range<Int>, in context: ReplayContext, offset: Double, scale: Double,
        into column: Buffer<Double>, at start: Int
    ) {
        first.fill(order: order, lanes: lanes, in: context, offset: 0, scale: 1, into: column, at: start)
        withPassingBuffer(of: Double.self, count: lanes.count) { factors in
            second.fill(order: order, lanes: lanes, in: context, offset: 0, scale: 1, into: factors, at: 0)
            for index in 0..<lanes.count {
                column[start + index] = (column[start + index] * factors[index] - offset) / scale
            }
        }
    }
}

/// A product of which at least one factor is endogenous.
struct EndogenousProductRating: EndogenousRating {
    let first: any Rating
    let second: any Rating
    let key: String
    var declaration: RatingDeclaration { ProductRating.declaration(first, second) }

    func value(
        order: OrderFacts, lane: LaneFacts, in context: ReplayContext, state: NetworkState
    ) -> Double {
        value(of: first, order, lane, context, state) * value(of: second, order, lane, context, state)
    }

    /// A factor's value, whichever kind it is.
    private func value(
        of rating: any Rating, _ order: OrderFacts, _ lane: LaneFacts, _ context: ReplayContext, _ state: NetworkState
    ) -> Double {
        switch rating {
        case let rating as any ExogenousRating: rating.value(order: order, lane: lane, in: context)
        case let rating as any EndogenousRating: rating.value(order: order, lane: lane, in: context, state: state)
        default: preconditionFailure("a rating is exogenous or endogenous")
        }
    }
}
