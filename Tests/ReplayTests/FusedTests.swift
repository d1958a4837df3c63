import DeterministicMath
import Domain
import History
import Lanes
import Ratings
@testable import Replay
import Sampling
import Storage
import TestKit
import Testing

/// Orders in one shipment, decided and replayed from end to end in one loop for several strategies.
@Suite struct FusedTests {
    /// Random numbers of a case.
    private struct Dice {
        let draws: Draws
        var next = 0

        mutating func number(_ low: Double, _ high: Double) -> Double {
            next += 1
            return low + (high - low) * draws.uniform(.generation, entity: StableHash.of(next))
        }

        mutating func whole(_ range: ClosedRange<Int>) -> Int {
            range.lowerBound + Int(number(0, Double(range.count)))
        }
    }

    private static let orderCount = 500

    /// A network and a book that the loop can replay, by chance: places in a plane or on the globe, of zones or of orders.
    private func dataset(_ number: Int) throws -> Dataset {
        var dice = Dice(draws: Draws(seed: 0xF05ED, replication: UInt32(number)))
        var builder = DatasetBuilder(
            name: "plain", days: 4, promiseBy: number % 3 == 0 ? .day : .instant,
            coordinates: number % 2 == 0 ? .plane : .geographic)
        func place() -> Place {
            number % 2 == 0
                ? Place(x: dice.number(0, 400), y: dice.number(0, 400))
                : Place(x: dice.number(5, 9), y: dice.number(47, 51))
        }
        for product in 0..<4 {
            builder.addProduct(
                "p\(product)", price: dice.number(5, 50), unitCost: 3, massKilograms: dice.number(0.1, 4))
        }
        for node in 0..<dice.whole(2...9) {
            builder.addNode(
                "n\(node)", at: place(), region: "r\(node % 2)", stations: [1, 2, 3, 12][dice.whole(0...3)],
                serviceSecondsPerOrder: dice.number(100, 4_000), serviceSecondsPerLine: dice.number(0, 50),
                serviceSecondsPerItem: number % 4 == 0 ? 0 : dice.number(0, 90),
                serviceDistribution: node % 2 == 0 ? .exponential : .lognormal(sigma: 0.5),
                handlingCostPerOrder: dice.number(0, 3), handlingCostPerItem: number % 4 == 0 ? 0 : 0.5,
                labourCostPerHour: dice.number(0, 20))
            for product in 0..<4 where dice.number(0, 1) < 0.8 {
                builder.addStock(
                    node: "n\(node)", product: "p\(product)", onHand: dice.whole(0...90), safetyStock: dice.whole(0...3)
                )
                if number % 2 == 1 {
                    builder.addReplenishment(
                        node: "n\(node)", product: "p\(product)", at: dice.number(0, 260_000),
                        quantity: dice.whole(1...60))
                }
            }
        }
        for zone in 0..<5 { builder.addZone("z\(zone)", at: place(), region: "r\(zone % 2)") }
        builder.addTariff(
            "slow", LoadTerms(perShipment: 3, perKilogram: number % 3 == 0 ? 0.2 : 0, perKilometre: 0.01))
        builder.addTariff("fast", LoadTerms(perShipment: 1, perItem: number % 3 == 1 ? 0.4 : 0, perKilometre: 0.05))
        builder.addTariff("air", LoadTerms(perItemKilometre: 0.000_5))
        builder.addService(
            "van", tariff: "slow", emission: "air", fixedHours: 4, kilometresPerHour: 50,
            transitDistribution: .lognormal(sigma: 0.25))
        if number % 2 == 0 {
            builder.addService("bike", tariff: "fast", fixedHours: 1, kilometresPerHour: 40, distanceExponent: 0.9)
        }
        for hour in 0..<90 where number % 5 > 1 {
            builder.addTraffic(region: "r\(hour % 2)", at: Double(hour) * 3_600, congestion: dice.number(0.8, 2.5))
        }
        for order in 0..<Self.orderCount {
            let placedAt = (Double(order) * 500 + dice.number(0, 490)).rounded()
            builder.addOrder(
                "o\(order)", placedAt: placedAt, zone: "z\(dice.whole(0...4))", place: number % 4 > 1 ? place() : nil,
                promisedAt: dice.number(0, 1) < 0.1 ? .infinity : placedAt + dice.number(20_000, 120_000),
                weight: number % 6 == 0 ? dice.number(0.5, 2) : 1,
                lines: [.init("p\(dice.whole(0...3))", dice.whole(1...3))])
        }
        return try builder.build()
    }

