import Documents
import Domain
import History

/// What is recorded of the past: the rule that routed the orders, and what came of it. `history`.
struct HistorySpecification: Sendable {
    /// The rules that can have routed the recorded orders.
    enum Rule: String, Sendable, CaseIterable {
        /// The nearest node of the zone's own region that has all lines; else the nearest anywhere; else line by line.
        case cityWarehouseFirst = "city_warehouse_first"
    }
    /// The rule.
    var rule: Rule
    /// Kinds of node tried first; empty = all alike.
    var kinds: [String]
    /// The first service tried for a promise, as an index; by promise, nil where none is stated.
    var serviceOfPromise: [Int?]
    /// Services tried next, in order.
    var services: [Int]
    /// Share of orders that the customer cancelled before shipment.
    var cancelledShare: Double
    /// Most hours between placing and cancelling.
    var cancelledWithinHours: Double
    /// Probability of a complaint about an order on time.
    var complaintOnTime: Double
    /// Probability of a complaint about a late order.
    var complaintLate: Double
    /// Standard deviation of the logarithm of what was paid around the tariff.
    var freightSpread: Double
    /// Transit slowness of a clear hour, rain, heavy rain, snow and ice.
    var classSlowness: [Double]
    /// Further slowness of each storm level.
    var slownessPerLevel: Double

    /// Reads `history`; nil where the key is not there.
    static func read(
        _ root: SpecificationMapping, promises: [String], services: [ServiceSpecification.Service],
        kinds: [String]
    ) throws(InputError) -> HistorySpecification? {
        guard let value = root.optional("history") else { return nil }
        return try HistorySpecification(value, promises: promises, services: services.map(\.id), kinds: kinds)
    }

    private init(
        _ value: DocumentValue, promises: [String], services known: [String], kinds knownKinds: [String]
    ) throws(InputError) {
        let values = try value.mapping(
            keys: [
                "rule", "kinds", "promise_services", "services", "cancelled_share", "cancelled_within_hours",
                "complaint_on_time", "complaint_late", "freight_spread", "slowness",
            ])
        rule = try values.required("rule").word("history rule", of: Rule.self)
        kinds = try values.optional("kinds")?.words("node kind", among: knownKinds) ?? []
        serviceOfPromise = [Int?](repeating: nil, count: promises.count)
        for (word, service) in try values.optional("promise_services")?.wordsByWord("promise", among: promises) ?? [] {
            guard let index = promises.firstIndex(of: word) else { continue }
            serviceOfPromise[index] = known.firstIndex(of: try service.word("service", among: known))
        }
        let order = try values.optional("services")?.words("service", among: known) ?? known
        services = order.compactMap { known.firstIndex(of: $0) }
        cancelledShare = try values.number("cancelled_share", in: 0...1, default: 0)
        cancelledWithinHours = try values.number("cancelled_within_hours", in: 0...1000, default: 1)
        complaintOnTime = try values.number("complaint_on_time", in: 0...1, default: 0)
        complaintLate = try values.number("complaint_late", in: 0...1, default: 0)
        freightSpread = try values.number("freight_spread", in: 0...3, default: 0)
        let slowness = try values.optional("slowness")?.mapping(
            keys: WeatherClass.allCases.map(\.word) + ["per_storm_level"])
        classSlowness = []
        for weather in WeatherClass.allCases {
            classSlowness.append(try slowness?.number(weather.word, in: 0.1...100, default: 1) ?? 1)
        }
        slownessPerLevel = try slowness?.number("per_storm_level", in: 0...100, default: 0) ?? 0
    }
}
