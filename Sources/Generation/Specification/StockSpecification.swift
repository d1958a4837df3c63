import Documents
import Domain

/// Stock at time 0, what arrives later, transfers and the orders already under way.
struct StockSpecification: Sendable {
    /// A rule that links nodes for transfers. An entry of `transfers`.
    struct Transfer: Sendable {
        /// Indices of the sending nodes, rising.
        var from: [Int]
        /// Indices of the receiving nodes, rising.
        var to: [Int]
        /// No link is longer.
        var maximumKilometres: Double
        /// Hours that do not depend on distance.
        var fixedHours: Double
        /// Speed.
        var kilometresPerHour: Double
        /// Money a unit.
        var costPerItem: Double
        /// Money a unit and kilometre.
        var costPerItemKilometre: Double
    }
    /// Power of distance in the catchment law.
    var catchmentExponent: Double
    /// Kilometres added to every distance of the catchment law.
    var catchmentOffsetKilometres: Double
    /// Days of expected demand in the opening stock.
    var coverDays: Double
    /// Standard deviations of Poisson demand over the cover that are added.
    var safetyFactor: Double
    /// Standard deviation of the logarithm of the imbalance.
    var spread: Double
    /// Probability that a product is short at a node.
    var shortShare: Double
    /// Most that is left of the planned stock of a short product.
    var shortLevel: Double
    /// Days of expected demand held back from routing.
    var safetyDays: Double
    /// Days between the arrivals of a product at a node; nil = nothing arrives.
    var replenishmentDays: Int?
    /// Local minute of the day at which stock arrives.
    var replenishmentMinute: Int
    /// Share of the expected demand of the period that arrives.
    var replenishmentFill: Double
    /// Standard deviation of the logarithm of what arrives.
    var replenishmentSpread: Double
    /// Transfer rules.
    var transfers: [Transfer]
    /// Mean number of orders under way at time 0 for each pick station; 0 = none.
    var openOrdersPerStation: Double
    /// Shares of open orders that wait, are being picked, are packed.
    var openStages: [Double]

    /// Reads `catchments`, `stock`, `replenishments`, `transfers` and `open_orders`.
    init(_ root: SpecificationMapping, nodes: [NodeSpecification]) throws(InputError) {
        let catchments = try root.optional("catchments")?.mapping(keys: ["distance_exponent", "distance_offset_km"])
        catchmentExponent = try catchments?.number("distance_exponent", in: 0...50, default: 3) ?? 3
        catchmentOffsetKilometres = try catchments?.number("distance_offset_km", in: 0.001...1e5, default: 10) ?? 10
        let stock = try root.required("stock").mapping(
            keys: ["cover_days", "safety_factor", "spread", "short_share", "short_level", "safety_days"])
        coverDays = try stock.number("cover_days", in: 0...1e4)
        safetyFactor = try stock.number("safety_factor", in: 0...10, default: 1)
        spread = try stock.number("spread", in: 0...3, default: 0)
        shortShare = try stock.number("short_share", in: 0...1, default: 0)
        shortLevel = try stock.number("short_level", in: 0...1, default: 0)
        safetyDays = try stock.number("safety_days", in: 0...1e4, default: 0)
        let arrivals = try root.optional("replenishments")?.mapping(keys: ["every_days", "at", "fill", "spread"])
        replenishmentDays = try arrivals?.integer("every_days", in: 1...366)
        replenishmentMinute = try arrivals?.optional("at")?.minuteOfDay() ?? 300
        replenishmentFill = try arrivals?.number("fill", in: 0...100, default: 1) ?? 1
        replenishmentSpread = try arrivals?.number("spread", in: 0...3, default: 0) ?? 0
        var transfers: [Transfer] = []
        try root.each(root.list("transfers")) { entry throws(InputError) in
            transfers.append(try Self.transfer(entry, nodes: nodes))
        }
        self.transfers = transfers
        let open = try root.optional("open_orders")?.mapping(keys: ["per_station", "stages"])
        openOrdersPerStation = try open?.number("per_station", in: 0...1000) ?? 0
        openStages = try open?.optional("stages")?.shares(count: 3) ?? [0.4, 0.3, 0.3]
    }

    /// Reads an entry of `transfers`.
    private static func transfer(
        _ entry: DocumentValue, nodes: [NodeSpecification]
    ) throws(InputError) -> Transfer {
        let values = try entry.mapping(
            keys: ["from", "to", "max_km", "fixed_hours", "km_per_hour", "cost_per_item", "cost_per_item_km"])
        let from = try nodesNamed(values.required("from"), nodes)
        let to = try nodesNamed(values.required("to"), nodes)
        return Transfer(
            from: from, to: to, maximumKilometres: try values.number("max_km", in: 0...1e5, default: 1e5),
            fixedHours: try values.number("fixed_hours", in: 0...1e4, default: 0),
            kilometresPerHour: try values.number("km_per_hour", in: 1e-6...1e6),
            costPerItem: try values.number("cost_per_item", in: 0...1e9, default: 0),
            costPerItemKilometre: try values.number("cost_per_item_km", in: 0...1e9, default: 0))
    }

    /// The nodes whose id or type is in a list, rising.
    private static func nodesNamed(
        _ value: DocumentValue, _ nodes: [NodeSpecification]
    ) throws(InputError) -> [Int] {
        var known = nodes.map(\.id)
        for node in nodes where !node.type.isEmpty && !known.contains(node.type) { known.append(node.type) }
        let words = try value.words("node or node type", among: known)
        return nodes.indices.filter { words.contains(nodes[$0].id) || words.contains(nodes[$0].type) }
    }
}
