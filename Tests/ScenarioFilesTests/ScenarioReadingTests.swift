import Domain
import Foundation
import Replay
import Testing

@testable import ScenarioFiles

/// The text of the example in the article on the format.
private func articleExample() throws -> String {
    let article = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/ScenarioFiles/ScenarioFiles.docc/ScenarioFormat.md")
    let text = try String(contentsOf: article, encoding: .utf8)
    let start = try #require(text.range(of: "```yaml\n"))
    let end = try #require(text.range(of: "```", range: start.upperBound..<text.endIndex))
    return String(text[start.upperBound..<end.lowerBound])
}

/// What a scenario leaves out has the documented default.
@Test func aMinimalScenarioHasTheDocumentedDefaults() throws {
    let scenario = try TwoCities.resolve(TwoCities.minimal)
    #expect(scenario.name == "small")
    #expect(scenario.seed == 1)
    #expect(scenario.replications == 50)
    #expect(scenario.baseline == 0)
    #expect(scenario.settings.from == 0 && scenario.settings.to == 172_800)
    #expect(scenario.settings.warmUp == 0 && scenario.settings.drain == 14 * 86_400)
    #expect(scenario.settings.detectionDelay == 0 && scenario.settings.transitEffect == .alongTheWay)
    #expect(scenario.settings.money == MoneyRules())
    #expect(scenario.strategies.map(\.name) == ["nearest", "cheapest"])
    #expect(scenario.strategies.map(\.unmet) == [.wait(deadlineHours: 48), .wait(deadlineHours: 48)])
    #expect(
        scenario.objectives == [
            Objective(metric: "on_time_rate", weight: 1, from: 0.8, to: 1, practicalDifference: 0.005)
        ])
    #expect(scenario.reportMetrics.first == "on_time_rate" && scenario.reportMetrics.contains("cost_per_order"))
    #expect(scenario.cuts.isEmpty && scenario.guardrails.isEmpty)
    #expect(scenario.riskLevel == 0.1)
    #expect(
        scenario.perturbationKeys.map { String($0.prefix { $0 != "(" }) }
            == ["recorded_weather", "weather_effects", "recorded_traffic"])
}

/// The complete example of the article reads, and every value lands where the article says.
@Test func theExampleOfTheArticleReads() throws {
    let document = try ScenarioDocument(text: articleExample(), path: "Scenarios/two-cities.yaml")
    #expect(document.head == "Two cities under a storm: does a strategy of our own beat the nearest warehouse?")
    #expect(try document.datasetPath() == "Datasets/two-cities")
    let scenario = try document.resolve(dataset: TwoCities.dataset())
    #expect(scenario.seed == 20_260_112 && scenario.replications == 50)
    #expect(scenario.settings.warmUp == 21_600 && scenario.settings.detectionDelay == 600)
    #expect(scenario.settings.to == 172_800)
    #expect(scenario.settings.screening.map(\.name) == ["high_value", "spot_check"])
    #expect(scenario.settings.screening[0].valueAbove == 5_000 && scenario.settings.screening[0].delay == 7_200)
    #expect(scenario.settings.screening[1].share == 0.05 && scenario.settings.screening[1].segment != nil)
    #expect(scenario.settings.money.compensationCap == 30 && scenario.settings.money.complaintPerHourLate == 0.01)
    #expect(scenario.perturbations.map(\.declaration.name).count == 7)
    #expect(
        scenario.strategies.map(\.name) == [
            "nearest", "cheapest", "cheapest whole", "capacity_matched", "weighted", "balanced",
        ])
    #expect(scenario.guardrails == [Guardrail(metric: "fill_rate", bound: .atLeast(0.95))])
    #expect(scenario.reportMetrics == ["on_time_rate", "fill_rate", "cost_per_order", "freight_per_km"])
    #expect(scenario.cuts == [.region, .segment])
    #expect(scenario.metric("freight_per_km")?.declaration.direction == .lower)
}

/// Options of a strategy hold over the catalogue's, and the shared ones below its own.
@Test func strategyOptionsHoldWhereTheyAreStated() throws {
    let scenario = try ScenarioDocument(text: articleExample(), path: "s.yaml").resolve(dataset: TwoCities.dataset())
    func rules(_ name: String) throws -> [RuleSet] {
        let strategy = try #require(scenario.strategies.first { $0.name == name })
        guard case .scored(let ruleSets) = strategy.assignment else { return [] }
        return ruleSets
    }
    #expect(scenario.strategies[0].unmet == .wait(deadlineHours: 24))
    #expect(try rules("nearest").map(\.split.maximumSplits) == [1])
    #expect(try rules("cheapest").map(\.split.maximumSplits) == [2])
    #expect(scenario.strategies[1].reroutesOnOutage && !scenario.strategies[0].reroutesOnOutage)
    #expect(try rules("cheapest whole").map(\.split.maximumSplits) == [0])
    let balanced = scenario.strategies[5]
    #expect(balanced.unmet == .wait(deadlineHours: 48) && balanced.partial && balanced.waveSeconds == 600)
    let sets = try rules("balanced")
    #expect(sets.count == 3)
    #expect(sets[0].ratings.map(\.rating.key) == sets[2].ratings.map(\.rating.key))
    #expect(
        sets[0].ratings.map { "\($0.rating.declaration.name) \($0.weight)" } == [
            "freight 1.0", "expected_lateness_hours 3.0", "stock_depth -0.4",
        ])
    #expect(sets[0].ratings[2].scale == 2)
    #expect(sets[0].constraints.map(\.softPrice) == [nil, 5])
    #expect(sets[1].constraints.count == 1 && sets[2].constraints.isEmpty)
    #expect(sets[2].split.maximumSplits == 3 && sets[2].split.dividesLines && sets[2].usesSafetyStock)
}

