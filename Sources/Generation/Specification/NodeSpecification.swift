import Domain
import History
import Sampling

/// A place that can ship. An entry of `nodes`, which takes from its entry of `node_types` what it does not state.
struct NodeSpecification: Sendable {
    /// Id.
    var id: String
    /// Name for people.
    var name: String
    /// Id of its type; blank if it has none.
    var type: String
    /// warehouse, store, dark_store, bonded_warehouse, supplier, front_warehouse.
    var kind: String
    /// Index of its city.
    var city: Int
    /// Kilometres east of the city's centre.
    var eastKilometres: Double
    /// Kilometres north of the city's centre.
    var northKilometres: Double
    /// Node group, blank if none.
    var group: String
    /// Opening hours.
    var openingHours: WeeklyHours
    /// Opening hours as written.
    var openingHoursText: String
    /// Pick stations.
    var stations: Int
    /// Seconds for each shipment.
    var secondsPerOrder: Double
    /// Seconds for each line.
    var secondsPerLine: Double
    /// Seconds for each unit.
    var secondsPerItem: Double
    /// Unit-mean noise of the service time.
    var serviceDistribution: UnitDistribution
    /// Shipments a local day, nil if unlimited.
    var dailyOrderLimit: Int?
    /// Money for each shipment.
    var costPerOrder: Double
    /// Money for each line.
    var costPerLine: Double
    /// Money for each unit.
    var costPerItem: Double
    /// Money for each hour of picking.
    var labourCostPerHour: Double
    /// Tags.
    var tags: [String]
    /// Pull in the catchment law, relative to 1; 0 = nothing is planned for it.
    var attractiveness: Double
    /// Ids of the categories it stocks; nil = all.
    var categories: [String]?
    /// Share of a category's products that it stocks, the most popular first.
    var assortment: Double
    /// Own shares of some categories, by category.
    var assortments: [(word: String, value: Double)]
    /// Days of expected demand in its opening stock; nil = as `stock` says.
    var coverDays: Double?

    /// Keys that a type may state.
    static let typeKeys = [
        "kind", "group", "opening_hours", "stations", "service_seconds_per_order", "service_seconds_per_line",
        "service_seconds_per_item", "service_distribution", "daily_order_limit", "handling_cost_per_order",
        "handling_cost_per_line", "handling_cost_per_item", "labour_cost_per_hour", "tags", "attractiveness",
        "categories", "assortment", "assortments", "cover_days",
    ]

    /// Reads `node_types` and `nodes`.
    static func read(
        _ root: SpecificationMapping, cities: [String], categories: [String]
    ) throws(InputError) -> [NodeSpecification] {
        var types: [(id: String, values: SpecificationMapping)] = []
        try root.each(root.list("node_types")) { entry throws(InputError) in
            let values = try entry.mapping(keys: ["id"] + typeKeys)
            types.append((try values.required("id").identifier(notIn: types.map(\.id)), values))
        }
        var nodes: [NodeSpecification] = []
        try root.each(root.required("nodes").list()) { entry throws(InputError) in
            let own = try entry.mapping(keys: ["id", "name", "type", "city", "east_km", "north_km"] + typeKeys)
            let id = try own.required("id").identifier(notIn: nodes.map(\.id))
            let type = try own.optional("type")?.word("node type", among: types.map(\.id)) ?? ""
            let cityName = try own.required("city").word("city", among: cities)
            nodes.append(
                try NodeSpecification(
                    id: id, type: type, city: cities.firstIndex(of: cityName) ?? 0, own: own,
                    values: own.layered(over: types.first { $0.id == type }?.values), categories: categories))
        }
        guard !nodes.isEmpty else { throw try root.required("nodes").error(expected: "at least one node") }
        return nodes
    }

    private init(
        id: String, type: String, city: Int, own: SpecificationMapping, values: SpecificationMapping,
        categories known: [String]
    ) throws(InputError) {
        self.id = id
        self.type = type
        self.city = city
        name = try own.text("name", default: id)
        eastKilometres = try own.number("east_km", in: -1000...1000, default: 0)
        northKilometres = try own.number("north_km", in: -1000...1000, default: 0)
        kind = try values.text("kind", default: "warehouse")
        group = try values.optional("group")?.text() ?? ""
        openingHoursText = try values.text("opening_hours", default: "always")
        openingHours = try WeeklyHours(parsing: openingHoursText, at: values.optional("opening_hours")?.location)
        stations = try values.integer("stations", in: 1...1_000_000, default: 1)
        secondsPerOrder = try values.number("service_seconds_per_order", in: 0...1e6, default: 0)
        secondsPerLine = try values.number("service_seconds_per_line", in: 0...1e6, default: 0)
        secondsPerItem = try values.number("service_seconds_per_item", in: 0...1e6, default: 0)
        serviceDistribution = try values.distribution("service_distribution")
        dailyOrderLimit = try values.optional("daily_order_limit")?.integer(in: 0...Int.max)
        costPerOrder = try values.number("handling_cost_per_order", in: 0...1e9, default: 0)
        costPerLine = try values.number("handling_cost_per_line", in: 0...1e9, default: 0)
        costPerItem = try values.number("handling_cost_per_item", in: 0...1e9, default: 0)
        labourCostPerHour = try values.number("labour_cost_per_hour", in: 0...1e9, default: 0)
        tags = try values.tags("tags")
        attractiveness = try values.number("attractiveness", in: 0...1e6, default: 1)
        categories = try values.optional("categories")?.words("category", among: known)
        assortment = try values.number("assortment", in: 0...1, default: 1)
        assortments = try values.optional("assortments")?.numbersByWord(in: 0...1, of: "category", among: known) ?? []
        coverDays = try values.optional("cover_days")?.number(in: 0...1e4)
    }
}
