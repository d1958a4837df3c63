import History

extension StrategyReplay {
    /// Whether anything can happen at or before an instant: most visits find nothing.
    @inline(__always)
    mutating func mayHappen(before time: Double) -> Bool {
        nextEventAt <= time
    }

    /// Plans an event.
    mutating func insert(_ event: Event) {
        events.insert(event)
        nextEventAt = min(nextEventAt, event.time)
    }

    /// Processes everything that happens before a moment: events of the world and of the orders, merged.
    mutating func process(before limit: Event) {
        while true {
            let planned = events.min
            if nextExogenous < exogenous.events.count {
                let event = exogenous.events[nextExogenous]
                if event < limit, planned.map({ event < $0 }) ?? true {
                    nextExogenous += 1
                    happen(event)
                    continue
                }
            }
            guard let planned, planned < limit else { break }
            _ = events.popMin()
            happen(planned)
        }
        nextEventAt = events.min?.time ?? .infinity
        if nextExogenous < exogenous.events.count {
            nextEventAt = min(nextEventAt, exogenous.events[nextExogenous].time)
        }
    }

    /// One event.
    private mutating func happen(_ event: Event) {
        bringStateTo(event.time, picksHaveStarted: event.rank >= .pick)
        switch event.rank {
        case .midnight: midnight(event.time)
        case .outageEnd:
            state.setDown(false, node: event.key)
            reconsider(at: event.time, products: nil)
        case .banEnd: reconsider(at: event.time, products: nil)
        case .outageDetected:
            state.setDown(true, node: event.key)
            if strategy.specification.reroutesOnOutage {
                if !usesStationQueues { planDetection(node: event.key) }
                reroute(node: event.key, time: event.time)
            }
        case .replenishment:
            receive(event.subject)
            let product = context.dataset.replenishments[event.subject].product
            if !waitingByProduct[product].isEmpty { reconsider(at: event.time, products: [product]) }
        case .pick: pickEvent(event)
        case .failedPick: failPick(Int32(event.subject), time: event.time)
        case .cancellation: cancellationEvent(event)
        case .deadline: deadlineEvent(event)
        case .decision:
            guard isCurrent(event) else { return }
            decideNew(event.subject, time: event.time)
        }
    }

    /// Whether an event's order is still in the pool.
    private mutating func isCurrent(_ event: Event) -> Bool {
        orders[event.subject].isLive && orders[event.subject].generation == event.generation
    }

    /// Daily counters restart; completed shipments before this instant are handed over.
    private mutating func midnight(_ time: Double) {
        state.begin(day: context.calendar.day(of: time))
        // Strictly before: a pick that ends at this very instant may still be joined by one with a lower visit number.
        settleHandOvers(upTo: time.nextDown)
        reconsider(at: time, products: nil)
    }

    /// Stock arrives.
    mutating func receive(_ row: Int) {
        let replenishment = context.dataset.replenishments[row]
        state.addStock(
            Int32(replenishment.quantity), node: replenishment.node, product: replenishment.product)
    }

    /// A new order is decided.
    mutating func decideNew(_ slot: Int, time: Double, triesWhole: Bool = true) {
        orders[slot].decidedAt = time
        loadAllLines(slot)
        decide(slot, time: time, splitsUsed: 0, triesWhole: triesWhole)
    }

    /// Waiting orders are decided again, by visit number; with `products`, those that wait for one of them.
    mutating func reconsider(at time: Double, products: [Int]?) {
        guard !waitingOrders.isEmpty else { return }
        let slots = products.map { waitingSlots(for: $0) } ?? waitingOrders
        for slot in slots where orders[slot].isLive && orders[slot].waitingQuantities >= 0 {
            loadWaitingLines(slot)
            decide(slot, time: time, splitsUsed: 0)
        }
    }

    /// The orders that wait for any of these products, by visit number; entries of the index that are out of date go.
    private mutating func waitingSlots(for products: [Int]) -> [Int] {
        var slots: [Int] = []
        for product in products {
            let current = waitingByProduct[product].filter { waits($0, for: product) }
            waitingByProduct[product] = current
            slots += current
        }
        slots.sort { orders[$0].visit < orders[$1].visit }
        var last = -1
        slots.removeAll { slot in
            defer { last = slot }
            return slot == last
        }
        return slots
    }

    /// Whether an order waits for a product.
    private mutating func waits(_ slot: Int, for product: Int) -> Bool {
        guard orders[slot].isLive, orders[slot].waitingQuantities >= 0 else { return false }
        let lines = context.tables.orders.lines(of: orders[slot].order)
        return lines.contains { line in
            quantities[orders[slot].waitingQuantities + line - lines.lowerBound] > 0
                && Int(context.tables.orders.lineProducts[line]) == product
        }
    }

