import Domain
import History

/// What a first scenario needs to know of a dataset: what it holds, and roughly what an order costs and takes.
struct DatasetSurvey {
    /// Orders looked at for the averages: spread evenly over the book.
    private static let sampleCount = 2_000

    /// Whether any order has more than one line.
    private(set) var hasOrdersOfSeveralLines = false
    /// Whether any order looked at has a promise.
    private(set) var hasPromises = false
    /// Mean freight and handling of an order sent whole from the nearest node, money; nil where no order has a lane.
    private(set) var costPerOrder: Double?
    /// Mean transit hours of the same.
    private(set) var transitHours: Double?

    /// Whether any service's emissions are known.
    let hasEmissions: Bool
    /// Whether pick-and-pack times have a spread.
    let hasServiceNoise: Bool
    /// Whether transit times have a spread.
    let hasTransitNoise: Bool

    /// Surveys a dataset. O(orders looked at x lanes of a zone).
    init(_ dataset: Dataset) {
        hasEmissions = dataset.services.contains { $0.emission != nil }
        hasServiceNoise = dataset.nodes.contains { $0.serviceDistribution.variance > 0 }
        hasTransitNoise = dataset.services.contains { $0.transitDistribution.variance > 0 }
        let orders = dataset.orders
        hasOrdersOfSeveralLines = orders.lineCount > orders.count
        var cost = 0.0
        var hours = 0.0
        var count = 0.0
        for order in stride(from: 0, to: orders.count, by: max(1, orders.count / Self.sampleCount)) {
            if orders.promisedAt[order] < .infinity { hasPromises = true }
            guard let lane = Self.nearestLane(ofZone: Int(orders.zones[order]), in: dataset) else { continue }
            cost += Self.cost(ofOrder: order, lane: lane, in: dataset)
            hours += dataset.lanes.baseHours[lane]
            count += 1
        }
        if count > 0 {
            costPerOrder = cost / count
            transitHours = hours / count
        }
    }

    /// The shortest lane of a zone; of equals the first.
    private static func nearestLane(ofZone zone: Int, in dataset: Dataset) -> Int? {
        dataset.lanes.rows(ofZone: zone).min { dataset.lanes.kilometres[$0] < dataset.lanes.kilometres[$1] }
    }

    /// Freight and handling of a whole order by a lane.
    private static func cost(ofOrder order: Int, lane: Int, in dataset: Dataset) -> Double {
        let rows = dataset.orders.lines(of: order)
        var load = Load(items: 0, massKilograms: 0)
        for row in rows {
            let quantity = Double(dataset.orders.lineQuantities[row])
            load.items += quantity
            load.massKilograms += quantity * dataset.products.massKilograms[Int(dataset.orders.lineProducts[row])]
        }
        let node = dataset.nodes[Int(dataset.lanes.nodes[lane])]
        let tariff = dataset.tariffs[Int(dataset.lanes.tariffs[lane])]
        return tariff.price(for: load, kilometres: dataset.lanes.kilometres[lane]) + node.handlingCostPerOrder
            + node.handlingCostPerLine * Double(rows.count) + node.handlingCostPerItem * load.items
    }
}
