import Domain
import History

@testable import ScenarioFiles

/// A small dataset with one of everything that a scenario can name.
enum TwoCities {
    /// Two days from 2026-01-12T00:00 in Shanghai, a Monday.
    static func dataset(hasHistory: Bool = false, isFirstCancelled: Bool = false) throws -> Dataset {
        var builder = DatasetBuilder(
            name: "two cities", days: 2, timeZone: "Asia/Shanghai", start: 1_768_147_200, coordinates: .plane)
        builder.addNode("east", at: Place(x: 0, y: 0), region: "east", serviceSecondsPerOrder: 60)
        builder.addNode("west", kind: "store", at: Place(x: 100, y: 0), region: "west", serviceSecondsPerOrder: 60)
        builder.addZone("z1", at: Place(x: 10, y: 0), region: "east")
        builder.addZone("z2", at: Place(x: 90, y: 0), region: "west")
        builder.addProduct("p1", price: 100, massKilograms: 1, tags: ["fragile"])
        for node in ["east", "west"] { builder.addStock(node: node, product: "p1", onHand: 100) }
        builder.addTariff("flat", LoadTerms(perShipment: 4, perKilometre: 0.1))
        builder.addService("van", tariff: "flat", kilometresPerHour: 50)
        builder.addWeather(region: "east", at: 3_600, .rain)
        builder.addTraffic(region: "west", at: 3_600, congestion: 1.3)
        builder.addSignal("premium", region: "east", at: 0, value: 0.2)
        builder.addSignal("promotion", region: "east", at: 0, value: 1)
        for hour in 0..<40 {
            builder.addOrder(
                "o\(hour)", placedAt: Double(hour) * 3_600, zone: hour % 2 == 0 ? "z1" : "z2",
                segment: hour % 5 == 0 ? "new" : "regular", promisedAt: Double(hour + 24) * 3_600, lines: [.init("p1")])
            if hasHistory {
                builder.addHistory(
                    order: "o\(hour)", node: "east", service: "van", cancelled: isFirstCancelled && hour == 0)
            }
        }
        return try builder.build()
    }

    /// The least a scenario must say.
    static let minimal = """
        sandtable: 1
        name: small
        dataset: data
        strategies: [nearest, cheapest]
        objectives: [{metric: on_time_rate, from: 0.8, to: 1, practical_difference: 0.005}]

        """

    /// The scenario of a text, under the options.
    static func resolve(
        _ text: String, options: ScenarioOptions = ScenarioOptions(), hasHistory: Bool = false,
        baselineFigures: BaselineFigures? = nil
    ) throws -> Scenario {
        try ScenarioDocument(text: text, path: "s.yaml").applying(options)
            .resolve(dataset: dataset(hasHistory: hasHistory), baselineFigures: baselineFigures)
    }

    /// The messages of a text's errors, one a line; "no error" where there is none.
    static func messages(
        _ text: String, options: ScenarioOptions = ScenarioOptions(), hasHistory: Bool = false,
        baselineFigures: BaselineFigures? = nil
    ) -> String {
        do {
            _ = try resolve(text, options: options, hasHistory: hasHistory, baselineFigures: baselineFigures)
            return "no error"
        } catch {
            return "\(error)"
        }
    }

    /// The messages of the minimal scenario with lines added.
    static func messages(adding lines: String, hasHistory: Bool = false) -> String {
        messages(minimal + lines, hasHistory: hasHistory)
    }
}
