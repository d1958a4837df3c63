import Domain
import History
import Replay

/// Three nodes, two zones, two services, two products and two orders, drawn by hand so that every figure can be checked
/// in the head. In the plane, UTC, from Monday 2026-01-12.
///
/// Indices follow the ids: nodes n1, n2, n3; zones z1, z2; services express, van; products a, b; regions east, west.
public struct SmallNetwork: Sendable {
    /// The dataset.
    public let dataset: Dataset
    /// Its tables for a horizon of two days.
    public let context: ReplayContext

    /// The network in its neutral world, after changes of its rows and of its world.
    ///
    /// - Parameters:
    ///   - promiseBy: when an order counts as on time.
    ///   - transitEffect: how weather and traffic act on transit.
    ///   - change: adds rows before the dataset is built.
    ///   - shape: shapes the world.
    /// - Throws: what building the dataset, its tables or its world throws.
    public init(
        promiseBy: DatasetDescription.PromiseBasis = .instant,
        transitEffect: ReplaySettings.TransitEffect = .alongTheWay,
        change: (inout DatasetBuilder) -> Void = { _ in },
        shape: (inout World, Dataset) throws -> Void = { _, _ in }
    ) throws {
        var builder = DatasetBuilder(name: "small network", promiseBy: promiseBy)
        Self.addNetwork(to: &builder)
        Self.addOrders(to: &builder)
        change(&builder)
        dataset = try builder.build()
        let settings = ReplaySettings(from: 0, to: 2 * 86_400, transitEffect: transitEffect)
        var world = World(replication: 0, seed: 1, dataset: dataset)
        try shape(&world, dataset)
        context = ReplayContext(tables: try ReplayTables(dataset: dataset, settings: settings), world: world)
    }

    /// Nodes, zones, products, stock and services.
    private static func addNetwork(to builder: inout DatasetBuilder) {
        let weekdays = (0..<5).map { WeeklyHours.Span(weekday: $0, fromMinute: 480, toMinute: 1_200) }
        let saturday = WeeklyHours.Span(weekday: 5, fromMinute: 540, toMinute: 720)
        builder.addNode(
            "n1", at: Place(x: 0, y: 0), region: "east", group: "core", stations: 2, serviceSecondsPerOrder: 60,
            serviceSecondsPerLine: 30, serviceSecondsPerItem: 10, dailyOrderLimit: 10, handlingCostPerOrder: 1,
            handlingCostPerLine: 0.5, handlingCostPerItem: 0.25, labourCostPerHour: 36, tags: ["pharmacist"])
        builder.addNode(
            "n2", kind: "store", at: Place(x: 30, y: 40), region: "west", group: "edge",
            openingHours: WeeklyHours(spans: weekdays), serviceSecondsPerOrder: 120)
        builder.addNode(
            "n3", kind: "store", at: Place(x: 30, y: 300), region: "west",
            openingHours: WeeklyHours(spans: [saturday]), tags: ["pharmacist"])
        builder.addZone("z1", at: Place(x: 30, y: 0), region: "east")
        builder.addZone("z2", at: Place(x: 0, y: 40), region: "west", tags: ["remote"])
        builder.addProduct("a", price: 10, unitCost: 6, massKilograms: 2, tags: ["prescription"])
        builder.addProduct("b", price: 100, unitCost: 40, massKilograms: 5)
        builder.addStock(node: "n1", product: "a", onHand: 10, safetyStock: 2)
        builder.addStock(node: "n1", product: "b", onHand: 4)
        builder.addStock(node: "n2", product: "a", onHand: 8)
        builder.addStock(node: "n3", product: "a", onHand: 32)
        builder.addStock(node: "n3", product: "b", onHand: 4)
        builder.addTariff("flat", LoadTerms(perShipment: 4, perKilogram: 0.5, perKilometre: 0.1))
        builder.addTariff("dear", LoadTerms(perShipment: 30))
        builder.addTariff("emission", LoadTerms(perKilogramKilometre: 0.001))
        builder.addService(
            "van", tariff: "flat", emission: "emission", fixedHours: 2, kilometresPerHour: 50, cutOffMinutes: [1_080],
            dailyCapacity: 5)
        builder.addService(
            "express", tariff: "dear", fixedHours: 1, kilometresPerHour: 100, tags: ["morning", "remote"])
    }

