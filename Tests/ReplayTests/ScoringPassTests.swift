import Domain
import History
import Ratings
@testable import Replay
import Storage
import TestKit
import Testing

/// What the engine keeps of exogenous scores from order to order, and what that spares.
struct ScoringPassTests {
    /// A rating of each kind, and a product of two.
    private static let names = ["distance", "transit_hours", "cost", "margin", "random"]

    /// The small network with orders over some hours, more than a block of them.
    private func network() throws -> SmallNetwork {
        try SmallNetwork(change: { builder in
            for number in 0..<70 {
                builder.addOrder(
                    "p\(number)", placedAt: 40_000 + 500 * Double(number), zone: number % 3 == 0 ? "z1" : "z2",
                    lines: [.init("a", 1 + number % 4), .init("b")])
            }
        })
    }

    private func plan(_ network: SmallNetwork) throws -> ReplayPlan {
        let dataset = network.dataset
        var ratings = try Self.names.map { try RatingCatalogue.members.make($0, dataset: dataset) }
        for (name, parameters) in [
            ("congestion", ["at": "node"]), ("product", ["first": "order_value", "second": "distance"]),
        ] {
            let fields = parameters.sorted { $0.key < $1.key }.map {
                ParameterField($0.key, ParameterValue(.text($0.value)))
            }
            ratings.append(try RatingCatalogue.members.make(name, fields, dataset: dataset))
        }
        let strategies = (0..<3).map { strategy in
            let weighted = ratings.enumerated().map { number, rating in
                WeightedRating(rating, weight: 0.3 + Double((5 * strategy + 3 * number) % 7), offset: 2, scale: 3)
            }
            return StrategySpecification(name: "s\(strategy)", assignment: .scored([RuleSet(ratings: weighted)]))
        }
        return try ReplayPlan(dataset: dataset, settings: network.context.settings, strategies: strategies)
    }

    @Test("A feature is multiplied as often as what it depends on changes: once, once an hour, once an order")
    func products() throws {
        let network = try network()
        let plan = try plan(network)
        let dataset = network.dataset
        let visits = plan.visits
        var hoisted = ScoringPass(plan: plan, world: network.context.world)
        hoisted.score(orders: visits)
        var plain = ScoringPass(plan: plan, world: network.context.world, hoists: false)
        plain.score(orders: visits)

        let strategies = 3
        let hours = visits.map { Int(dataset.orders.placedAt[$0] / 3_600) }
        let zones = visits.map { Int(dataset.orders.zones[$0]) }
        func lanes(_ zone: Int) -> Int { dataset.lanes.rows(ofZone: zone).count }
        let candidates = zones.map(lanes).reduce(0, +)
        let hoursOfZones = dataset.zones.indices.map { zone in
            lanes(zone) * Set(zip(hours, zones).filter { $0.1 == zone }.map(\.0)).count
        }.reduce(0, +)
        #expect(hoisted.figures.orders == visits.count)
        #expect(hoisted.figures.candidates == candidates)
        // Of the lane: distance. Of lane and hour: transit hours. Of node and hour: congestion. All others are the order's.
        #expect(hoisted.figures.laneProducts == dataset.lanes.count * strategies)
        #expect(hoisted.figures.laneAndHourProducts == hoursOfZones * strategies)
        #expect(hoisted.figures.nodeAndHourProducts == Set(hours).count * dataset.nodes.count * strategies)
        #expect(hoisted.orderFeatures == 4)
        #expect(hoisted.figures.orderProducts == candidates * 4 * strategies)
        #expect(hoisted.features == 7)
        #expect(plain.orderFeatures == 7)
        #expect(plain.figures.products == candidates * 7 * strategies)
        #expect(plain.figures.products == plain.figures.orderProducts)
    }

    @Test("What is kept from order to order gives the scores of the ratings themselves, and the same choice")
    func scores() throws {
        let network = try network()
        let plan = try plan(network)
        let context = network.context
        for hoists in [true, false] {
            var pass = ScoringPass(plan: plan, world: context.world, hoists: hoists)
            var count = 0
            pass.score(orders: plan.visits) { first, scores in
                for (visit, ofStrategies) in scores.enumerated() {
                    for (strategy, found) in ofStrategies.enumerated() {
                        let expected = ownScores(plan, strategy, order: first + visit, context)
                        let bound = expected.map(\.bound).max() ?? 0
                        for (one, other) in zip(found, expected) { #expect(abs(one - other.score) <= bound) }
                        let best = expected.map(\.score).min() ?? 0
                        let ties = expected.count { $0.score - best <= 2 * bound }
                        let chosen = found.indices.min { found[$0] < found[$1] }
                        let own = expected.indices.min { expected[$0].score < expected[$1].score }
                        if ties == 1 { #expect(chosen == own) }
                        count += ties == 1 ? 1 : 0
                    }
                }
            }
            #expect(count > 100)
        }
    }

    /// The scores of an order's lanes, term by term without offsets, each with a bound of the rounding: Higham 2002, section
    /// 3.1, for two sums of as many terms, whose values are some roundings off.
    private func ownScores(
        _ plan: ReplayPlan, _ strategy: Int, order: Int, _ context: ReplayContext
    ) -> [(score: Double, bound: Double)] {
        guard case .scored(let rules) = plan.strategies[strategy].assignment else { return [] }
        let facts = context.facts(ofOrder: order, visit: order)
        return context.dataset.lanes.rows(ofZone: facts.zone).map { row in
            var sum = 0.0
            var magnitude = 0.0
            for use in rules[0].ratings {
                guard let rating = use.rating as? any ExogenousRating else { continue }
                let value = rating.value(order: facts, lane: context.lane(row, for: facts), in: context)
                sum += use.weight / use.scale * value
                magnitude += abs(use.weight / use.scale * value)
            }
            return (sum, 2 * Double(rules[0].ratings.count + 4) * 0x1p-53 * magnitude)
        }
    }
}
