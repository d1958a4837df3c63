import Domain
import Foundation
import History
import Replay
import ScenarioFiles
import Strategies
import TestKit
import Testing

@testable import Experiments

/// Two worlds that agree up to an instant, forecasts included, give identical decisions up to it, for every strategy of the
/// catalogue: whatever comes after, nothing of it is seen before.
@Suite struct CausalityTests {
    private static let repository =
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized.path

    /// All strategies but as-happened, whose decisions are on record, and one that looks at all that changes by the hour.
    private static let strategies = StrategyCatalogue.members.names.filter { $0 != "as_happened" && $0 != "custom" }

    /// Half a day of the committed network with every perturbation that changes by the hour.
    private static let scenario = """
        sandtable: 1
        name: causality
        dataset: \(repository)/Datasets/yangtze-delta
        seed: 20261122
        replications: 2
        baseline: nearest
        horizon: {from: 2026-01-13T06:00, to: 2026-01-13T18:00}
        world:
          generated_weather: {wet_share: 0.3, mean_celsius: 1}
          weather_events:
            - {name: ice, regions: [hangzhou-shaoxing], from: 2026-01-13T11:00, to: 2026-01-14T08:00, level: 4, shift_hours: 3}
          weather_forecast: on
          generated_traffic: {sigma: 0.3, persistence: 0.5, incidents_per_day: 2}
          random_outages: {hours_to_failure: 30, hours_to_repair: 3}
          pick_station_loss: {random: {hours_between: 10, mean_hours: 3}}
          cold_chain_excursion: {random: {hours_between: 20, mean_hours: 3}}
          carrier_suspension: {random: {hours_between: 20, mean_hours: 2}}
          carrier_premium: {random: {hours_between: 6, mean_hours: 3, premium: 0.4}}
          late_replenishment: {share: 0.5, mean_hours: 6}
          inventory_error: {share: 0.1, mean_missing: 0.5}
          cancellation: {hazard_per_hour: 0.004}
          service_noise: on
          transit_noise: on
        strategy_defaults:
          unmet: {wait_hours: 24}
        strategies:
        \(strategies.map { $0 == "ranked_list" ? "  - ranked_list: {nodes: [shanghai-qingpu, ningbo-yinzhou]}" : "  - \($0)" }
            .joined(separator: "\n"))
          - name: watchful
            weights: {storm_warning: 3, congestion: 2, freight: 1, weather_storm_level: 1, expected_delivery_hours: {weight: 1, scale: 24}}
            reroute_on_outage: on
        objectives:
          - {metric: on_time_rate, weight: 1, from: 0.7, to: 1, practical_difference: 0.01}
        """

    @Test("Whatever the weather, warnings, roads, failures and prices are later, decisions before are the same")
    func noStrategySeesTheFuture() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/causality.yaml"
            try Self.scenario.write(toFile: path, atomically: true, encoding: .utf8)
            let document = try ScenarioDocument.read(path)
            let dataset = try DatasetReader.open(document.datasetPath(), cache: .never).dataset
            let experiment = try Experiment(scenario: try document.resolve(dataset: dataset), dataset: dataset)
            let names = experiment.scenario.strategies.map(\.name)
            #expect(names.count == Self.strategies.count + 1)
            let settings = experiment.plan.settings
            let turn = ((settings.from + settings.to) / 2 / 3_600).rounded() * 3_600
            let world = try experiment.world(replication: 0)
            let other = WorldSplice(dataset: dataset, turn: turn).splice(world, try experiment.world(replication: 1))
            let first = CaseReplays.engine(experiment.plan, world: world).orders
            let second = CaseReplays.engine(experiment.plan, world: other).orders
            var decisions = 0
            for (strategy, name) in names.enumerated() {
                var differing = 0
                for (left, right) in zip(first[strategy], second[strategy]) {
                    let past = before(turn, left)
                    decisions += past.count
                    if past != before(turn, right) { differing += 1 }
                }
                #expect(differing == 0, "\(name): \(differing) orders were decided otherwise before the worlds parted")
                // The other future matters: the test can fail.
                #expect(first[strategy] != second[strategy], "\(name)")
            }
            #expect(decisions > 1_000 * names.count)
        }
    }

    /// What was decided of an order before an instant, and what of it had begun to be picked.
    private func before(_ time: Double, _ order: OrderOutcome) -> [String] {
        order.shipments.filter { $0.assignedAt < time }.map { shipment in
            let start = shipment.pickStart < time && !shipment.isVoid ? "\(shipment.pickStart)" : "later"
            return
                "\(shipment.ordinal) \(shipment.assignedAt) \(shipment.node) \(shipment.service) \(shipment.lines) \(start)"
        }
    }
}

