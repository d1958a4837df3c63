import Domain
import History
import Replay

/// A small dataset, settings, strategies and a world, all made from a number: what the engine and the plain simulator
/// are compared on.
///
/// Every feature of a replay is on in a share of the cases, and in a share of them (``isCoarse``) all times lie on a
/// coarse grid, so that much happens at the same instant.
public struct RandomCase: Sendable, CustomStringConvertible {
    /// The number that everything follows from.
    public let number: Int
    /// Numbers of the orders that are kept; nil = all. What remains of a case that ``minimised(while:)`` has cut down.
    public let keptOrders: [Int]?
    /// Whether times lie on a grid of half hours and distances on one of 10 km.
    public let isCoarse: Bool
    /// The dataset.
    public let dataset: Dataset
    /// Horizon, screening, money.
    public let settings: ReplaySettings
    /// Different strategies, two or three.
    public let strategies: [StrategySpecification]
    /// The world they meet.
    public let world: World

    /// Makes the case of a number.
    ///
    /// - Parameters:
    ///   - number: any.
    ///   - keptOrders: numbers of the orders to keep; nil = all.
    ///   - future: an instant, a full hour, from which on everything is another: orders, stock that arrives, outages,
    ///     slow hours, service times and the hazard of cancellations.
    /// - Throws: `InputError` when the case breaks a rule of datasets: a mistake of this file.
    public init(number: Int, keptOrders: [Int]? = nil, future: Double? = nil) throws(InputError) {
        let frame = CaseFrame(number: number, future: future)
        self.number = number
        self.keptOrders = keptOrders
        isCoarse = frame.isCoarse
        var builder = frame.network()
        frame.addOrders(to: &builder, kept: keptOrders)
        frame.addSurroundings(to: &builder)
        dataset = try builder.build()
        settings = frame.settings(dataset: dataset)
        strategies = try frame.strategies(dataset: dataset)
        world = frame.world(dataset: dataset)
    }

    /// The same case with as few orders as can be while `fails` stays true.
    public func minimised(while fails: (RandomCase) -> Bool) -> RandomCase {
        var smallest = self
        var kept = keptOrders ?? Array(0..<CaseFrame(number: number).orderCount)
        var step = max(1, kept.count / 2)
        while true {
            var start = 0
            var hasShrunk = false
            while start < kept.count {
                let fewer = Array(kept[..<start] + kept[min(kept.count, start + step)...])
                if !fewer.isEmpty, let candidate = try? RandomCase(number: number, keptOrders: fewer),
                    fails(candidate)
                {
                    smallest = candidate
                    kept = fewer
                    hasShrunk = true
                } else {
                    start += step
                }
            }
            if step == 1 && !hasShrunk { return smallest }
            step = max(1, step / 2)
        }
    }

    /// Everything that matters, a line a row.
    public var description: String {
        let about = dataset.description
        var text = "case \(number)" + (keptOrders.map { " with orders \($0)" } ?? "") + "\n"
        text += "\(about.timeZone) from \(about.start), promise by \(about.promiseBy), \(about.coordinates)\n"
        text += "from \(settings.from) to \(settings.to), warm-up \(settings.warmUp), drain \(settings.drain), "
        text += "detection \(settings.detectionDelay), \(settings.transitEffect)\n\(settings.money)\n"
        for rule in settings.screening { text += "\(rule)\n" }
        for node in dataset.nodes.indices { text += describeNode(node) }
        for (index, zone) in dataset.zones.enumerated() {
            text += "zone \(index): (\(zone.place.x), \(zone.place.y)) region \(zone.region)\n"
        }
        for (index, service) in dataset.services.enumerated() {
            text += "service \(index): \(service.fixedHours) h + km^\(service.distanceExponent) / "
            text += "\(service.kilometresPerHour), \(service.transitDistribution), cut-offs \(service.cutOffMinutes), "
            text += "capacity \(service.dailyCapacity ?? -1), tags \(service.tags.bits)\n"
        }
        for arrival in dataset.replenishments { text += "\(arrival)\n" }
        for open in dataset.openOrders { text += "\(open)\n" }
        for row in 0..<dataset.orders.count { text += describeOrder(row) }
        for strategy in strategies { text += describe(strategy) }
        text += "world: service noise \(world.hasServiceNoise), transit noise \(world.hasTransitNoise), "
        text += "recorded cancellations \(world.replaysRecordedCancellations), "
        text += "hazard \(world.cancellationHazardPerHour)\n"
        return text
    }

    /// A node, its stock and its outages.
    private func describeNode(_ index: Int) -> String {
        let node = dataset.nodes[index]
        let hours =
            node.openingHours.spans.map { spans in
                spans.map { "\($0.weekday):\($0.fromMinute)-\($0.toMinute)" }.joined(separator: " ")
            } ?? "always"
        var text =
            "node \(index): (\(node.place.x), \(node.place.y)) region \(node.region), \(node.stations) stations, "
        text += "\(node.serviceSecondsPerOrder) + \(node.serviceSecondsPerLine) a line + "
        text += "\(node.serviceSecondsPerItem) an item, \(node.serviceDistribution), limit "
        text += "\(node.dailyOrderLimit ?? -1), tags \(node.tags.bits), open \(hours)\n  stock"
        for product in 0..<dataset.products.count {
            let position = dataset.inventory.position(node: index, product: product)
            text += " \(dataset.inventory.onHand[position])-\(dataset.inventory.safetyStock[position])"
        }
        for outage in world.outages[index] { text += ", outage \(outage.from) to \(outage.to)" }
        return text + "\n"
    }

    /// An order, its lines and its history.
    private func describeOrder(_ row: Int) -> String {
        let orders = dataset.orders
        var text = "order \(row) \(orders.ids[row]): placed \(orders.placedAt[row])"
        text += " approved \(orders.approvedAt[row]) promised \(orders.promisedAt[row]) zone \(orders.zones[row]):"
        for line in orders.lines(of: row) {
            text += " \(orders.lineQuantities[line]) x p\(orders.lineProducts[line]) at \(orders.linePrices[line])"
        }
        if let history = dataset.history {
            for line in history.rows(of: row) {
                text += "; recorded p\(history.products[line]) n\(history.nodes[line]) s\(history.services[line])"
                text += " shipped \(history.shippedAt[line])"
                if history.cancelled[line] == 1 { text += " cancelled \(history.cancelledAt[line])" }
            }
        }
        return text + "\n"
    }

    /// A strategy, a rule set a line.
    private func describe(_ strategy: StrategySpecification) -> String {
        var text = "strategy \(strategy.name): unmet \(strategy.unmet), partial \(strategy.partial)"
        text += ", waves \(strategy.waveSeconds ?? 0), reroutes \(strategy.reroutesOnOutage)\n"
        guard case .scored(let ruleSets) = strategy.assignment else { return text + "  as happened\n" }
        for rules in ruleSets {
            text += "  ratings \(rules.ratings.map { "\($0.weight) x \($0.rating.key)" })"
            text += " constraints \(rules.constraints.map { "\($0.constraint.key) \($0.softPrice ?? .nan)" })"
            text += " split \(rules.split), safety stock \(rules.usesSafetyStock)\n"
        }
        return text
    }
}
