import Domain
import Testing

@testable import ScenarioFiles

/// The canonical text of a scenario.
private func canonical(_ text: String, _ options: ScenarioOptions = ScenarioOptions()) throws -> String {
    try TwoCities.resolve(text, options: options).canonicalText
}

private let full = """
    sandtable: 1
    name: small
    dataset: data
    seed: 5
    horizon: {warm_up_hours: 2}
    world: {cancellation: {hazard_per_hour: 0.01}, service_noise: on, outages: [{node: east, from: 0, to: 7200}]}
    strategies:
      - nearest
      - name: own
        weights: {freight: 1, distance: 2, signal: {name: premium, weight: 1}}
        constraints: [same_region, {maximum_distance: {kilometres: 400}}]
    objectives: [{metric: on_time_rate, from: 0.8, to: 1, practical_difference: 0.005}]
    metrics: {b_ratio: {numerator: freight, denominator: orders}, a_ratio: {numerator: [freight], denominator: items}}

    """

/// Comments, order of keys, spelled-out defaults, ways to write a value and paths change nothing.
@Test func whatMeansTheSameReadsTheSame() throws {
    let same = """
        # another head
        metrics:
          a_ratio: {denominator: items, numerator: freight, unit: ratio}
          b_ratio: {denominator: [orders], direction: higher, numerator: freight}
        objectives:
          - practical_difference: 5e-3
            to: 1.0
            from: 0.80
            weight: 1
            metric: "on_time_rate"
        strategies:
          - nearest: {splits: {mode: most_lines, max: 1}, partial: off, unmet: {wait_hours: 48}, wave_minutes: off}
          - weights: [{signal: {weight: 1, name: premium}}, {distance: {weight: 2}}, {freight: 1.0}]
            constraints: [{maximum_distance: 400}, same_region: ]
            name: own
        world:
          outages: {list: {to: 2026-01-12T02:00, from: 2026-01-12T00:00:00+08:00, node: east}}
          transit_noise: off
          service_noise: {enabled: true}
          recorded_weather: on
          cancellation: {recorded: on, hazard_per_hour: 1e-2}
        horizon: {from: 2026-01-12T00:00, warm_up_hours: 2.0, drain_days: 14}
        replications: 50
        baseline: nearest
        seed: 5
        transit_effect: along_the_way
        risk: {level: 0.1}
        costs: {late_per_hour: 0}
        dataset: ../elsewhere/data
        name: small
        sandtable: 1
        """
    #expect(try canonical(same) == canonical(full))
}

/// Every change of meaning changes the text.
@Test(arguments: [
    "seed=6", "name=other", "replications=51", "baseline=own", "horizon.warm_up_hours=3", "horizon.to=160000",
    "horizon.drain_days=13", "world.cancellation.hazard_per_hour=0.02", "world.cancellation=off",
    "world.service_noise=off", "world.transit_noise=on", "world.recorded_weather=off", "world.outages[0].to=7201",
    "transit_effect=at_hand_over", "outage_detection_minutes=1", "costs.late_per_hour=1", "complaints.late=0.1",
    "screening=[{name: a, delay_hours: 1}]", "strategies[0].splits.max=2", "strategies[own].weights.freight=2",
    "strategies[own].weights.freight={weight: 1, scale: 3}", "strategies[own].weights.signal.name=promotion",
    "strategies[own].constraints=[same_region]", "strategies[own].unmet=cancel", "strategies[own].partial=on",
    "strategies[own].wave_minutes=5", "strategies[own].reroute_on_outage=on", "strategies[own].use_safety_stock=on",
    "strategies[own].then=[{constraints: []}]", "strategies=[nearest]", "objectives[0].weight=2",
    "objectives[0].from=0.7",
    "objectives[0].practical_difference=0.01", "guardrails=[{metric: fill_rate, at_least: 0.9}]", "risk={level: 0.2}",
    "metrics.b_ratio.denominator=items", "report.by=[region]", "report.metrics=[fill_rate]",
])
func whatMeansSomethingElseReadsDifferently(_ change: String) throws {
    #expect(try canonical(full, ScenarioOptions(overrides: [change])) != canonical(full))
}

/// `--strategies` with all names changes nothing; with fewer it does.
@Test func aSelectionOfStrategiesIsPartOfTheMeaning() throws {
    #expect(try canonical(full, ScenarioOptions(strategies: ["own", "nearest"])) == canonical(full))
    #expect(try canonical(full, ScenarioOptions(strategies: ["own"])) != canonical(full))
}

/// Ways to write a world that make the same worlds read the same.
@Test(arguments: [
    [
        "", "{}", "{cancellation: {hazard_per_hour: 0}}", "{cancellation: {hazard_per_hour: 0, recorded: on}}",
        "{cancellation: off, service_noise: off, transit_noise: {enabled: false}, outages: off}",
        // The dataset records no cancellation, so that it does not matter what becomes of recorded ones.
        "{cancellation: {recorded: off}}", "{outages: {list: []}}", "{recorded_weather: on, recorded_traffic: on}",
        "{weather_effects: {transit: {rain: 1.11}}}",
    ],
    [
        "{outages: [{node: east, from: 0, to: 7200}, {node: west, from: 60, to: 90}]}",
        "{outages: [{node: west, from: 60, to: 90}, {node: east, from: 0, to: 7200}]}",
        "{outages: [{node: west, from: 60, to: 90}, {node: east, from: 3600, to: 7200}, {node: east, from: 0, to: 3600}]}",
        "{outages: [{node: east, from: 0, to: 7200}, {node: west, from: 60, to: 90}, {node: west, from: 70, to: 80}]}",
    ],
    ["{recorded_weather: off}", "{recorded_weather: {enabled: false}}"],
])
func worldsThatAreTheSameReadTheSame(_ ways: [String]) throws {
    let texts = try ways.map { try canonical(TwoCities.minimal + ($0.isEmpty ? "" : "world: \($0)\n")) }
    for (way, text) in zip(ways, texts) { #expect(text == texts[0], "\(way)") }
    let other = try canonical(TwoCities.minimal + "world: {service_noise: on}\n")
    #expect(texts[0] != other)
}

/// What becomes of recorded cancellations is part of the meaning as soon as one is recorded.
@Test func recordedCancellationsArePartOfTheMeaning() throws {
    func text(_ world: String) throws -> String {
        try ScenarioDocument(text: TwoCities.minimal + world, path: "s.yaml")
            .resolve(dataset: TwoCities.dataset(hasHistory: true, isFirstCancelled: true)).canonicalText
    }
    #expect(try text("world: {cancellation: {recorded: off}}\n") != text(""))
    #expect(try text("world: {cancellation: {recorded: on}}\n") == text(""))
}
