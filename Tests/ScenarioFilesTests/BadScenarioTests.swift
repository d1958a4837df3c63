import Testing

@testable import ScenarioFiles

/// Every strategy, as messages list them.
private let strategyNames = [
    "as_happened", "best_margin", "capacity_matched", "cheapest", "cross_city", "custom", "fastest", "fewest_splits",
    "health_score", "least_carbon", "low_carbon_wait", "nearest", "random", "ranked_list", "stock_balanced",
    "stock_out_guard", "store_first", "warehouse_first", "weather_aware", "weighted", "workload_balanced",
].joined(separator: ", ")

/// Every perturbation, as messages list them.
private let perturbationNames = [
    "bootstrap_weather", "cancellation", "carrier_capacity", "carrier_premium", "carrier_suspension",
    "cold_chain_excursion", "demand", "file", "generated_traffic", "generated_weather", "inventory_error",
    "late_replenishment", "lockdown", "outages", "pick_station_loss", "product_ban", "random_outages",
    "recorded_traffic", "recorded_weather", "roster_gap", "service_noise", "transit_noise", "weather_effects",
    "weather_events", "weather_forecast",
].joined(separator: ", ")

/// A wrong line is an error that says where it stands, what was found and what would be right.
@Test(arguments: [
    ("seed: -1", "s.yaml:6:7: found '-1' for seed, expected a whole number from 0 to 18446744073709551615"),
    ("replications: 0", "s.yaml:6:15: found '0' for replications, expected a whole number from 1 to 1000000"),
    ("replications: many", "s.yaml:6:15: found 'many' for replications, expected a whole number from 1 to 1000000"),
    (
        "baseline: nearst",
        "s.yaml:6:11: found unknown strategy 'nearst' for baseline, expected one of cheapest, nearest; did you mean 'nearest'?"
    ),
    ("seed:", "s.yaml:6:6: found nothing for seed, expected a value, or no such key"),
    ("seed: 1\nseed: 2", "s.yaml:6:1: found the key 'seed' more than once, expected each key once"),
    ("risk: {level: 0}", "s.yaml:6:15: found '0' for risk.level, expected a number above 0, at most 1"),
    ("horizon: 5", "s.yaml:6:10: found '5' for horizon, expected keys and values"),
    (
        "horizon: {from: yesterday}",
        "s.yaml:6:17: found 'yesterday' for horizon.from, expected an instant (2026-01-12T08:30:00, "
            + "2026-01-12T08:30:00+08:00 or seconds from the start)"
    ),
    (
        "horizon: {from: 2026-01-13T00:00, to: 2026-01-12T00:00}",
        "s.yaml:6:10: found a horizon from 2026-01-13T00:00:00 to 2026-01-12T00:00:00, expected 'to' after 'from'"
    ),
    (
        "horizon: {from: 2026-02-13T00:00, to: 2026-02-14T00:00}",
        "s.yaml:6:10: found no order placed in 2026-02-13T00:00:00 to 2026-02-14T00:00:00, expected orders; the dataset "
            + "'two cities' has 40 in 2026-01-12T00:00:00 to 2026-01-14T00:00:00"
    ),
    (
        "horizon: {warm_up_hours: 47}",
        "s.yaml:6:10: found no order placed in 2026-01-13T23:00:00 to 2026-01-14T00:00:00 after the warm-up, expected orders; "
            + "the dataset 'two cities' has 40 in 2026-01-12T00:00:00 to 2026-01-14T00:00:00"
    ),
    (
        "world: {servce_noise: on}",
        "s.yaml:6:9: found unknown perturbation 'servce_noise', expected one of \(perturbationNames); did you mean 'service_noise'?"
    ),
    ("world: {service_noise: maybe}", "s.yaml:6:24: found 'maybe' for world.service_noise, expected 'on' or 'off'"),
    (
        "world: {cancellation: {hazard_per_hour: -1}}",
        "s.yaml:6:41: found '-1' for world.cancellation.hazard_per_hour, expected a number at least 0"
    ),
    (
        "world: {outages: [{node: eest, from: 0, to: 1}]}",
        "s.yaml:6:26: found unknown node 'eest' for world.outages[0].node, expected one of east, west; did you mean 'east'?"
    ),
    (
        "world: {outages: [{node: east, from: 0}]}",
        "s.yaml:6:19: found no 'to' for world.outages[0], expected an instant (when it ends)"
    ),
    (
        "transit_effect: along",
        "s.yaml:6:17: found unknown transit effect 'along' for transit_effect, expected one of along_the_way, at_hand_over"
    ),
    (
        "screening: [{name: a}]",
        "s.yaml:6:13: found no 'delay_hours' for screening[0], expected the hours that the rule takes"
    ),
    (
        "screening: [{name: a, delay_hours: 2, segment: nwe}]",
        "s.yaml:6:48: found unknown segment 'nwe' for screening[0].segment, expected one of new, regular; did you mean 'new'?"
    ),
    (
        "screening: [{name: a, delay_hours: 2}, {name: a, delay_hours: 1}]",
        "s.yaml:6:40: found two screening rules named 'a', expected a name of its own for each"
    ),
    ("complaints: {late: 2}", "s.yaml:6:20: found '2' for complaints.late, expected a number from 0 to 1"),
    (
        "costs: {late_per_hours: 5}",
        "s.yaml:6:9: found unknown key 'late_per_hours', expected one of compensation_cap, late_per_hour, late_per_order, "
            + "unserved_per_item, unserved_per_order; did you mean 'late_per_hour'?"
    ),
    (
        "guardrails: [{metric: fill_rate}]",
        "s.yaml:6:14: found no bound for guardrails[0], expected 'at_least' or 'at_most'"
    ),
    (
        "report: {by: [region, regoin]}",
        "s.yaml:6:23: found unknown cut 'regoin' for report.by[1], expected one of category, channel, hour, node, region, "
            + "segment, service, weather; did you mean 'region'?"
    ),
    (
        "metrics: {a: {numerator: freight}}",
        "s.yaml:6:14: found no 'denominator' for metrics.a, expected a fact or metric, or a list of them"
    ),
    (
        "metrics: {fill_rate: {numerator: freight, denominator: orders}}",
        "s.yaml:6:11: found the key 'fill_rate' of a metric of the catalogue, expected a key of its own"
    ),
    (
        "strategy_defaults: {weights: {freight: 1}}",
        "s.yaml:6:21: found unknown key 'weights', expected one of constraints, partial, reroute_on_outage, splits, unmet, "
            + "use_safety_stock, wave_minutes"
    ),
])
func aWrongLineIsNamed(_ line: String, _ expected: String) {
    #expect(TwoCities.messages(adding: line + "\n") == expected)
}

