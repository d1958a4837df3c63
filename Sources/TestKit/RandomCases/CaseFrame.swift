import Domain
import History
import Replay
import Sampling

/// What the parts of a random case share.
struct CaseFrame {
    /// The case's number.
    let number: Int
    /// Whether times lie on a grid.
    let isCoarse: Bool
    /// The grid of times in seconds, nil = any time.
    let timeGrid: Double?
    /// From when on everything is another than in the case of the number, if at all.
    let future: Double?
    /// Days from time 0 to the end of the dataset.
    let days: Int
    /// First instant of the horizon.
    let from: Double
    /// Counts.
    let nodeCount: Int
    let zoneCount: Int
    let serviceCount: Int
    let productCount: Int
    let orderCount: Int
    let hasHistory: Bool
    /// Ids.
    let nodes: [String]
    let zones: [String]
    let services: [String]
    let products: [String]
    let regions: [String]

    init(number: Int, future: Double? = nil) {
        self.number = number
        self.future = future
        var dice = CaseDice(caseNumber: number, part: "frame")
        isCoarse = dice.chance(0.6)
        timeGrid = isCoarse ? dice.one(of: [600, 1_800]) : nil
        days = dice.integer(1...3)
        from = dice.chance(0.7) ? 0 : dice.number(0...30_000, grid: timeGrid)
        nodeCount = dice.integer(2...5)
        zoneCount = dice.integer(2...4)
        serviceCount = dice.integer(1...3)
        productCount = dice.integer(3...8)
        orderCount = dice.integer(10...60)
        hasHistory = dice.chance(0.75)
        nodes = (0..<nodeCount).map { "n\($0)" }
        zones = (0..<zoneCount).map { "z\($0)" }
        services = (0..<serviceCount).map { "s\($0)" }
        products = (0..<productCount).map { "p\($0)" }
        regions = dice.chance(0.7) ? ["east", "west"] : ["here"]
    }

    /// Whether an instant belongs to the part of time that is changed.
    func isChanged(_ time: Double) -> Bool { future.map { time >= $0 } ?? false }

    /// Dice of a part.
    func dice(_ part: String) -> CaseDice { CaseDice(caseNumber: number, part: part) }

    /// Seconds to the end of the dataset.
    var end: Double { Double(days) * 86_400 }

    /// Time zone and start; in the later ones a clock changes on the second day: forward, back, at midnight, by half
    /// an hour.
    private static let starts: [(zone: String, epochSeconds: Double)] = [
        ("UTC", 1_768_176_000), ("UTC", 1_768_176_000), ("Asia/Shanghai", 1_768_147_200),
        ("Europe/Berlin", 1_774_652_400), ("Europe/Berlin", 1_792_792_800), ("America/Santiago", 1_788_580_800),
        ("Australia/Lord_Howe", 1_775_221_200),
    ]

    /// Nodes, zones, products, stock, services, the opening state.
    func network() -> DatasetBuilder {
        var dice = dice("network")
        let start = dice.one(of: Self.starts)
        let isPlane = dice.chance(0.8)
        var builder = DatasetBuilder(
            name: "case \(number)", days: Double(days), timeZone: start.zone, start: start.epochSeconds,
            promiseBy: dice.chance(0.5) ? .day : .instant, coordinates: isPlane ? .plane : .geographic)
        for node in nodes { addNode(node, isPlane: isPlane, to: &builder) }
        for zone in zones {
            builder.addZone(
                zone, at: place(&dice, isPlane: isPlane),
                region: zone == zones[0] ? regions[regions.count - 1] : dice.one(of: regions))
        }
        for product in products { addProduct(product, to: &builder) }
        addStock(to: &builder)
        addServices(to: &builder)
        addOpeningState(to: &builder)
        return builder
    }

    /// A place; on a grid in coarse cases, so that distances tie.
    func place(_ dice: inout CaseDice, isPlane: Bool) -> Place {
        if isPlane {
            let grid: Double? = isCoarse ? 30 : nil
            return Place(x: dice.number(0...120, grid: grid), y: isCoarse ? 0 : dice.number(0...120))
        }
        return Place(x: dice.number(118...122), y: dice.number(29...32))
    }

    private func addNode(_ id: String, isPlane: Bool, to builder: inout DatasetBuilder) {
        var dice = dice("node-" + id)
        let seconds: [Double] = isCoarse ? [0, 600, 1_800, 3_600] : [120, 777.7, 2_345.6]
        builder.addNode(
            id, at: place(&dice, isPlane: isPlane), region: id == nodes[0] ? regions[0] : dice.one(of: regions),
            openingHours: openingHours(&dice),
            stations: dice.one(of: [1, 1, 1, 2, 3]), serviceSecondsPerOrder: dice.one(of: seconds),
            serviceSecondsPerLine: dice.one(of: [0, 300, 600]), serviceSecondsPerItem: dice.one(of: [0, 0, 60]),
            serviceDistribution: dice.one(of: [
                .deterministic, .exponential, .lognormal(sigma: 0.4), .uniform(halfWidth: 0.5), .gamma(shape: 2),
            ]),
            dailyOrderLimit: dice.chance(0.25) ? dice.integer(1...8) : nil,
            handlingCostPerOrder: dice.one(of: [0, 1.25]), handlingCostPerLine: dice.one(of: [0, 0.3]),
            handlingCostPerItem: dice.one(of: [0, 0.1]), labourCostPerHour: dice.one(of: [0, 24]),
            tags: dice.some(of: ["chilled", "frozen"], probability: 0.6))
    }

