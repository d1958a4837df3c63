import Domain
import History
import Ratings
import Replay
import TestKit

/// A little network to be reckoned by hand: nodes on a line, 60 km/h, no fixed hours; `z` lies at kilometre 0.
struct HandComputedCorner {
    var builder: DatasetBuilder
    var settings: ReplaySettings
    var strategy = StrategySpecification(name: "s", assignment: .scored([RuleSet(ratings: [])]))

    init(days: Double = 3, timeZone: String = "UTC", start: Double = 1_768_176_000) {
        builder = DatasetBuilder(days: days, timeZone: timeZone, start: start)
        settings = ReplaySettings(from: 0, to: days * 86_400)
        builder.addZone("z", at: Place(x: 0, y: 0), region: "zone")
        builder.addTariff("t", LoadTerms(perShipment: 4, perItem: 1, perKilometre: 0.1))
    }

    /// A node some kilometres away with a pick time, and its stock by product.
    mutating func node(
        _ id: String, kilometres: Double, seconds: Double = 600, stations: Int = 1, hours: WeeklyHours = .always,
        limit: Int? = nil, stock: [(String, Int)] = [("p", 100)]
    ) {
        builder.addNode(
            id, at: Place(x: kilometres, y: 0), region: "region of " + id, openingHours: hours, stations: stations,
            serviceSecondsPerOrder: seconds, dailyOrderLimit: limit, handlingCostPerOrder: 2, labourCostPerHour: 12)
        for (product, units) in stock { builder.addStock(node: id, product: product, onHand: units) }
    }

    /// The service of all lanes.
    mutating func service(_ id: String = "van", cutOffs: [Int] = [], capacity: Int? = nil) {
        builder.addService(id, tariff: "t", kilometresPerHour: 60, cutOffMinutes: cutOffs, dailyCapacity: capacity)
    }

    /// An order at a time, of product p unless said otherwise.
    mutating func order(
        _ id: String, at time: Double, promised: Double = .infinity,
        _ lines: [DatasetBuilder.Line] = [DatasetBuilder.Line("p")]
    ) {
        builder.addOrder(id, placedAt: time, zone: "z", promisedAt: promised, lines: lines)
    }

    /// Scores by distance.
    mutating func seekNearest(_ split: SplitRule = SplitRule()) throws {
        strategy.assignment = .scored([
            RuleSet(
                ratings: [WeightedRating(try RatingCatalogue.members.make("distance", dataset: network()), weight: 1)],
                split: split)
        ])
    }

    /// Scores by freight.
    mutating func seekCheapest() throws {
        strategy.assignment = .scored([
            RuleSet(
                ratings: [WeightedRating(try RatingCatalogue.members.make("freight", dataset: network()), weight: 1)],
                split: SplitRule())
        ])
    }

    /// The dataset as far as it is, with an order so that it is one.
    private func network() throws -> Dataset {
        var copy = builder
        copy.addOrder("for the network", placedAt: 0, zone: "z", lines: [DatasetBuilder.Line("p")])
        return try copy.build()
    }

    /// The outcomes by both writings of the article; the world is neutral but for `change`.
    func replay(_ change: (inout World) -> Void = { _ in }) throws -> BothOutcomes {
        let dataset = try builder.build()
        var world = World(replication: 0, seed: 1, dataset: dataset)
        change(&world)
        let plain = PlainSimulator.replay(dataset: dataset, settings: settings, strategy: strategy, world: world)
        let plan = try ReplayPlan(dataset: dataset, settings: settings, strategies: [strategy])
        var engine: [OrderOutcome] = []
        _ = plan.replay(world: world, strategies: 0..<1) { _, outcome in engine.append(outcome) }
        return BothOutcomes(plain: plain, engine: engine)
    }
}

/// What the two writings of the article say.
struct BothOutcomes {
    let plain: [OrderOutcome]
    let engine: [OrderOutcome]

    /// One after the other.
    var both: [[OrderOutcome]] { [plain, engine] }
}