/// A dataset that is no path, or not there, is an error of the scenario.
@Test func aWrongDatasetPathIsNamed() {
    #expect(
        TwoCities.messages(TwoCities.minimal.replacing("dataset: data", with: "dataset: [a]"))
            == "s.yaml:3:10: found a list for dataset, expected a text")
    #expect(
        TwoCities.messages(TwoCities.minimal.replacing("dataset: data", with: ""))
            == "s.yaml:1:1: found no 'dataset', expected the folder of a dataset")
}

/// An unknown key names the nearest right one.
@Test func anUnknownKeyNamesTheNearest() {
    let message = TwoCities.messages(adding: "replicatons: 5\n")
    #expect(
        message.hasPrefix("s.yaml:6:1: found unknown key 'replicatons', expected one of baseline, complaints, costs,"))
    #expect(message.hasSuffix("strategy_defaults, transit_effect, world; did you mean 'replications'?"))
}

/// The minimal scenario with other strategies.
private func messages(strategies: String, hasHistory: Bool = false) -> String {
    TwoCities.messages(
        TwoCities.minimal.replacing("[nearest, cheapest]", with: strategies), hasHistory: hasHistory)
}

/// A wrong strategy, rating or constraint is named, with the nearest right word.
@Test(arguments: [
    (
        "[neerest]",
        "s.yaml:4:14: found unknown strategy 'neerest' for strategies[0], expected one of \(strategyNames); "
            + "did you mean 'nearest'?"
    ),
    ("[nearest, nearest]", "s.yaml:4:23: found two strategies named 'nearest', expected a 'name' of its own for each"),
    ("[]", "s.yaml:4:13: found a list for strategies, expected at least one strategy"),
    ("nearest", "s.yaml:4:13: found 'nearest' for strategies, expected a list"),
    (
        "[{nearest: {splits: {max: -1}}}]",
        "s.yaml:4:39: found '-1' for strategies[0].nearest.splits.max, expected a whole number from 0 to 1000"
    ),
    (
        "[{name: nearest}]",
        "s.yaml:4:14: found no 'weights' for strategies[0], expected a weight for each rating of a strategy of your own; "
            + "did you mean '- nearest'?"
    ),
    (
        "[{weights: {freight: 1}}]",
        "s.yaml:4:14: found no 'name' for strategies[0], expected the strategy's name in results"
    ),
    (
        "[{name: a, weights: {freight: 0}}]",
        "s.yaml:4:14: found strategy 'a' without a rating to score by, expected at least one weight"
    ),
    (
        "[{name: a, weights: {freight: lots}}]",
        "s.yaml:4:43: found 'lots' for strategies[0].weights.freight, expected a number"
    ),
    (
        "[{name: a, weights: {signal: {name: premum, weight: 1}}}]",
        "s.yaml:4:49: found unknown signal 'premum' for strategies[0].weights.signal.name, expected one of premium, "
            + "promotion; did you mean 'premium'?"
    ),
    (
        "[{name: a, weights: {stock_depth: {weight: 1, scale: 0}}}]",
        "s.yaml:4:66: found '0' for strategies[0].weights.stock_depth.scale, expected a number above 0"
    ),
    (
        "[{name: a, weights: {freight: 1}, constraints: [maximum_distance]}]",
        "s.yaml:4:61: found constraint 'maximum_distance' without 'kilometres', expected a number at least 0 "
            + "(the longest lane allowed)"
    ),
    (
        "[{name: a, weights: {freight: 1}, constraints: [{maximum_distance: {kilometres: 5, sft: 1}}]}]",
        "s.yaml:4:96: found unknown key 'sft', expected one of kilometres, soft; did you mean 'soft'?"
    ),
    (
        "[{name: a, weights: {freight: 1}, constraints: [{allowed_nodes: {nodes: [eastt]}}]}]",
        "s.yaml:4:86: found unknown node 'eastt' for strategies[0].constraints[0].allowed_nodes.nodes[0], expected one of "
            + "east, west; did you mean 'east'?"
    ),
    (
        "[{nearest: {unmet: wait}}]",
        "s.yaml:4:32: found 'wait' for strategies[0].nearest.unmet, expected 'cancel' or '{wait_hours: number}'"
    ),
    (
        "[{nearest: {name: 'a,b'}}]",
        "s.yaml:4:31: found 'a,b' for strategies[0].nearest.name, expected a name of at most 60 characters without commas"
    ),
    ("[as_happened]", "s.yaml:4:14: found as_happened on a dataset without history, expected a table 'history'"),
    (
        "[[nearest]]",
        "s.yaml:4:14: found a list for strategies[0], expected the name of a strategy, or 'strategy: {parameters}'"
    ),
    (
        "[{capacity_matched: {spare_share: 20}}]",
        "s.yaml:4:47: found '20' for strategies[0].capacity_matched.spare_share, expected a number from 0 to 1"
    ),
])
func aWrongStrategyIsNamed(_ list: String, _ expected: String) {
    #expect(messages(strategies: list) == expected)
}

