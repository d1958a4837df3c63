import Domain
import History
import Replay
import Strategies
import TestKit
import Testing

/// The strategies that meet storms, queues and empty shelves, on the small network: n1 in the east; n2 and n3, stores, in
/// the west.
@Suite struct SituationStrategyTests {
    @Test("Best margin keeps the most money, which for a whole order is the cheapest")
    func bestMargin() throws {
        let network = try SmallNetwork()
        let rules = try ruleSets(strategy("best_margin", in: network))[0]
        #expect(try best(rules, network) == best(ruleSets(strategy("cheapest", in: network))[0], network))
        #expect(rules.ratings.map(\.weight) == [-1])
    }

    @Test("Kind first asks the region's own nodes of its kind, then all of the kind, then any; nearest within each")
    func kindFirst() throws {
        let network = try SmallNetwork()
        let stores = try ruleSets(strategy("store_first", in: network))
        #expect(stores.count == 3)
        #expect(stores[0].constraints.map { $0.constraint.declaration.name } == ["same_region", "node_kind"])
        #expect(stores[1].constraints.map { $0.constraint.declaration.name } == ["node_kind"])
        #expect(stores[2].constraints.isEmpty)
        let warehouses = try ruleSets(strategy("warehouse_first", in: network))
        #expect(warehouses.count == 3)
        #expect(try best(warehouses[0], network) == "n1/van")
        let given = try strategy(
            "warehouse_first", [ParameterField("kinds", ["store"]), ParameterField("own_region", false)], in: network)
        #expect(try ruleSets(given).count == 2)
    }

    @Test("Workload balanced leaves a node whose day fills up or whose stations have a queue")
    func workload() throws {
        let network = try SmallNetwork()
        let rules = try ruleSets(strategy("workload_balanced", in: network))[0]
        let free = try best(rules, network)
        #expect(free == "n2/van")
        #expect(try best(rules, network, state: { $0.waiting[1] = 400 }) == "n1/van")
    }

    @Test("Stock-out guard first asks nodes that keep a reserve, and prefers deep stock")
    func stockOut() throws {
        let network = try SmallNetwork()
        let rules = try ruleSets(strategy("stock_out_guard", in: network))
        #expect(rules.count == 2 && rules[1].constraints.isEmpty)
        #expect(rules[0].constraints.map { $0.constraint.key } == ["minimum_stock_left(units: 2)"])
        let deep = try ruleSets(strategy("stock_out_guard", [ParameterField("depth", 1_000)], in: network))[1]
        // The second order asks for 4 of a: n1 has 8 to give, n2 8, n3 32.
        #expect(try best(deep, network, order: 1).hasPrefix("n3/"))
    }

    @Test("Low carbon waits for its wave and seeks the fewest shipments, the greenest first")
    func lowCarbon() throws {
        let network = try SmallNetwork()
        let specification = try strategy("low_carbon_wait", [ParameterField("wave_minutes", 30)], in: network)
        #expect(specification.waveSeconds == 1_800)
        let rules = try ruleSets(specification)[0]
        #expect(rules.split == SplitRule(mode: .fewestShipments, maximumSplits: 1))
        #expect(rules.ratings.map(\.rating.key) == ["carbon", "expected_lateness_hours", "cost"])
    }

    @Test("Weather aware goes round a storm at a node, and round one that is warned of")
    func weatherAware() throws {
        func chosen(storm: Double, warned: Int) throws -> String {
            let network = try SmallNetwork(shape: { world, _ in
                world.weather = WeatherSeries(regionCount: 2, hourCount: 24)
                world.weather.stormLevels[24 + 10] = storm
                var warnings = WarningSeries(leadCount: 24, regionCount: 2, hourCount: 24)
                warnings.set(warned, region: 1, hour: 14, lead: 4)
                world.warnings = warnings
            })
            let rules = try ruleSets(
                strategy(
                    "weather_aware", [ParameterField("warning", 20), ParameterField("storm", 20)], in: network))[0]
            return try best(rules, network)
        }
        let calm = try chosen(storm: 0, warned: 0)
        // The order goes to the east, so that a storm in the west is met by the western nodes alone.
        let cheapest = try ruleSets(strategy("weather_aware", in: SmallNetwork()))[0]
        #expect(calm == (try best(cheapest, SmallNetwork())))
        #expect(try chosen(storm: 4, warned: 0).hasPrefix("n1/"))
        #expect(try chosen(storm: 0, warned: 3).hasPrefix("n1/"))
    }

    @Test("Cross-city asks its direct and front nodes while they keep the promise, then any")
    func crossCity() throws {
        let network = try SmallNetwork()
        #expect(try ruleSets(strategy("cross_city", in: network)).count == 1)
        let rules = try ruleSets(
            strategy("cross_city", [ParameterField("front", ["n2"]), ParameterField("direct", ["n3"])], in: network))
        #expect(rules.count == 2)
        #expect(
            rules[0].constraints.map { $0.constraint.declaration.name } == ["allowed_nodes", "promise_reachable"])
        #expect(rules[0].split.maximumSplits == 1 && rules[1].constraints.isEmpty)
    }

    @Test("Health score takes the node in the best health, and cost decides among equals")
    func health() throws {
        let network = try SmallNetwork()
        let rules = try ruleSets(strategy("health_score", [ParameterField("cost", 0.001)], in: network))[0]
        let usual = try best(rules, network)
        let node = try #require(["n1", "n2", "n3"].firstIndex { usual.hasPrefix($0) })
        #expect(try best(rules, network, state: { $0.waiting[node] = 2_000 }) != usual)
    }
}
