import Domain
import History
import Storage

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
        transitHours(
            base: lane.baseHours, atNode: world.slowness.value(region: tables.nodes[lane.node].region, at: time),
            atZone: world.slowness.value(region: zoneRegion, at: time))
    }

    /// Transit hours at a slowness of the node's and the zone's region.
    @inline(__always)
    private func transitHours(base: Double, atNode: Double, atZone: Double) -> Double {
        settings.transitEffect == .atHandOver ? base * atNode : 0.5 * base * atNode + 0.5 * base * atZone
    }

    /// When the order's lines are expected to be packed at a node: its next opening + the queue's mean work over its
    /// stations + the mean service of the parcel.
    ///
    /// Every shipment in the queue counts as long as this parcel's; picks in progress and a closing time before the
    /// pick's turn are left out. `waiting` is the length of the queue, 0 for an answer that no strategy influences.
    public func expectedPacking(order: OrderFacts, node: Int, waiting: Double) -> Double {
        expectedPacking(
            order: order, node: node, waiting: waiting, opening: nextOpening(node: node, from: order.time))
    }

    /// The same, where the next opening is known.
    @inline(__always)
    private func expectedPacking(order: OrderFacts, node: Int, waiting: Double, opening: Double) -> Double {
        let service = meanServiceSeconds(node: node, parcel: order.parcel)
        return opening + waiting / Double(tables.nodes[node].stations) * service + service
    }

    /// When the order is expected at the customer: packing, the next collection whatever its capacity, transit.
    ///
    /// +infinity where the calendar ends before. For all candidates of a decision use
    /// ``expectedArrivals(order:candidates:state:)``.
    public func expectedArrival(order: OrderFacts, lane: LaneFacts, waiting: Double) -> Double {
        let packed = expectedPacking(order: order, node: lane.node, waiting: waiting)
        let collected = nextCollection(service: lane.service, after: packed)
        return collected + 3_600 * transitHours(lane, zoneRegion: order.region, at: order.time)
    }

    /// When the order is expected at the customer by each candidate, as ``expectedArrival(order:lane:waiting:)`` tells it:
    /// computed once a decision, however many ratings ask.
    public func expectedArrivals(
        order: OrderFacts, candidates: CandidateRows, state: NetworkState
    ) -> Buffer<Double> {
        if state.scoring > 0, state.arrivalsOf[0] == state.scoring { return state.arrivals }
        let memory = state.calendar
        let arrivals = state.arrivals
        let (nodes, services, slowness) = (tables.laneNodes, tables.laneServices, memory.slowness)
        let hour = (order.time / 3_600).floored
        rememberSlowness(hour: hour, in: memory)
        let atZone = world.slowness.value(region: order.region, hour: hour)
        var node: Int32 = -1
        var packed = 0.0
        var atNode = 1.0
        for index in 0..<candidates.count {
            let row = candidates[index]
            if nodes[row] != node {
                node = nodes[row]
                packed = expectedPacking(
                    order: order, node: Int(node), waiting: Double(state.waiting[Int(node)]),
                    opening: nextOpening(node: Int(node), from: order.time, memory: memory))
                atNode = slowness[Int(node)]
            }
            let collected = nextCollection(service: Int(services[row]), after: packed, memory: memory)
            let transit = transitHours(base: baseHours(row, for: order), atNode: atNode, atZone: atZone)
            arrivals[index] = collected + 3_600 * transit
        }
        state.arrivalsOf[0] = state.scoring
        return arrivals
    }

    /// The same for each strategy of some that are decided together, eight values a candidate.
    public func expectedArrivals(
        order: OrderFacts, candidates: CandidateRows, state: LockstepState
    ) -> Buffer<Double> {
        let arrivals = state.arrivals
        if state.arrivalsOf[0] == state.scoring { return arrivals }
        let memory = state.calendar
        let (nodes, services) = (tables.laneNodes, tables.laneServices)
        let hour = (order.time / 3_600).floored
        rememberSlowness(hour: hour, in: memory)
        let atZone = world.slowness.value(region: order.region, hour: hour)
        var node: Int32 = -1
        var packed = SIMD8<Double>()
        var latest = 0.0
        var atNode = 1.0
        for service in memory.collections.indices { bringCollections(of: service, to: order.time, in: memory) }
        for index in 0..<candidates.count {
            let row = candidates[index]
            if nodes[row] != node {
                node = nodes[row]
                let service = meanServiceSeconds(node: Int(node), parcel: order.parcel)
                let opening = nextOpening(node: Int(node), from: order.time, memory: memory)
                // Rounded as for a strategy by itself: a collection may be at this very instant.
                let queues = state.waiting(node: Int(node)) / Double(tables.nodes[Int(node)].stations)
                packed = opening + queues * service + service
                latest = packed.largest
                state.packed[eight: 0] = packed
                atNode = memory.slowness[Int(node)]
            }
            let transit = transitHours(base: baseHours(row, for: order), atNode: atNode, atZone: atZone)
            let service = Int(services[row])
            let known = memory.collections[service]
            // Nothing is packed before now, so that one of the next two collections is most often the one.
            if latest <= known.at {
                arrivals[eight: index] = SIMD8(repeating: known.at + 3_600 * transit)
            } else if !(known.after < .infinity) {
                arrivals[eight: index] = packed + 3_600 * transit
            } else {
                // Value by value: so the compiler makes vectors of it, which it does not of a mask here.
                let (first, second) = (known.at + 3_600 * transit, known.next + 3_600 * transit)
                for member in 0..<LockstepState.width {
                    arrivals[8 &* index &+ member] = state.packed[member] > known.at ? second : first
                }
                if latest > known.next {
                    fillLaterArrivals(
                        service: service, after: known.next, transit: transit, state: state,
                        into: arrivals.from(8 * index))
                }
            }
        }
        state.arrivalsOf[0] = state.scoring
        return arrivals
    }

    /// Sets, for each of a run of lanes, the line over the orders waiting that is the hours from an instant to the expected
    /// arrival; nodes are always open, services collect at any time. See ``RampRating``.
    public func fillExpectedHours(
        order: OrderFacts, lanes: Range<Int>, until deadline: Double, slopes: Buffer<Double>,
        intercepts: Buffer<Double>, at start: Int
    ) -> (slope: Double, intercept: Double) {
        let hour = (order.time / 3_600).floored
        let atZone = world.slowness.value(region: order.region, hour: hour)
        let left = (deadline - order.time) / 3_600
        var (steepest, highest) = (0.0, 0.0)
        for offset in 0..<lanes.count {
            let row = lanes.lowerBound + offset
            let node = Int(tables.laneNodes[row])
            let service = meanServiceSeconds(node: node, parcel: order.parcel) * hoursPerSecond
            let slope = service * tables.nodes[node].inverseStations
            let atNode = world.slowness.value(region: tables.nodes[node].region, hour: hour)
            let hours = service + transitHours(base: baseHours(row, for: order), atNode: atNode, atZone: atZone)
            slopes[start + offset] = slope
            intercepts[start + offset] = hours - left
            steepest = max(steepest, slope)
            highest = max(highest, hours)
        }
        // Instants, from which the value is taken, are rounded at their own size.
        return (steepest, 2 * highest + 4 * (abs(order.time) + abs(deadline)) / 3_600)
    }

    /// Brings the slowness of the nodes' regions up to an hour.
    private func rememberSlowness(hour: Int, in memory: CalendarMemory) {
        guard memory.slownessHour[0] != hour else { return }
        memory.slownessHour[0] = hour
        for node in memory.slowness.indices {
            memory.slowness[node] = world.slowness.value(region: tables.nodes[node].region, hour: hour)
        }
    }

    /// ``nextOpening(node:from:)``, looked up only where the last answer does not hold.
    @inline(__always)
    private func nextOpening(node: Int, from time: Double, memory: CalendarMemory) -> Double {
        if !(time >= memory.openings[node].since && time < memory.openings[node].until) {
            memory.openings[node] =
                tables.openings[node]?.opening(notBefore: time)
                ?? CalendarMemory.Opening(since: -.infinity, until: .infinity, opensAt: -.infinity)
        }
        return max(time, memory.openings[node].opensAt)
    }

    /// Sets the arrivals of strategies whose parcel is packed after an instant.
    private func fillLaterArrivals(
        service: Int, after instant: Double, transit: Double, state: LockstepState, into arrivals: Buffer<Double>
    ) {
        for member in 0..<state.memberCount where state.packed[member] > instant {
            let collected = nextCollection(service: service, after: state.packed[member])
            arrivals[member] = collected + 3_600 * transit
        }
    }

    /// Makes the remembered collections of a service the two that follow an instant; of one that collects at any time
    /// none is remembered.
    @inline(__always)
    private func bringCollections(of service: Int, to time: Double, in memory: CalendarMemory) {
        let known = memory.collections[service]
        if time > known.after, time <= known.at { return }
        guard let instants = tables.collections[service] else { return }
        memory.collections[service] = instants.span(notBefore: time)
    }

    /// ``nextCollection(service:after:)``, looked up only where the last answer does not hold.
    @inline(__always)
    private func nextCollection(service: Int, after time: Double, memory: CalendarMemory) -> Double {
        let known = memory.collections[service]
        if time > known.after, time <= known.next { return time <= known.at ? known.at : known.next }
        guard let instants = tables.collections[service] else { return time }
        memory.collections[service] = instants.span(notBefore: time)
        return memory.collections[service].at
    }

    /// When a promise is broken: after the promise itself, or, by the day, from the midnight that ends its local day;
    /// +infinity where nothing was promised.
    public func deadline(of promise: Double) -> Double {
        guard promise < .infinity, dataset.description.promiseBy == .day else { return promise }
        return calendar.midnights[calendar.day(of: promise) + 1]
    }
}

extension OrderFacts {
    /// The product and the units of an order of one line that the parcel carries; nil with more lines, or without it.
    public func onlyProduct(in dataset: Dataset) -> (product: Int, quantity: Int)? {
        let lines = dataset.orders.lines(of: order)
        guard lines.count == 1, parcel.carries(line: 0) else { return nil }
        return (
            Int(dataset.orders.lineProducts[lines.lowerBound]), Int(dataset.orders.lineQuantities[lines.lowerBound])
        )
    }

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
