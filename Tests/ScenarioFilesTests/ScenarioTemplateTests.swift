import Domain
import History
import Replay
import Testing

@testable import ScenarioFiles

/// The first scenario of a dataset reads on it as it is, and keeps to what the dataset has.
@Test(arguments: [false, true]) func theFirstScenarioRunsAsItIs(hasHistory: Bool) throws {
    let dataset = try TwoCities.dataset(hasHistory: hasHistory)
    let text = ScenarioTemplate.initial(dataset: dataset, datasetPath: "../Datasets/two cities")
    let document = try ScenarioDocument(text: text, path: "first.yaml")
    #expect(try document.datasetPath() == "../Datasets/two cities")
    let scenario = try document.resolve(dataset: dataset)
    #expect(scenario.name == "two-cities")
    #expect(scenario.strategies.contains { $0.name == "as_happened" } == hasHistory)
    #expect(scenario.strategies[scenario.baseline].name == (hasHistory ? "as_happened" : "nearest"))
    #expect(!scenario.strategies.contains { $0.name == "least_carbon" })
    #expect(scenario.objectives.map(\.metric) == ["on_time_rate", "cost_per_order"])
    #expect(scenario.head.contains("It runs as it is."))
}

/// Cost references lie around what an order costs from its nearest node: 4 + 0.1 x 10 km.
@Test func theFirstReferencesLieAroundTheNearestNodesCost() throws {
    let dataset = try TwoCities.dataset()
    let survey = DatasetSurvey(dataset)
    #expect(survey.costPerOrder == 5)
    #expect(abs(try #require(survey.transitHours) - 0.2) < 1e-12)
    #expect(survey.hasPromises && !survey.hasOrdersOfSeveralLines && !survey.hasEmissions)
    let text = ScenarioTemplate.initial(dataset: dataset, datasetPath: "d")
    #expect(text.contains("{metric: cost_per_order, weight: 1, from: 6.3, to: 3.8, practical_difference: "))
}

/// A dataset's name that no folder could have becomes one that it can.
@Test(arguments: [("a/b: c", "a-b--c"), ("..", "scenario.."), ("上海 1", "上海-1")])
func namesBecomeFolderNames(_ name: String, _ expected: String) throws {
    var builder = DatasetBuilder(name: name, days: 1)
    builder.addNode("n", at: Place(x: 0, y: 0), region: "r")
    builder.addZone("z", at: Place(x: 1, y: 0), region: "r")
    builder.addProduct("p")
    builder.addStock(node: "n", product: "p", onHand: 1)
    builder.addTariff("t", LoadTerms())
    builder.addService("s", tariff: "t", kilometresPerHour: 1)
    builder.addOrder("o", placedAt: 0, zone: "z", lines: [.init("p")])
    let dataset = try builder.build()
    let text = ScenarioTemplate.initial(dataset: dataset, datasetPath: "d")
    let scenario = try ScenarioDocument(text: text, path: "s.yaml").resolve(dataset: dataset)
    #expect(scenario.name == expected)
    #expect(scenario.objectives.map(\.metric) == ["lead_time_hours", "cost_per_order"])
}
