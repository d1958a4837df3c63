import Constraints
import DeterministicMath
import Domain
import History
import Ratings
@testable import Replay
import Sampling
import TestKit
import Testing

/// Networks large enough for the search of the best node to end early.
@Suite struct LargeNetworkTests {
    /// 260 nodes on a lattice, many at equal distances, with two services and little stock.
    private func dataset() throws -> Dataset {
        let draws = Draws(seed: 0x1A_26E, replication: 0)
        func dice(_ number: Int, below count: Int) -> Int {
            Int(draws.uniform(.generation, entity: StableHash.of(number)) * Double(count))
        }
        var builder = DatasetBuilder(name: "large", days: 2)
        for product in 0..<6 {
            builder.addProduct("p\(product)", price: 5, massKilograms: 0.5 + Double(product))
        }
        for node in 0..<260 {
            builder.addNode(
                "n\(node)", at: Place(x: Double(node % 20) * 25, y: Double(node / 20) * 25), region: "r",
                stations: 1 + node % 3, serviceSecondsPerOrder: 300, serviceSecondsPerLine: 20,
                handlingCostPerOrder: Double(node % 7), labourCostPerHour: 12)
            for product in 0..<6 where dice(1_000 * node + product, below: 3) > 0 {
                builder.addStock(node: "n\(node)", product: "p\(product)", onHand: 1 + dice(node + 7, below: 4))
            }
        }
        for zone in 0..<9 {
            builder.addZone("z\(zone)", at: Place(x: Double(zone) * 50, y: Double(zone * zone % 11) * 25), region: "r")
        }
        builder.addTariff("slow", LoadTerms(perShipment: 3, perKilogram: 0.2, perKilometre: 0.01))
        builder.addTariff("fast", LoadTerms(perShipment: 1, perKilogram: 0.1, perKilometre: 0.05))
        builder.addTariff("air", LoadTerms(perKilogramKilometre: 0.000_5))
        builder.addService("van", tariff: "slow", emission: "air", fixedHours: 4, kilometresPerHour: 50)
        builder.addService("bike", tariff: "fast", emission: "air", fixedHours: 1, kilometresPerHour: 40)
        for order in 0..<900 {
            let lines = (0...dice(90_000 + order, below: 3)).map { line in
                DatasetBuilder.Line("p\(dice(100_000 + 10 * order + line, below: 6))", 1 + order % 2)
            }
            builder.addOrder(
                "o\(order)", placedAt: Double(order) * 60, zone: "z\(dice(80_000 + order, below: 9))",
                promisedAt: Double(order) * 60 + 40_000, lines: lines)
        }
        return try builder.build()
    }

    /// The same choice without any way of ending early: with a price on a rule that no lane breaks, every candidate is
    /// asked by itself.
    private func asked(_ rules: RuleSet, dataset: Dataset) throws -> RuleSet {
        var result = rules
        result.constraints.append(
            ConstraintUse(
                try ConstraintCatalogue.members.make(
                    "maximum_distance", [ParameterField("kilometres", 1e6)], dataset: dataset), softPrice: 1))
        return result
    }

    /// For each list of weights a strategy, as `edit` leaves its rules, and its twin that asks every candidate.
    private func pairs(
        _ weights: [[(String, Double)]], dataset: Dataset, edit: (_ number: Int, _ rules: inout RuleSet) throws -> Void
    ) throws -> [StrategySpecification] {
        try weights.enumerated().flatMap { number, terms in
            var rules = RuleSet(
                ratings: try terms.map {
                    WeightedRating(try RatingCatalogue.members.make($0.0, dataset: dataset), weight: $0.1)
                }, split: SplitRule(mode: .mostLines, maximumSplits: 1))
            try edit(number, &rules)
            return [
                StrategySpecification(name: "early \(number)", assignment: .scored([rules])),
                StrategySpecification(
                    name: "asked \(number)", assignment: .scored([try asked(rules, dataset: dataset)])),
            ]
        }
    }

