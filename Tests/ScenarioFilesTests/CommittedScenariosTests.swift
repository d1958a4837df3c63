import Domain
import Foundation
import History
import Testing

@testable import ScenarioFiles

/// A file of the repository.
private func path(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../\(name)").standardized.path
}

/// The strategies that every committed scenario compares.
private let usual = [
    "as_happened", "random", "nearest", "ranked_list", "cheapest", "fastest", "least_carbon", "fewest_splits",
    "weighted",
    "capacity_matched", "stock_balanced",
]

/// The scenario of the quickstart reads on its committed dataset, and compares every strategy in fifty worlds.
@Test func theQuickstartScenarioReadsOnItsDataset() throws {
    let document = try ScenarioDocument.read(path("Scenarios/yangtze-delta.yaml"))
    let dataset = try DatasetReader.open(document.datasetPath(), cache: .never).dataset
    let scenario = try document.resolve(dataset: dataset)
    #expect(scenario.replications >= 50)
    #expect(scenario.strategies[scenario.baseline].name == "as_happened")
    #expect(Set(usual).isSubset(of: scenario.strategies.map(\.name)))
    #expect(scenario.perturbationKeys.contains { $0.hasPrefix("outages(list: [{node: 'shaoxing-keqiao'") })
    #expect(scenario.perturbationKeys.contains("recorded_traffic(enabled: true)"))
    #expect(scenario.settings.screening.map(\.name) == ["high_value"])
    #expect(scenario.head.contains("What to expect."))
}

/// The scenario for the Olist tables, whose dataset everyone has to make, reads on one with such nodes and a history.
@Test func theOlistScenarioReads() throws {
    var builder = DatasetBuilder(name: "olist stand-in", days: 1, promiseBy: .day)
    for node in ["sao-paulo", "campinas"] { builder.addNode(node, at: Place(x: 0, y: 0), region: "SP") }
    builder.addZone("z", at: Place(x: 1, y: 0), region: "SP")
    builder.addProduct("p")
    builder.addStock(node: "sao-paulo", product: "p", onHand: 1)
    builder.addTariff("t", LoadTerms())
    builder.addService("parcel", tariff: "t", kilometresPerHour: 1)
    builder.addOrder("o", placedAt: 0, zone: "z", lines: [.init("p")])
    builder.addHistory(order: "o", node: "sao-paulo", service: "parcel")
    let document = try ScenarioDocument.read(path("Scenarios/olist.yaml"))
    #expect(try document.datasetPath() == path("Datasets/olist"))
    let scenario = try document.resolve(dataset: builder.build())
    #expect(scenario.replications >= 50)
    #expect(scenario.strategies[scenario.baseline].name == "as_happened")
    #expect(scenario.strategies.map(\.name) == usual)
    #expect(scenario.head.contains("sandtable import olist"))
}