/// Joins the past of one world to the future of another.
private struct WorldSplice {
    let dataset: Dataset
    /// A full hour.
    let turn: Double
    private var hour: Int { Int(turn / 3_600) }

    /// The first world up to the instant, the second from then on; draws that belong to orders and stock stay the first's.
    func splice(_ first: World, _ second: World) -> World {
        var world = first
        let regions = dataset.regions.count
        world.weather = weather(first.weather, second.weather)
        world.warnings = warnings(first, second)
        world.congestion = series(first.congestion, second.congestion, regions)
        world.serviceMultiplier = series(first.serviceMultiplier, second.serviceMultiplier, regions)
        world.cancellationMultiplier = series(first.cancellationMultiplier, second.cancellationMultiplier, regions)
        world.freightMultiplier = series(
            first.freightMultiplier, second.freightMultiplier, dataset.services.count)
        world.slowness = slowness(first.slowness, second.slowness, regions)
        world.outages = zip(first.outages, second.outages).map { Interval.union(spans($0, $1)) }
        world.suspensions = zip(first.suspensions, second.suspensions).map { Interval.union(spans($0, $1)) }
        world.stationLosses = zip(first.stationLosses, second.stationLosses).map { left, right in
            left.compactMap { loss in past(loss.span).map { StationLoss(span: $0, stations: loss.stations) } }
                + right.compactMap { loss in future(loss.span).map { StationLoss(span: $0, stations: loss.stations) } }
        }
        world.bans =
            first.bans.compactMap { ban in past(ban.span).map { with($0, ban) } }
            + second.bans.compactMap { ban in future(ban.span).map { with($0, ban) } }
        world.replenishmentDelays = dataset.replenishments.indices.map { row in
            let planned = dataset.replenishments[row].time
            let arrival = planned + first.replenishmentDelays[row]
            if arrival < turn { return first.replenishmentDelays[row] }
            return max(second.replenishmentDelays[row], turn - planned)
        }
        return world
    }

    private func past(_ span: Interval) -> Interval? {
        span.from < turn ? Interval(from: span.from, to: min(span.to, turn)) : nil
    }

    private func future(_ span: Interval) -> Interval? {
        span.to > turn ? Interval(from: max(span.from, turn), to: span.to) : nil
    }

    private func spans(_ first: [Interval], _ second: [Interval]) -> [Interval] {
        first.compactMap(past) + second.compactMap(future)
    }

    private func with(_ span: Interval, _ ban: Ban) -> Ban {
        Ban(span: span, products: ban.products, nodes: ban.nodes, services: ban.services, regions: ban.regions)
    }

    private func series(_ first: HourlySeries, _ second: HourlySeries, _ rows: Int) -> HourlySeries {
        let hours = max(first.hourCount, second.hourCount)
        var series = HourlySeries(regionCount: rows, hourCount: hours, neutral: first.neutral)
        for row in 0..<rows {
            for hour in 0..<hours {
                series.values[row * hours + hour] = (hour < self.hour ? first : second).value(region: row, hour: hour)
            }
        }
        return series
    }

    private func slowness(_ first: Slowness, _ second: Slowness, _ rows: Int) -> Slowness {
        let hours = max(first.hourCount, second.hourCount)
        var series = HourlySeries(regionCount: rows, hourCount: hours, neutral: 1)
        for row in 0..<rows {
            for hour in 0..<hours {
                series.values[row * hours + hour] = (hour < self.hour ? first : second)
                    .value(region: row, at: 3_600 * Double(hour))
            }
        }
        return Slowness(series: series, regionCount: rows)
    }

    private func weather(_ first: WeatherSeries, _ second: WeatherSeries) -> WeatherSeries {
        var weather = first
        for index in weather.classes.indices where index % weather.hourCount >= hour {
            weather.classes[index] = second.classes[index]
            weather.intensities[index] = second.intensities[index]
            weather.stormLevels[index] = second.stormLevels[index]
        }
        return weather
    }

    /// A warning belongs to the hour in which it is issued.
    private func warnings(_ first: World, _ second: World) -> WarningSeries? {
        guard var warnings = first.warnings, let later = second.warnings else { return nil }
        for region in dataset.regions.indices {
            for valid in 0..<warnings.hourCount {
                for lead in 0..<warnings.leadCount where valid - lead >= hour {
                    warnings.set(
                        later.level(region: region, validHour: valid, lead: lead), region: region, hour: valid,
                        lead: lead)
                }
            }
        }
        return warnings
    }
}
