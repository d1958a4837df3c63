import Domain
import History
import Sampling

extension ReplayContext {
    /// What no strategy influences about an order, `time` = when it is placed; its parcel is the whole order.
    func facts(ofOrder order: Int, visit: Int) -> OrderFacts {
        let orders = tables.orders
        let zone = Int(orders.zones[order])
        let placedAt = orders.placedAt[order]
        return OrderFacts(
            order: order, copy: 0, visit: visit, entity: orders.idHashes[order], placedAt: placedAt,
            promisedAt: orders.promisedAt[order], time: placedAt, zone: zone, region: tables.dataset.zones[zone].region,
            place: Place(x: orders.x[order], y: orders.y[order]), segment: Int(orders.segments[order]),
            channel: Int(orders.channels[order]), tags: orders.tags(of: order), parcel: parcel(ofOrder: order))
    }

    /// Whether an order placed at an instant counts in the measures.
    @inline(__always)
    func isMeasured(placedAt: Double) -> Bool { placedAt >= settings.from + settings.warmUp }

    /// Facts of no order.
    var emptyFacts: OrderFacts {
        OrderFacts(
            order: -1, copy: 0, visit: -1, entity: 0, placedAt: settings.from, promisedAt: .infinity,
            time: settings.from, zone: 0, region: 0, place: Place(x: 0, y: 0), segment: 0, channel: 0, tags: TagSet(),
            parcel: Parcel())
    }

    /// What the whole order weighs and is worth.
    @inline(__always)
    func parcel(ofOrder order: Int) -> Parcel { tables.parcel(ofOrder: order) }

    /// Adds units of a line (row of the dataset's order lines) to a parcel as one more line.
    func add(line: Int, quantity: Int, to parcel: inout Parcel) {
        tables.orders.add(line: line, quantity: quantity, products: tables.products, to: &parcel)
    }

    /// What a parcel comes to on a lane that is decided at an instant.
    @inline(__always)
    func load(of parcel: Parcel, on lane: LaneFacts, at time: Double) -> ShipmentLoad {
        ShipmentLoad(
            freight: freight(lane, parcel: parcel, at: time), handling: handling(node: lane.node, parcel: parcel),
            carbonKilograms: carbonKilograms(lane, parcel: parcel), items: parcel.items, value: parcel.value,
            goodsCost: parcel.goodsCost)
    }

    /// The factors of a shipment's service and transit times.
    ///
    /// A method of the context: asked of its world by a strategy's replay, the world is copied each time.
    func drawFactors(
        node: Int, service: Int, entity: UInt64, shipment: Int
    ) -> (service: Double, transit: Double) {
        (
            world.serviceFactor(tables.nodes[node].serviceDistribution, entity: entity, shipment: shipment),
            world.transitFactor(tables.services[service].transitDistribution, entity: entity, shipment: shipment)
        )
    }

    /// When screening lets an order be decided, and whether a rule applied to it.
    func screen(_ facts: OrderFacts, approvedAt: Double) -> (readyAt: Double, wasReviewed: Bool) {
        var delay = 0.0
        var applied = false
        for (number, rule) in settings.screening.enumerated() {
            if let bound = rule.valueAbove, !(facts.parcel.value > bound) { continue }
            if let segment = rule.segment, facts.segment != segment { continue }
            if let tag = rule.tag, !facts.tags.union(facts.parcel.productTags).contains(tag) { continue }
            if rule.share < 1 {
                let uniform = world.draws.uniform(.screening, entity: facts.entity, draw: number)
                if uniform >= rule.share { continue }
            }
            delay += rule.delay
            applied = true
        }
        return (max(facts.placedAt, approvedAt) + delay, applied)
    }
}
