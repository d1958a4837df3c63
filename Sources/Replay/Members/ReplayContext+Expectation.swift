import Domain
import History

// What a strategy may expect of a candidate at the moment of the decision: means, today's weather and traffic, the
// calendar. Ratings and constraints share it, so that a rule and a score never disagree.
extension ReplayContext {
    /// Whether a node's opening hours hold an instant; outages do not count.
    public func isOpen(node: Int, at time: Double) -> Bool {
        nextOpening(node: node, from: time) == time
    }

    /// The first instant at or after `time` within a node's opening hours; +infinity beyond the calendar. O(1).
    public func nextOpening(node: Int, from time: Double) -> Double {
        tables.openings[node]?.next(notBefore: time) ?? time
    }

    /// Transit hours of a lane at the slowness of an instant: half the base hours at the node's region's, half at the
    /// zone's; with `transit_effect: at_hand_over` all at the node's.
    public func transitHours(_ lane: LaneFacts, zoneRegion: Int, at time: Double) -> Double {
        let atNode = world.slowness.value(region: tables.nodes[lane.node].region, at: time)
        return transitHours(lane, atNode: atNode, atZone: world.slowness.value(region: zoneRegion, at: time))
    }

    /// Transit hours of a lane at a slowness of the node's and the zone's region.
    func transitHours(_ lane: LaneFacts, atNode: Double, atZone: Double) -> Double {
        settings.transitEffect == .atHandOver
            ? lane.baseHours * atNode : 0.5 * lane.baseHours * atNode + 0.5 * lane.baseHours * atZone
    }

    /// When the order's lines are expected to be packed at a node: its next opening + the queue's mean work over its
    /// stations + the mean service of the parcel.
    ///
    /// Every shipment in the queue counts as long as this parcel's; picks in progress and a closing time before the
    /// pick's turn are left out. `waiting` is the length of the queue, 0 for an answer that no strategy influences.
    public func expectedPacking(order: OrderFacts, node: Int, waiting: Double) -> Double {
        let service = meanServiceSeconds(node: node, parcel: order.parcel)
        let start = nextOpening(node: node, from: order.time)
        return start + waiting / Double(tables.nodes[node].stations) * service + service
    }

    /// When the order is expected at the customer: packing, the next collection whatever its capacity, transit.
    ///
    /// +infinity where the calendar ends before. For a run of lanes use ``ArrivalExpectation``.
    public func expectedArrival(order: OrderFacts, lane: LaneFacts, waiting: Double) -> Double {
        var expectation = ArrivalExpectation(order: order, in: self)
        return expectation.arrival(by: lane, waiting: waiting)
    }

    /// When a promise is broken: after the promise itself, or, by the day, from the midnight that ends its local day;
    /// +infinity where nothing was promised.
    public func deadline(of promise: Double) -> Double {
        guard promise < .infinity, dataset.description.promiseBy == .day else { return promise }
        return calendar.midnights[calendar.day(of: promise) + 1]
    }
}

extension OrderFacts {
    /// Calls `body` with each product that the parcel carries and the units of it, in order of first line; lines of one
    /// product add up.
    ///
    /// Of a line that is divided between shipments it is the units ordered, an upper bound.
    public func forEachProduct(in dataset: Dataset, _ body: (_ product: Int, _ quantity: Int) -> Void) {
        let lines = dataset.orders.lines(of: order)
        let products = dataset.orders.lineProducts
        for row in lines where parcel.carries(line: row - lines.lowerBound) {
            let product = products[row]
            var isFirst = true
            for earlier in lines.lowerBound..<row
            where products[earlier] == product && parcel.carries(line: earlier - lines.lowerBound) {
                isFirst = false
            }
            guard isFirst else { continue }
            var quantity = 0
            for later in row..<lines.upperBound
            where products[later] == product && parcel.carries(line: later - lines.lowerBound) {
                quantity += Int(dataset.orders.lineQuantities[later])
            }
            body(Int(product), quantity)
        }
    }
}