    /// Ratings that the plain simulator has written again, and others.
    private static let plainNames = [
        "distance", "freight", "cost", "carbon", "transit_hours", "queue_per_station", "stock_depth", "utilisation",
        "expected_delivery_hours",
    ]
    private static let names =
        plainNames + [
            "carbon_per_item", "handling_cost", "congestion", "random", "nominal_lateness_hours",
            "expected_lateness_hours",
        ]

    /// Strategies that weigh by chance what the loop can add, a few of them nothing, so that all candidates tie.
    private func strategies(
        _ number: Int, count: Int, dataset: Dataset, names: [String] = Self.names
    ) throws -> [StrategySpecification] {
        var dice = Dice(draws: Draws(seed: 0x57A7, replication: UInt32(number)))
        return try (0..<count).map { strategy in
            var ratings: [WeightedRating] = []
            for name in names where dice.number(0, 1) < (number % 3 == 0 ? 0.25 : 0.6) {
                ratings.append(
                    WeightedRating(
                        try RatingCatalogue.members.make(name, dataset: dataset),
                        weight: strategy % 6 == 5 ? 0 : dice.number(-0.2, 1), offset: dice.number(0, 1)))
            }
            return StrategySpecification(name: "s\(strategy)", assignment: .scored([RuleSet(ratings: ratings)]))
        }
    }

    private func settings(_ number: Int, dataset: Dataset) -> ReplaySettings {
        var money = MoneyRules()
        money.unservedPerOrder = 7
        money.unservedPerItem = 0.4
        money.latePerOrder = 2
        money.latePerHour = 0.3
        money.compensationCap = number % 2 == 0 ? 5 : .infinity
        money.complaintOnTime = 0.01
        money.complaintLate = 0.2
        money.complaintPerHourLate = 0.03
        money.complaintUnserved = 0.5
        return ReplaySettings(
            from: 0, to: dataset.description.end, warmUp: 20_000, drain: number % 3 == 0 ? 20_000 : 14 * 86_400,
            transitEffect: number % 2 == 0 ? .alongTheWay : .atHandOver, money: money)
    }

    private func world(_ number: Int, dataset: Dataset) -> World {
        var world = World(replication: number, seed: 5, dataset: dataset)
        world.hasServiceNoise = number % 7 != 0
        world.hasTransitNoise = number % 7 != 0
        guard let traffic = dataset.traffic else { return world }
        world.congestion = traffic
        world.slowness = Slowness(series: traffic, regionCount: dataset.regions.count)
        if number % 5 == 4 { world.serviceMultiplier = traffic }
        return world
    }

