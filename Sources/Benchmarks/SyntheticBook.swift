import Domain
import Generation
import History
import ScenarioFiles

/// A synthetic order book of given sizes and a scenario on it, both written as a user would write them.
///
/// A network of 20 cities with 3 zones each on a grid of half a degree; one carrier service; nodes go round the cities.
/// Pick stations grow with the orders so that about half of their time is used on average, whatever the sizes.
struct SyntheticBook {
    /// Orders of the book.
    var orders = 10_000
    /// Nodes of the network.
    var nodes = 20
    /// Scored strategies, all with the same ratings and weights of their own.
    var strategies = 4
    /// Whether these weigh nothing but distance and cost.
    var isNear = false
    /// Ratings of each strategy, 8 at least: 4 that depend on what the strategy did before, all others exogenous.
    var features = 8
    /// Whether all ratings beyond the first eight are products that no two orders need share, instead of signals of the
    /// nodes.
    var isByOrder = false
    /// Lines of each order.
    var linesPerOrder = 1
    /// Worlds.
    var replications = 1
    /// Threads it is replayed by.
    var threads = 1
    /// A platform's peak day instead of ten days: its network is that of ``peakOrders`` whatever the orders, and all strategies weigh
    /// distance, freight and queues.
    var isPeakDay = false

    /// The orders that the network of a peak day is made for.
    static let peakOrders = 100_000_000

    private static let cityCount = 20
    private var days: Int { isPeakDay ? 1 : 10 }
    private static let pickSeconds = 60
    /// Ratings that every strategy has.
    private static let ratings = [
        "distance", "freight", "transit_hours", "handling_cost", "queue_per_station", "stock_depth",
        "expected_lateness_hours", "utilisation",
    ]
    /// Ratings that depend on the order.
    private static let ofOrder = [
        "order_value", "freight", "handling_cost", "cost", "margin", "carbon", "carbon_per_item", "processing_hours",
        "preference_fit", "ideal_delivery_hours",
    ]
    /// Others that need no parameters.
    private static let ofLane = [
        "distance", "transit_hours", "handling_cost_per_item", "same_region", "congestion", "weather_wet",
        "weather_storm_level", "storm_warning",
    ]
    /// Products of two ratings of which one at least depends on the order: 260 features that no two share.
    private static let productsOfOrder = ofOrder.flatMap { first in
        (ofOrder + ofLane).map { (first, $0) } + ofLane.map { ($0, first) }
    }
    private var signals: Int { max(0, features - Self.ratings.count) }
    private var stations: Int {
        max(1, (isPeakDay ? Self.peakOrders : orders) * linesPerOrder * Self.pickSeconds * 2 / (days * nodes * 86_400))
    }

    /// Writes the tables to a folder and opens them through the cache.
    func dataset(in folder: String) throws -> Dataset {
        try generate(in: folder)
        return try DatasetReader.open(folder, cache: .folder(folder + "-cache")).dataset
    }

    /// Writes the tables to a folder.
    func generate(in folder: String) throws {
        try Generator(try GenerationSpecification(yaml: specification, file: "synthetic.yaml")).write(to: folder)
    }

    /// The scenario, on the dataset of a folder.
    func scenario(dataset folder: String) throws -> ScenarioDocument {
        try ScenarioDocument(text: scenarioText(dataset: folder), path: "synthetic-scenario.yaml")
    }

    /// What is generated.
    private var specification: String {
        let cities = (0..<Self.cityCount).map { city in
            "  - {id: city-\(city), lon: \(6 + Double(city % 5) / 2), lat: \(48 + Double(city / 5) / 2), "
                + "region: region-\(city % 4), population_millions: 1, zones: 3}\n"
        }
        // The places of a city's nodes lie along a line, so that no two are the same.
        let sites = (0..<nodes).map { node in
            "  - {id: node-\(node), city: city-\(node % Self.cityCount), east_km: \(node / Self.cityCount), "
                + "stations: \(stations), service_seconds_per_order: \(Self.pickSeconds * linesPerOrder), "
                + "service_distribution: exponential, handling_cost_per_order: \(1 + Double(node % 7) / 10)}\n"
        }
        let lines = [String](repeating: "0", count: linesPerOrder - 1) + ["1"]
        let recorded = (0..<signals).map { "  s\($0): {base: 1, spread: 0.3}\n" }
        return """
            sandtable_generation: 1
            name: synthetic
            origin: synthetic, made by the benchmarks
            licence: CC0-1.0
            currency: EUR
            time_zone: UTC
            start: 2026-01-05T00:00:00
            days: \(days)
            promise_by: instant
            orders: \(orders)
            cities:
            \(cities.joined())
            demand:
              hours: [1, 1, 1, 1, 1, 2, 3, 5, 6, 7, 7, 7, 6, 6, 6, 6, 6, 7, 8, 9, 9, 7, 4, 2]
            categories:
              - {id: goods, products: 200, share: 1, zipf_exponent: 0.5, price: 20, mass_kg: 1, volume_litres: 2}
            basket: {lines: [\(lines.joined(separator: ", "))]}
            promises:
              - {id: two-days, share: 1, within_hours: 48}
            nodes:
            \(sites.joined())
            tariffs:
              - {id: parcel, per_shipment: 4, per_kg: 0.3, per_km: 0.01}
            services:
              - {id: parcel, tariff: parcel, fixed_hours: 10, km_per_hour: 50, transit_distribution: "lognormal:0.25"}
            stock: {cover_days: 15}
            \(recorded.isEmpty ? "" : "signals:\n" + recorded.joined())
            """
    }

    private func scenarioText(dataset folder: String) -> String {
        let competitors = (0..<strategies).map { strategy in
            if isNear { return "  - {name: s\(strategy), weights: {distance: \(1 + strategy), cost: 1}}\n" }
            if isPeakDay {
                let weights = ["distance", "freight", "queue_per_station"].enumerated().map { index, name in
                    "\(name): \(0.2 + Double((strategy * 7 + index * 3) % 11) / 5)"
                }
                return "  - {name: s\(strategy), weights: {\(weights.joined(separator: ", "))}}\n"
            }
            let names =
                Self.ratings
                + (0..<signals).map { number in
                    guard isByOrder else { return "signal: {name: s\(number), at: node, " }
                    let (first, second) = Self.productsOfOrder[number]
                    return "product: {first: \(first), second: \(second), "
                }
            let weights = names.enumerated().map { index, name in
                // Weights in tenths, 0.2 to 2.2; 7 and 3 spread them over strategies and ratings.
                let weight = 0.2 + Double((strategy * 7 + index * 3) % 11) / 5
                return index < Self.ratings.count ? "{\(name): \(weight)}" : "{\(name)weight: \(weight)}}"
            }
            return "  - {name: s\(strategy), weights: [\(weights.joined(separator: ", "))]}\n"
        }
        return """
            sandtable: 1
            name: synthetic
            dataset: \(folder)
            seed: 1
            replications: \(replications)
            world: {service_noise: on, transit_noise: on}
            costs: {unserved_per_order: 15, late_per_order: 4}
            objectives:
              - {metric: cost_per_order, from: 30, to: 10, practical_difference: 0.1}
            strategy_defaults: {unmet: cancel}
            strategies:
            \(competitors.joined())
            """
    }
}
