import Domain

/// Which bans are in force when.
struct BanCalendar: Sendable {
    /// Instants at which a ban begins or ends, rising.
    private let changes: [Double]
    /// The bans in force from each change on; those before the first are none.
    private let inForce: [[Ban]]

    /// The calendar of some bans.
    init(_ bans: [Ban]) {
        let changes = Set(bans.flatMap { [$0.span.from, $0.span.to] }).filter { $0 < .infinity }.sorted()
        self.changes = changes
        inForce = changes.map { change in bans.filter { $0.span.from <= change && change < $0.span.to } }
    }

    /// When the first one begins; +infinity if there is none.
    var firstChange: Double { changes.first ?? .infinity }

    /// The bans in force at an instant, and when that changes next; +infinity if it does not.
    func look(at time: Double) -> (inForce: [Ban], until: Double) {
        let next = changes.firstIndex { $0 > time } ?? changes.count
        return (next > 0 ? inForce[next - 1] : [], next < changes.count ? changes[next] : .infinity)
    }
}

extension StrategyReplay {
    /// Brings ``bansInForce`` to an instant; decisions come in time order.
    @inline(__always)
    mutating func bringBansTo(_ time: Double) {
        if time >= nextBanChange { (bansInForce, nextBanChange) = bans.look(at: time) }
    }

    /// Whether a ban in force at an instant may keep a candidate from a line of an order. Most worlds have none.
    @inline(__always)
    mutating func isTouchedByBan(_ facts: OrderFacts, at time: Double) -> Bool {
        bringBansTo(time)
        return !bansInForce.isEmpty && isTouchedByBanInForce(facts)
    }

    /// The same for the bans in force.
    private func isTouchedByBanInForce(_ facts: OrderFacts) -> Bool {
        let products = context.tables.orders.lineProducts
        return bansInForce.contains { ban in
            ban.regions.contains(facts.region)
                && context.tables.orders.lines(of: facts.order).contains { ban.products.contains(Int(products[$0])) }
        }
    }

    /// Whether a ban in force keeps a candidate from any line in the parcel of `facts`.
    func isBanned(_ row: Int, facts: OrderFacts) -> Bool {
        let lines = context.tables.orders.lines(of: facts.order)
        return lines.contains { line in
            facts.parcel.carries(line: line - lines.lowerBound)
                && isBanned(row, product: Int(context.tables.orders.lineProducts[line]), region: facts.region)
        }
    }

    /// Whether a ban in force keeps a candidate from a product that is to go to a region.
    func isBanned(_ row: Int, product: Int, region: Int) -> Bool {
        let node = Int(context.tables.laneNodes[row])
        let service = Int(context.tables.laneServices[row])
        return bansInForce.contains { ban in
            ban.products.contains(product) && ban.nodes.contains(node) && ban.services.contains(service)
                && ban.regions.contains(region)
        }
    }
}