    @Test("Ending the search early, once for all worlds or in each, chooses what the full scan chooses")
    func sameChoices() throws {
        let dataset = try dataset()
        let weights: [[(String, Double)]] = [
            [("distance", 1), ("cost", 1e-6)], [("cost", 1)], [("carbon", 1), ("cost", 1e-6)],
            [("freight", 0.4), ("distance", 0.002), ("handling_cost", 0.3)],
        ]
        let strategies = try pairs(weights, dataset: dataset) { number, rules in
            guard number == 0 else { return }
            rules.constraints = [
                ConstraintUse(
                    try ConstraintCatalogue.members.make(
                        "daily_orders", [ParameterField("maximum", 3)], dataset: dataset))
            ]
        }
        let settings = ReplaySettings(from: 0, to: dataset.description.end)
        let world = World(replication: 0, seed: 3, dataset: dataset)
        for worldCount in [1, 50] {
            let plan = try ReplayPlan(
                dataset: dataset, settings: settings, strategies: strategies, worldCount: worldCount)
            let outcomes = CaseReplays.engine(plan, world: world).orders
            for number in weights.indices {
                #expect(plan.isPruned(strategy: 2 * number))
                #expect(plan.decisionPath(ofStrategy: 2 * number + 1).kind == .asked)
                #expect(outcomes[2 * number] == outcomes[2 * number + 1], "\(weights[number])")
            }
            // Choices that differ from strategy to strategy: the comparison can fail.
            #expect(Set(weights.indices.map { outcomes[2 * $0].map { $0.shipments.first?.node ?? -1 } }).count > 2)
        }
    }

    @Test(
        "Looking at near nodes first as one decides, by queues, stock and times too, chooses what the full scan chooses"
    )
    func sameNearFirst() throws {
        let dataset = try dataset()
        let weights: [[(String, Double)]] = [
            [("distance", 1), ("queue_per_station", 0.5), ("stock_depth", 0.4)],
            [("cost", 1), ("expected_delivery_hours", 0.3), ("expected_lateness_hours", 2), ("utilisation", 0.5)],
            [("freight", 0.4), ("transit_hours", 0.1), ("stock_balance", 0.2), ("assigned_today", 0.1)],
            [("carbon", 1), ("distance", 0.5), ("ideal_delivery_hours", 0.1)],
            // Distance rules nothing out: the search goes over to scanning.
            [("distance", 1e-9), ("queue_per_station", 1), ("stock_depth", 1)],
        ]
        let strategies = try pairs(weights, dataset: dataset) { number, rules in
            for index in rules.ratings.indices { rules.ratings[index].offset = Double(number) }
            rules.usesSafetyStock = number == 2
            guard number == 1 else { return }
            rules.constraints = [
                ConstraintUse(
                    try ConstraintCatalogue.members.make(
                        "spare_capacity", [ParameterField("share", 0.9)], dataset: dataset))
            ]
        }
        let plan = try ReplayPlan(
            dataset: dataset, settings: ReplaySettings(from: 0, to: dataset.description.end), strategies: strategies,
            worldCount: 2)
        let outcomes = CaseReplays.engine(plan, world: World(replication: 0, seed: 3, dataset: dataset)).orders
        for number in weights.indices {
            #expect(plan.decisionPath(ofStrategy: 2 * number).kind == .nearFirst)
            #expect(plan.decisionPath(ofStrategy: 2 * number + 1).kind == .asked)
            #expect(outcomes[2 * number] == outcomes[2 * number + 1], "\(weights[number])")
        }
        #expect(Set(weights.indices.map { outcomes[2 * $0].map { $0.shipments.first?.node ?? -1 } }).count > 2)
    }

    @Test("A rating's lower line lies below its value on every lane, and rises or stays level")
    func lowerLines() throws {
        let dataset = try dataset()
        let settings = ReplaySettings(from: 0, to: dataset.description.end)
        let context = ReplayContext(
            tables: try ReplayTables(dataset: dataset, settings: settings),
            world: World(replication: 0, seed: 1, dataset: dataset))
        var bounded: Set<String> = []
        for entry in RatingCatalogue.members.entries where !entry.parameters.contains(where: \.isRequired) {
            guard let rating = try RatingCatalogue.members.make(entry.name, dataset: dataset) as? any ExogenousRating
            else { continue }
            for order in stride(from: 0, to: 900, by: 90) {
                let facts = context.facts(ofOrder: order, visit: order)
                guard let line = rating.lowerLine(order: facts, in: context) else { continue }
                bounded.insert(entry.name)
                #expect(line.perKilometre >= 0)
                for row in dataset.lanes.rows(ofZone: facts.zone) {
                    let lane = context.lane(row, for: facts)
                    let value = rating.value(order: facts, lane: lane, in: context)
                    #expect(line.price(kilometres: lane.kilometres) <= value * (1 + 1e-12), "\(entry.name)")
                }
            }
        }
        #expect(
            bounded.isSuperset(of: ["distance", "freight", "carbon", "cost", "handling_cost", "transit_hours"]))
    }
}