    private func openingHours(_ dice: inout CaseDice) -> WeeklyHours {
        func everyDay(_ spans: [(Int, Int)], weekdays: [Int]) -> WeeklyHours {
            WeeklyHours(
                spans: weekdays.flatMap { day in
                    spans.map { .init(weekday: day, fromMinute: $0.0, toMinute: $0.1) }
                })
        }
        let week = Array(0...6)
        switch dice.integer(0...9) {
        case 0...3: return .always
        case 4: return everyDay([(8 * 60, 18 * 60)], weekdays: week)
        case 5: return everyDay([(0, 3 * 60), (6 * 60, 12 * 60), (13 * 60 + 15, 24 * 60)], weekdays: week)
        case 6: return everyDay([(7 * 60, 20 * 60)], weekdays: dice.some(of: week, probability: 0.7))
        case 7: return everyDay([(60, 2 * 60 + 45), (22 * 60, 24 * 60)], weekdays: week)
        case 8: return everyDay([(10 * 60, 10 * 60 + 30), (15 * 60, 17 * 60)], weekdays: week)
        default: return everyDay([(2 * 60 + 20, 2 * 60 + 50), (9 * 60, 15 * 60)], weekdays: week)
        }
    }

    private func addProduct(_ id: String, to builder: inout DatasetBuilder) {
        var dice = dice("product-" + id)
        builder.addProduct(
            id, category: dice.one(of: ["", "food", "wear"]), price: dice.number(1...40, grid: 0.5),
            unitCost: dice.number(0...10, grid: 0.25), massKilograms: dice.one(of: [0, 0.25, 1.5, 7]),
            temperatureClass: dice.one(of: [.ambient, .ambient, .ambient, .ambient, .chilled, .frozen]),
            tags: dice.some(of: ["fragile", "gift"], probability: 0.2))
    }

    private func addStock(to builder: inout DatasetBuilder) {
        var dice = dice("stock")
        let scarcity = dice.one(of: [1.0, 2, 4, 12])
        for node in nodes {
            for product in products where dice.chance(0.8) {
                builder.addStock(
                    node: node, product: product, onHand: Int(dice.uniform() * 5 * scarcity),
                    safetyStock: dice.chance(0.3) ? dice.integer(1...3) : 0)
            }
        }
        for _ in 0..<dice.integer(0...14) {
            let node = dice.one(of: nodes)
            let product = dice.one(of: products)
            let time = dice.number(0...(end * 1.2), grid: timeGrid)
            let quantity = dice.integer(1...6)
            builder.addReplenishment(
                node: node, product: product, at: isChanged(time) ? time + 600 : time,
                quantity: isChanged(time) ? quantity + 3 : quantity)
        }
    }

    private func addServices(to builder: inout DatasetBuilder) {
        var dice = dice("services")
        builder.addTariff("flat", LoadTerms(perShipment: 5))
        builder.addTariff("distance", LoadTerms(perShipment: 2, perItem: 0.5, perKilometre: 0.04))
        builder.addTariff("mass", LoadTerms(perShipment: 3, perKilogram: 0.7))
        builder.addTariff("mass", fromKilograms: 5, LoadTerms(perShipment: 6, perKilogramKilometre: 0.003))
        builder.addTariff("carbon", LoadTerms(perKilometre: 0.02, perKilogramKilometre: 0.0004))
        for service in services {
            // The first node offers all: lane overrides are about it.
            let offering = [nodes[0]] + dice.some(of: Array(nodes.dropFirst()), probability: 0.75)
            builder.addService(
                service, nodes: dice.chance(0.5) ? nil : offering,
                tariff: dice.one(of: ["flat", "distance", "mass"]), emission: dice.chance(0.7) ? "carbon" : nil,
                maximumKilometres: dice.chance(0.15) ? 90 : nil, fixedHours: dice.one(of: [0, 1, 4]),
                kilometresPerHour: dice.one(of: [20, 60]), distanceExponent: dice.one(of: [1, 1, 0.9]),
                transitDistribution: dice.one(of: [.deterministic, .lognormal(sigma: 0.3), .exponential]),
                cutOffMinutes: dice.one(of: [[], [], [17 * 60], [2 * 60 + 30, 12 * 60, 20 * 60 + 15]]),
                dailyCapacity: dice.chance(0.35) ? dice.integer(dice.chance(0.1) ? 0...0 : 1...5) : nil,
                tags: dice.some(of: ["chilled", "frozen"], probability: 0.7))
        }
        for _ in 0..<dice.integer(0...2) where dice.chance(0.5) {
            builder.addLane(
                node: nodes[0], zone: dice.one(of: zones), service: services[0], kilometres: 33,
                hours: dice.one(of: [nil, 2.5]), closed: dice.chance(0.4))
            break
        }
    }

    private func addOpeningState(to builder: inout DatasetBuilder) {
        var dice = dice("opening state")
        guard dice.chance(0.5) else { return }
        // No more picks in progress than the fewest stations.
        var isPicking: Set<String> = []
        for index in 0..<dice.integer(1...6) {
            let node = dice.one(of: nodes)
            let time = dice.number(0...20_000, grid: timeGrid)
            var stage = OpenOrder.Stage.waiting(serviceSeconds: time / 4)
            let kind = dice.integer(0...3)
            if kind == 0, isPicking.insert(node).inserted { stage = .picking(until: time) }
            if kind == 1 { stage = .packed(at: time - 7_200) }
            builder.addOpenOrder("open-\(index)", stage: stage, node: node, service: dice.one(of: services))
        }
    }
}