    /// o1 on Monday at 10:00 to z1, promised at 16:00; o2 at 21:00 to z2, with two lines of one product, unpromised.
    private static func addOrders(to builder: inout DatasetBuilder) {
        builder.addCustomer("c1", segment: "vip", preferences: ["morning"])
        builder.addOrder(
            "o1", placedAt: 36_000, zone: "z1", customer: "c1", promisedAt: 57_600,
            lines: [.init("a", 2), .init("b")])
        builder.addOrder(
            "o2", placedAt: 75_600, zone: "z2", lines: [.init("a"), .init("a", 3)])
    }

    /// What an order looks like when it is decided, whole or with the lines at some positions.
    public func facts(order: Int, lines positions: [Int]? = nil, at time: Double? = nil) -> OrderFacts {
        let orders = dataset.orders
        let zone = Int(orders.zones[order])
        var parcel = Parcel()
        parcel.lineSet = 0
        for (position, row) in orders.lines(of: order).enumerated() {
            if let positions, !positions.contains(position) { continue }
            let product = Int(orders.lineProducts[row])
            let units = Double(orders.lineQuantities[row])
            parcel.lines += 1
            parcel.lineSet |= 1 << UInt64(position)
            parcel.items += units
            parcel.massKilograms += units * dataset.products.massKilograms[product]
            parcel.value += units * orders.linePrices[row]
            parcel.goodsCost += units * dataset.products.unitCosts[product]
            parcel.productTags = parcel.productTags.union(dataset.products.tags[product])
        }
        return OrderFacts(
            order: order, copy: 0, visit: order, entity: orders.idHashes[order], placedAt: orders.placedAt[order],
            promisedAt: orders.promisedAt[order], time: time ?? orders.placedAt[order], zone: zone,
            region: dataset.zones[zone].region, place: Place(x: orders.x[order], y: orders.y[order]),
            segment: Int(orders.segments[order]), channel: Int(orders.channels[order]), tags: orders.tags(of: order),
            parcel: parcel)
    }

    /// The lane of a node and service to an order's zone.
    public func lane(node: String, service: String, for order: OrderFacts) throws -> LaneFacts {
        let lanes = dataset.lanes
        for row in lanes.rows(ofZone: order.zone) {
            let facts = context.lane(row, for: order)
            if dataset.nodes[facts.node].id == node, dataset.services[facts.service].id == service { return facts }
        }
        throw InputError(found: "no lane from \(node) by \(service)", expected: "one")
    }

    /// The network's state with its opening stock and nothing assigned, after a change.
    public func state(at time: Double, change: (inout StateParts) -> Void = { _ in }) -> NetworkState {
        var parts = StateParts(
            available: context.tables.openingAvailable,
            waiting: [Int32](repeating: 0, count: dataset.nodes.count),
            assignedToday: [Int32](repeating: 0, count: dataset.nodes.count),
            committedSecondsToday: [Double](repeating: 0, count: dataset.nodes.count),
            assignedTodayByService: [Int32](repeating: 0, count: dataset.nodes.count * dataset.services.count))
        change(&parts)
        return NetworkState(
            nodeCount: dataset.nodes.count, time: time, day: context.calendar.day(of: time),
            available: parts.available, waiting: parts.waiting,
            assignedToday: parts.assignedToday, committedSecondsToday: parts.committedSecondsToday,
            assignedTodayByService: parts.assignedTodayByService,
            isDown: [Bool](repeating: false, count: dataset.nodes.count), candidates: dataset.lanes.count)
    }

    /// The parts of a state that a test may set.
    public struct StateParts: Sendable {
        /// Units available, product x node.
        public var available: [Int32]
        /// Pick queues by node.
        public var waiting: [Int32]
        /// Shipments assigned today by node.
        public var assignedToday: [Int32]
        /// Mean service seconds assigned today by node.
        public var committedSecondsToday: [Double]
        /// Shipments assigned today, node x service.
        public var assignedTodayByService: [Int32]
    }
}