    /// An order's cancellation time comes: it is cancelled unless a pick of it has started.
    private mutating func cancellationEvent(_ event: Event) {
        guard isCurrent(event) else { return }
        let slot = event.subject
        guard orders[slot].firstPickStart > event.time else { return }
        orders[slot].cancelledAt = event.time
        var freed: [Int] = []
        var shipment = orders[slot].firstShipment
        while shipment >= 0 {
            if !shipments[Int(shipment)].isVoid {
                withdraw(shipment)
                freed += release(shipment)
            }
            shipment = shipments[Int(shipment)].next
        }
        stopWaiting(slot)
        settle(slot, status: .cancelled)
        if !freed.isEmpty { reconsider(at: event.time, products: freed) }
    }

    /// A waiting order's deadline passes: what still waits is unserved.
    private mutating func deadlineEvent(_ event: Event) {
        guard isCurrent(event) else { return }
        let slot = event.subject
        orders[slot].isDeadlinePassed = true
        guard orders[slot].waitingQuantities >= 0 else { return }
        loadWaitingLines(slot)
        stopWaiting(slot)
        for line in 0..<scratch.remaining.count { orders[slot].itemsUnserved += Int(scratch.remaining[line]) }
        settleIfComplete(slot)
    }

    /// Shipments waiting in the queue of a node found down are decided again, by visit number.
    private mutating func reroute(node: Int, time: Double) {
        var affected: [Int: [Int32]] = [:]
        var slots: [Int] = []
        for shipment in takeQueue(node: node) {
            let slot = shipments[Int(shipment)].order
            if affected[slot] == nil { slots.append(slot) }
            affected[slot, default: []].append(shipment)
        }
        var remaining: [Int: [Int]] = [:]
        for slot in slots {
            var units = [Int](repeating: 0, count: lineCount(of: slot))
            for shipment in affected[slot] ?? [] {
                for part in partsOf(shipment) { units[part.line] += part.quantity }
                withdraw(shipment)
                _ = release(shipment)
            }
            remaining[slot] = units
        }
        if !usesStationQueues {
            for slot in slots { noteFirstPickStart(slot) }
        }
        for slot in slots.sorted(by: { orders[$0].visit < orders[$1].visit }) {
            loadLines(remaining[slot] ?? [])
            let generation = orders[slot].generation
            decide(slot, time: time, splitsUsed: Int(orders[slot].liveShipments))
            if orders[slot].isLive, orders[slot].generation == generation { checkCancellation(slot, time: time) }
        }
    }

    /// The shipments in the queue of a node found down that are to be decided again, in order of joining.
    private mutating func takeQueue(node: Int) -> [Int32] {
        if usesStationQueues {
            return stations.queues[node].filter { !orders[shipments[Int($0)].order].isOpening }
        }
        let queue = held[node]
        held[node].removeAll(keepingCapacity: true)
        return queue
    }

    /// The first pick start of an order after shipments of it have left their queue or failed.
    func noteFirstPickStart(_ slot: Int) {
        var earliest = Double.infinity
        var shipment = orders[slot].firstShipment
        while shipment >= 0 {
            let live = shipments[Int(shipment)]
            if !live.isVoid, !live.isAbandoned, !live.isHeld { earliest = min(earliest, live.pickStart) }
            shipment = live.next
        }
        orders[slot].firstPickStart = earliest
    }

    /// Whether what was assumed of an order's cancellation when its shipments joined still holds; if it does not, the
    /// recursion has gone wrong and the trial is replayed event by event.
    ///
    /// A shipment takes a station unless its order is cancelled before any pick of it starts. When another shipment of the
    /// order is decided again or joins later, the first start changes, and with it perhaps who takes a station.
    mutating func checkCancellation(_ slot: Int, time: Double) {
        guard !usesStationQueues, orders[slot].cancellationTime < .infinity else { return }
        var earliest = Double.infinity
        var isAnyAbandoned = false
        var isAnyTaken = false
        var shipment = orders[slot].firstShipment
        while shipment >= 0 {
            let live = shipments[Int(shipment)]
            shipment = live.next
            if live.isVoid { continue }
            if live.isAbandoned {
                isAnyAbandoned = true
            } else if live.isHeld {
                earliest = min(earliest, nextDetection[Int(live.node)])
            } else {
                earliest = min(earliest, live.pickStart)
                isAnyTaken = true
            }
        }
        let isCancelled = orders[slot].cancellationTime < earliest
        if isCancelled ? isAnyTaken : isAnyAbandoned { needsStationQueues = true }
    }
}
