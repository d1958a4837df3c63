import Domain
import History
import Replay
import TestKit
import Testing
import Worlds

/// A world of a case in which everything that can be drawn is drawn.
enum SampledCase {
    /// The world.
    static func world(_ one: RandomCase) throws -> World {
        let settings: [(String, [ParameterField])] = [
            (
                "demand",
                [
                    ParameterField("multiplier", 1.2), ParameterField("frailty_sd", 0.3),
                    ParameterField("jitter_minutes", 60),
                    ParameterField("surges", [["multiplier": 2, "from": 20_000, "to": 60_000, "decay_hours": 3]]),
                ]
            ),
            ("generated_weather", [ParameterField("wet_share", 0.3)]),
            ("weather_events", [ParameterField("list", [["from": 30_000, "to": 80_000, "level": 4]])]),
            ("weather_forecast", []), ("generated_traffic", [ParameterField("incidents_per_day", 4)]),
            ("random_outages", [ParameterField("hours_to_failure", 30), ParameterField("hours_to_repair", 3)]),
            ("late_replenishment", [ParameterField("mean_hours", 8)]),
            ("pick_station_loss", [ParameterField("random", ["hours_between": 20, "mean_hours": 4])]),
            ("cold_chain_excursion", [ParameterField("random", ["hours_between": 20, "mean_hours": 4])]),
            ("carrier_suspension", [ParameterField("random", ["hours_between": 30, "mean_hours": 3])]),
            (
                "carrier_premium",
                [ParameterField("random", ["hours_between": 10, "mean_hours": 5, "premium": 0.3])]
            ),
            ("inventory_error", [ParameterField("share", 0.3), ParameterField("mean_missing", 0.4)]),
            (
                "product_ban",
                [
                    ParameterField(
                        "list",
                        [
                            [
                                "products": [ParameterValue(.text(one.dataset.products.ids[0]))], "from": 30_000,
                                "to": 50_000,
                            ]
                        ])
                ]
            ),
            ("cancellation", [ParameterField("hazard_per_hour", 0.02)]), ("service_noise", []), ("transit_noise", []),
        ]
        var perturbations: [any Perturbation] = []
        for (name, given) in settings {
            perturbations.append(try PerturbationCatalogue.members.make(name, given, dataset: one.dataset))
        }
        return try WorldSampler.sample(
            perturbations, dataset: one.dataset, settings: one.settings, seed: 11, replication: one.number)
    }
}

/// Sampled worlds on random cases: demand, weather, traffic, failures and late stock, all at once.
@Suite struct WorldBookTests {
    @Test("With every perturbation on, engine and plain simulator agree on the orders of the world, one by one")
    func agreement() throws {
        var orderCount = 0
        for number in 0..<TestScale.cases(150) {
            let one = try RandomCase(number: number)
            var world = try SampledCase.world(one)
            let book = try #require(world.book)
            guard !book.copies.isEmpty else { continue }
            let ofBook = try ReplayPlan(dataset: one.dataset, settings: one.settings, strategies: one.strategies)
                .replay(world: world, strategies: one.strategies.indices).map(\.measures)
            // The same orders as a dataset of its own, replayed as recorded.
            world.book = nil
            let plan = try ReplayPlan(dataset: book.dataset, settings: one.settings, strategies: one.strategies)
            let engine = CaseReplays.engine(plan, world: world)
            for (alone, own) in zip(engine.trials.map(\.measures), ofBook) {
                #expect(alone.facts == own.facts && alone.leadTimeHours == own.leadTimeHours, "case \(number)")
                #expect(alone.decisions == own.decisions && alone.peakQueue == own.peakQueue, "case \(number)")
            }
            for (index, strategy) in one.strategies.enumerated() {
                let plain = PlainSimulator.replayCounting(
                    dataset: book.dataset, settings: one.settings, strategy: strategy, world: world)
                orderCount += plain.outcomes.count
                let differences = OutcomeComparison.differences(
                    between: engine.orders[index], and: plain.outcomes, dataset: book.dataset)
                #expect(differences.isEmpty, "case \(number), \(strategy.name): \(differences.first ?? "")")
            }
        }
        #expect(orderCount > 100 * TestScale.cases(150))
    }

    @Test("A recorded outcome names the copy it is of, and every copy has one")
    func copies() throws {
        let one = try RandomCase(number: 4)
        let world = try SampledCase.world(one)
        let book = try #require(world.book)
        let plan = try ReplayPlan(dataset: one.dataset, settings: one.settings, strategies: one.strategies)
        let outcomes = CaseReplays.engine(plan, world: world).orders[0]
        #expect(outcomes.count == book.copies.count && outcomes.count > 20)
        for outcome in outcomes { #expect(outcome.copy == Int(book.copies[outcome.order].copy)) }
        #expect(outcomes.contains { $0.copy > 0 })
    }
}