    @Test("Fused, with every unit and by several threads, and scalar end with the same figures to the last bit")
    func sameMeasures() throws {
        var different = 0
        for number in 0..<TestScale.cases(60) {
            let dataset = try dataset(number)
            let strategies = try strategies(number, count: [1, 3, 4, 9, 17][number % 5], dataset: dataset)
            let settings = settings(number, dataset: dataset)
            // The second world finds what the first has left in the plan.
            let worlds = [world(number, dataset: dataset), world(number + 35, dataset: dataset)]
            let alone = try ReplayPlan(
                dataset: dataset, settings: settings, strategies: strategies, allowsLockstep: false)
            let scalar = worlds.map { alone.replay(world: $0, strategies: strategies.indices).map(\.measures) }
            for (unit, worldCount) in VectorUnit.allCases.filter(\.isSupported).flatMap({ [($0, 1), ($0, 2)] }) {
                let plan = try ReplayPlan(
                    dataset: dataset, settings: settings, strategies: strategies, worldCount: worldCount,
                    vectorUnit: unit)
                #expect(plan.sharesWorlds(worlds[0]), "case \(number)")
                #expect(strategies.indices.allSatisfy { plan.decisionPath(ofStrategy: $0).kind == .fused })
                for threads in [1, 3] {
                    let fused = worlds.prefix(worldCount).map {
                        plan.replay(world: $0, strategies: strategies.indices, threads: threads).map(\.measures)
                    }
                    #expect(
                        fused == Array(scalar.prefix(worldCount)), "case \(number), \(unit), \(threads) threads")
                }
            }
            #expect(scalar[0][0].decisions == Self.orderCount)
            if Set(scalar[0].map { $0.facts[.kilometres] }).count > 2 { different += 1 }
        }
        #expect(different > TestScale.cases(20))
    }

    @Test("The plain simulator, order by order, comes to the sums of the fused loop")
    func agreesWithPlainSimulator() throws {
        for number in 0..<TestScale.cases(12) {
            let dataset = try dataset(number)
            let strategies = try strategies(number, count: 3, dataset: dataset, names: Self.plainNames)
            let (settings, world) = (settings(number, dataset: dataset), world(number, dataset: dataset))
            let plan = try ReplayPlan(dataset: dataset, settings: settings, strategies: strategies)
            let fused = plan.replay(world: world, strategies: strategies.indices).map(\.measures)
            for (index, strategy) in strategies.enumerated() {
                let plain = PlainSimulator.replayCounting(
                    dataset: dataset, settings: settings, strategy: strategy, world: world
                ).outcomes.filter(\.isMeasured)
                let delivered = plain.filter { $0.status == .delivered }
                #expect(fused[index].facts[.kilometres] > 0)
                guard number % 6 != 0 else { continue }
                #expect(fused[index].facts[.delivered] == Double(delivered.count))
                #expect(fused[index].facts[.onTime] == Double(plain.count { $0.isOnTime }))
                #expect(fused[index].facts[.unserved] == Double(plain.count { $0.status == .unserved }))
                let freight = plain.reduce(0) { $0 + $1.shipments.reduce(0) { $0 + $1.freight } }
                #expect(abs(fused[index].facts[.freight] - freight) <= 1e-9 * max(1, freight))
            }
        }
    }

    @Test("A world in which nobody orders, or few do, is replayed like any other")
    func fewOrders() throws {
        let dataset = try dataset(4)
        let settings = settings(4, dataset: dataset)
        let strategies = try strategies(4, count: 9, dataset: dataset)
        for orders in [[], [3], [3, 3, 470]] {
            var world = world(4, dataset: dataset)
            let copies = orders.enumerated().map { number, order in
                OrderCopy(source: order, copy: number, placeSource: order, placedAt: dataset.orders.placedAt[order])
            }
            world.book = try WorldBook(copies: copies, of: dataset, settings: settings)
            let plan = try ReplayPlan(dataset: dataset, settings: settings, strategies: strategies)
            let alone = try ReplayPlan(
                dataset: dataset, settings: settings, strategies: strategies, allowsLockstep: false)
            #expect(plan.sharesWorlds(world))
            let scalar = alone.replay(world: world, strategies: strategies.indices).map(\.measures)
            for threads in [1, 2] {
                let fused = plan.replay(world: world, strategies: strategies.indices, threads: threads)
                #expect(fused.map(\.measures) == scalar)
            }
            #expect(scalar[0].decisions == orders.count)
        }
    }

    @Test("What comes between an order's decision and its course keeps a strategy from the fused loop")
    func otherPaths() throws {
        let dataset = try dataset(4)
        let settings = settings(4, dataset: dataset)
        let strategies = try strategies(4, count: 2, dataset: dataset)
        let plan = try ReplayPlan(dataset: dataset, settings: settings, strategies: strategies)
        var world = world(4, dataset: dataset)
        #expect(plan.sharesWorlds(world))
        world.cancellationHazardPerHour = 0.1
        #expect(!plan.sharesWorlds(world))
        var waits = strategies[0]
        waits.unmet = .wait(deadlineHours: 3)
        var screened = settings
        screened.screening = [ScreeningRule(name: "all", delay: 60)]
        #expect(
            try ReplayPlan(dataset: dataset, settings: settings, strategies: [waits]).decisionPath(ofStrategy: 0).kind
                != .fused)
        #expect(
            try ReplayPlan(dataset: dataset, settings: screened, strategies: strategies).decisionPath(ofStrategy: 0)
                .kind != .fused)
    }
}