/// An unknown rating or constraint names the nearest.
@Test func unknownRatingsAndConstraintsNameTheNearest() {
    let list = "[{name: a, weights: {freigt: 1}, constraints: [max_distance]}]"
    let lines = messages(strategies: list).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(
        lines[0].hasPrefix("s.yaml:4:34: found unknown rating 'freigt' for strategies[0].weights, expected one of "))
    #expect(lines[0].hasSuffix("; did you mean 'freight'?"))
    #expect(
        lines[1].hasPrefix("s.yaml:4:60: found unknown constraint 'max_distance' for strategies[0].constraints[0],"))
    #expect(lines[1].hasSuffix("; did you mean 'maximum_distance'?"))
}

/// A strategy that copies history refuses what it would ignore.
@Test func aCopyOfHistoryRefusesScores() {
    #expect(
        messages(strategies: "[{as_happened: {splits: 2, unmet: cancel}}]", hasHistory: true)
            == "s.yaml:4:29: found 'splits' for a strategy that copies history, expected any of name, unmet, partial, "
            + "wave_minutes, reroute_on_outage")
}

/// All errors of a file come at once, in the order of the file.
@Test func allErrorsComeAtOnce() {
    let text = """
        sandtable: 2
        name: a/b
        dataset: data
        seed: x
        strategies: [neerest, {cheapest: {splits: -1}}]
        world: {service_noise: 3}
        objectives: [{metric: on_time_rate, from: 1, to: 0, practical_difference: 0.1}]
        """
    let places = TwoCities.messages(text).split(separator: "\n").map { $0.prefix(while: { $0 != " " }) }
    #expect(
        places == [
            "s.yaml:1:12:", "s.yaml:2:7:", "s.yaml:4:7:", "s.yaml:5:14:", "s.yaml:5:43:", "s.yaml:6:24:",
            "s.yaml:7:14:",
        ])
}