/// Weights on a catalogue's strategy replace and add ratings; weight 0 takes one out.
@Test func weightsChangeACataloguesStrategy() throws {
    let text = TwoCities.minimal.replacing(
        "[nearest, cheapest]", with: "[nearest, {cheapest: {weights: {cost: 0, distance: 2, carbon: 1}}}]")
    guard case .scored(let rules) = try TwoCities.resolve(text).strategies[1].assignment else { return }
    #expect(rules[0].ratings.map(\.rating.declaration.name) == ["distance", "carbon"])
}

/// A rating can be used twice with different parameters when weights are a list.
@Test func aListOfWeightsMayUseARatingTwice() throws {
    let weights = "[{signal: {name: premium, weight: 1}}, {signal: {name: promotion, weight: 2}}]"
    let text = TwoCities.minimal.replacing("[nearest, cheapest]", with: "[{name: own, weights: \(weights)}]")
    guard case .scored(let rules) = try TwoCities.resolve(text).strategies[0].assignment else { return }
    #expect(rules[0].ratings.map(\.weight) == [1, 2])
}

/// A perturbation's list may stand alone, with its other parameters left out, as it may stand under `list`.
@Test func aListOfSpansMayStandAlone() throws {
    let spans = "[{services: [van], from: 2026-01-12T08:00, to: 2026-01-12T10:00}]"
    let short = try TwoCities.resolve(TwoCities.minimal + "world: {carrier_suspension: \(spans)}\n")
    let long = try TwoCities.resolve(TwoCities.minimal + "world: {carrier_suspension: {list: \(spans)}}\n")
    #expect(short.perturbationKeys == long.perturbationKeys)
    #expect(short.perturbationKeys.contains { $0.hasPrefix("carrier_suspension") })
}

/// The baseline is the strategy named, else the one that copies history, else the first.
@Test func theBaselineFollowsTheDocumentedRule() throws {
    let text = TwoCities.minimal.replacing("[nearest, cheapest]", with: "[nearest, as_happened, cheapest]")
    #expect(try TwoCities.resolve(text, hasHistory: true).baseline == 1)
    #expect(try TwoCities.resolve(text + "baseline: cheapest\n", hasHistory: true).baseline == 2)
    #expect(try TwoCities.resolve(TwoCities.minimal, hasHistory: true).baseline == 0)
    let without = ScenarioOptions(strategies: ["cheapest", "nearest"])
    let filtered = try TwoCities.resolve(text + "baseline: as_happened\n", options: without, hasHistory: true)
    #expect(filtered.strategies.map(\.name) == ["nearest", "cheapest"] && filtered.baseline == 0)
}

/// Options of the command line hold over the file.
@Test func optionsHoldOverTheFile() throws {
    let options = ScenarioOptions(
        overrides: ["strategies[1].splits.max=3", "world.outages=[{node: west, from: 0, to: 3600}]", "replications=7"],
        replications: 9, seed: .max)
    let scenario = try TwoCities.resolve(TwoCities.minimal, options: options)
    #expect(scenario.replications == 9 && scenario.seed == .max)
    guard case .scored(let rules) = scenario.strategies[1].assignment else { return }
    #expect(rules[0].split.maximumSplits == 3)
    #expect(scenario.perturbationKeys.contains("outages(list: [{node: 'west', from: 0, to: 3600}])"))
}

/// The dataset's path starts from the scenario's folder, on the command line from the working directory.
@Test(arguments: [
    ("Scenarios/a.yaml", "../Datasets/x", "Datasets/x"), ("a.yaml", "data", "data"), ("a.yaml", "../x", "../x"),
    ("/abs/s/a.yaml", "../d", "/abs/d"), ("s/a.yaml", "/d", "/d"), ("../s/a.yaml", "../../d", "../../d"),
])
func datasetPathsStartFromTheFile(_ file: String, _ written: String, _ expected: String) throws {
    let document = try ScenarioDocument(text: "dataset: \(written)", path: file)
    #expect(try document.datasetPath() == expected)
    #expect(try document.applying(ScenarioOptions(overrides: ["dataset=other/y"])).datasetPath() == "other/y")
}
