import Replay

/// What a strategy did with an order, as far as two strategies are compared by it.
struct OrderChoice: Sendable {
    /// A shipment that is not void.
    struct Leg: Sendable, Hashable, Comparable {
        var node: Int
        var service: Int
        /// Lines with their quantities.
        var lines: [ShipmentOutcome.ShipmentLine]

        static func < (left: Leg, right: Leg) -> Bool { (left.node, left.service) < (right.node, right.service) }
    }
    /// The order's row.
    var order: Int
    /// Its copy.
    var copy: Int
    /// Its shipments by node, then service.
    var legs: [Leg]
    /// What became of it.
    var status: OrderStatus
    /// Whether it was filled by its promise.
    var isOnTime: Bool
    /// When it was delivered, seconds; infinite if never.
    var deliveredAt: Double
    /// Freight, handling, compensation and penalties, money.
    var cost: Double

    /// The choice of an outcome.
    init(_ outcome: OrderOutcome) {
        order = outcome.order
        copy = outcome.copy
        let shipped = outcome.shipments.filter { !$0.isVoid }
        legs = shipped.map { Leg(node: $0.node, service: $0.service, lines: $0.lines) }.sorted()
        status = outcome.status
        isOnTime = outcome.isOnTime
        deliveredAt = outcome.deliveredAt
        cost = shipped.reduce(outcome.compensation + outcome.unservedCost) { $0 + $1.freight + $1.handling }
    }

    /// How it differs from another strategy's; nil where both did the same and the same became of the order.
    func difference(from other: OrderChoice) -> OrderDifferences.Kind? {
        if legs.isEmpty != other.legs.isEmpty { return .served }
        if legs.count != other.legs.count { return .split }
        if legs.map(\.node) != other.legs.map(\.node) { return .node }
        if legs.map(\.service) != other.legs.map(\.service) { return .service }
        if legs != other.legs { return .lines }
        return status == other.status && isOnTime == other.isOnTime && deliveredAt == other.deliveredAt ? nil : .course
    }
}