/// What is no scenario at all says so.
@Test(arguments: [
    ("", "s.yaml: found an empty file, expected a scenario"),
    ("# only a head\n", "s.yaml: found an empty file, expected a scenario"),
    ("- a", "s.yaml:1:1: found a list, expected a scenario: keys and values"),
    (
        "a: [1",
        "s.yaml:2:1: found broken YAML (while parsing a flow sequence did not find expected ',' or ']'), expected valid YAML"
    ),
])
func whatIsNoScenarioSaysSo(_ text: String, _ expected: String) {
    #expect(TwoCities.messages(text) == expected)
}

/// A file that is missing, a folder or no text is an input error.
@Test func unreadableFilesAreErrors() {
    #expect(messageOfReading("/no/such.yaml") == "/no/such.yaml: found no such file, expected a scenario file")
    #expect(messageOfReading("/tmp") == "/tmp: found a folder, expected a scenario file")
}

private func messageOfReading(_ path: String) -> String {
    do {
        _ = try ScenarioDocument.read(path)
        return "no error"
    } catch {
        return "\(error)"
    }
}

/// What the command line gives is named by its option.
@Test(arguments: [
    (
        ScenarioOptions(overrides: ["world.cancelation.hazard=1"]),
        "--set world.cancelation.hazard=1: found unknown perturbation 'world.cancelation', expected one of \(perturbationNames); did you mean 'world.cancellation'?"
    ),
    (
        ScenarioOptions(overrides: ["world.cancellation.hazard_per_hour=-1"]),
        "--set world.cancellation.hazard_per_hour=-1: found '-1' for world.cancellation.hazard_per_hour, expected a number at least 0"
    ),
    (
        ScenarioOptions(strategies: ["nearest", "cheapst"]),
        "--strategies: found unknown strategy 'cheapst', expected one of cheapest, nearest; did you mean 'cheapest'?"
    ),
    (ScenarioOptions(strategies: []), "--strategies: found nothing, expected names of strategies"),
    (
        ScenarioOptions(replications: 0),
        "--replications 0: found '0' for replications, expected a whole number from 1 to 1000000"
    ),
    (
        ScenarioOptions(cuts: ["regoin"]),
        "--by: found unknown cut 'regoin' for report.by[0], expected one of category, channel, hour, node, region, segment, "
            + "service, weather; did you mean 'region'?"
    ),
])
func errorsOfOptionsNameTheOption(_ options: ScenarioOptions, _ expected: String) {
    #expect(TwoCities.messages(TwoCities.minimal, options: options) == expected)
}
