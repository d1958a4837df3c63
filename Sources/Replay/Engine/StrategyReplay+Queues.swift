import Domain
import History

extension StrategyReplay {
    /// Turns a plan into shipments and lets them join their queues.
    mutating func commit(_ slot: Int, planned: [PlannedShipment], time: Double) {
        var first: Int?
        for entry in planned {
            let shipment = addShipment(slot, lane: entry.lane, parcel: entry.parcel, time: time)
            shipments[shipment].firstPart = parts.count
            shipments[shipment].partCount = entry.parts.count
            parts += entry.parts
            first = first ?? shipment
        }
        if let first { joinQueues(slot, from: first, time: time) }
    }

    /// Adds a shipment of the whole order to its order.
    mutating func addShipment(_ slot: Int, lane: LaneFacts, parcel: Parcel, time: Double) -> Int {
        let shipment = LiveShipment(
            order: slot, ordinal: orders[slot].shipmentCount, node: lane.node, service: lane.service, lane: lane.lane,
            firstPart: 0, partCount: -1, parcel: parcel, kilometres: lane.kilometres, baseHours: lane.baseHours,
            tariff: lane.tariff, assignedAt: time)
        let index: Int
        if let free = freeShipments.popLast() {
            shipments[free] = shipment
            index = free
        } else {
            shipments.append(shipment)
            index = shipments.count - 1
        }
        if orders[slot].lastShipment >= 0 {
            shipments[orders[slot].lastShipment].next = index
        } else {
            orders[slot].firstShipment = index
        }
        orders[slot].lastShipment = index
        orders[slot].shipmentCount += 1
        orders[slot].liveShipments += 1
        return index
    }

    /// Lets the shipments of an order, from `first` on, join their queues.
    mutating func joinQueues(_ slot: Int, from first: Int, time: Double) {
        if usesStationQueues {
            var shipment = first
            while shipment >= 0 {
                let node = shipments[shipment].node
                stations.join(node: node, shipment: shipment)
                noteJoined(slot, node: node)
                events.insert(Event(time: time, rank: .pick, key: node, subject: 0, generation: 0))
                shipment = shipments[shipment].next
            }
            planCancellation(slot)
            return
        }
        var earliest = orders[slot].firstPickStart
        var shipment = first
        while shipment >= 0 {
            earliest = min(earliest, nextStart(node: shipments[shipment].node, notBefore: time))
            shipment = shipments[shipment].next
        }
        orders[slot].firstPickStart = earliest
        if orders[slot].cancellationTime < earliest {
            abandon(slot, from: first)
        } else {
            startInTurn(slot, from: first, time: time)
        }
    }

    /// When the next pick of a node starts.
    private func nextStart(node: Int, notBefore time: Double) -> Double {
        availability.start(node: node, notBefore: max(time, queues.earliestFree(node: node)))
    }

    /// A shipment waits in the queue of a node.
    private mutating func noteJoined(_ slot: Int, node: Int) {
        state.waiting[node] += 1
        orders[slot].pendingPicks += 1
    }

    /// The order will be cancelled before any pick starts: its shipments wait but never take a station.
    private mutating func abandon(_ slot: Int, from first: Int) {
        orders[slot].firstPickStart = .infinity
        var shipment = first
        while shipment >= 0 {
            noteJoined(slot, node: shipments[shipment].node)
            measures.peakQueue = max(measures.peakQueue, Int(state.waiting[shipments[shipment].node]))
            shipment = shipments[shipment].next
        }
        planCancellation(slot)
    }

    /// Plans the cancellation of an order, once.
    mutating func planCancellation(_ slot: Int) {
        guard !orders[slot].hasCancellationEvent, orders[slot].cancellationTime < .infinity else { return }
        orders[slot].hasCancellationEvent = true
        push(time: orders[slot].cancellationTime, rank: .cancellation, slot: slot)
    }

    /// The recursion: each shipment takes the earliest free station of its node.
    private mutating func startInTurn(_ slot: Int, from first: Int, time: Double) {
        var shipment = first
        while shipment >= 0 {
            let node = shipments[shipment].node
            let start = nextStart(node: node, notBefore: time)
            state.waiting[node] += 1
            queues.noteWaiting(node: node, start: start)
            if start > time { measures.peakQueue = max(measures.peakQueue, Int(state.waiting[node])) }
            pick(shipment, start: start)
            queues.occupy(node: node, until: shipments[shipment].pickEnd)
            shipment = shipments[shipment].next
        }
    }

    /// Fixes start, end and, where it is known at once, hand-over of a pick.
    private mutating func pick(_ shipment: Int, start: Double) {
        shipments[shipment].pickStart = start
        guard start < .infinity else { return }
        let node = shipments[shipment].node
        let seconds = serviceSeconds(shipment, start: start)
        let end = availability.end(node: node, start: start, seconds: seconds)
        shipments[shipment].serviceSeconds = seconds
        shipments[shipment].pickEnd = end
        complete(shipment, at: end)
    }

    /// Hands a completed shipment to its carrier, at once where no capacity binds.
    private mutating func complete(_ shipment: Int, at end: Double) {
        let service = shipments[shipment].service
        guard end <= context.settings.end else { return }
        if handOver.isUnlimited(service: service) {
            shipments[shipment].handedOverAt = context.nextCollection(service: service, after: end)
            return
        }
        let slot = shipments[shipment].order
        orders[slot].pendingHandOvers += 1
        handOver.add(
            node: shipments[shipment].node, service: service, time: end, visit: orders[slot].facts.visit,
            ordinal: shipments[shipment].ordinal, shipment: shipment)
    }

    /// Realised service seconds of a shipment that starts at an instant.
    private func serviceSeconds(_ shipment: Int, start: Double) -> Double {
        let live = shipments[shipment]
        if live.fixedSeconds >= 0 { return live.fixedSeconds }
        let node = context.tables.nodes[live.node]
        let factor = context.world.serviceFactor(
            node.serviceDistribution, entity: orders[live.order].facts.entity, shipment: live.ordinal)
        let hour = Int((start / 3_600).rounded(.down))
        let multiplier = context.world.serviceMultiplier.value(region: node.region, hour: hour)
        return context.meanServiceSeconds(node: live.node, parcel: live.parcel) * factor * multiplier
    }

    /// A pick ends, a node becomes available, or a shipment has joined: what can start, starts.
    mutating func pickEvent(_ event: Event) {
        let node = event.key
        if event.subject == 1 { stations.release(node: node) }
        defer { measures.peakQueue = max(measures.peakQueue, Int(state.waiting[node])) }
        while stations.canStart(node: node) {
            let start = availability.start(node: node, notBefore: event.time)
            guard start == event.time else {
                if start <= context.settings.end, stations.wakeAt[node] != start {
                    stations.wakeAt[node] = start
                    events.insert(Event(time: start, rank: .pick, key: node, subject: 0, generation: 0))
                }
                return
            }
            let shipment = stations.takeFirst(node: node)
            let slot = shipments[shipment].order
            state.waiting[node] -= 1
            orders[slot].pendingPicks -= 1
            orders[slot].firstPickStart = min(orders[slot].firstPickStart, start)
            pick(shipment, start: start)
            let end = shipments[shipment].pickEnd
            events.insert(Event(time: end, rank: .pick, key: node, subject: 1, generation: 0))
            settleIfComplete(slot)
        }
    }

    /// Takes a shipment out of its queue and voids it.
    mutating func withdraw(_ shipment: Int) {
        let node = shipments[shipment].node
        let slot = shipments[shipment].order
        if usesStationQueues { stations.leave(node: node, shipment: shipment) }
        state.waiting[node] -= 1
        shipments[shipment].isVoid = true
        orders[slot].pendingPicks -= 1
        orders[slot].liveShipments -= 1
    }

    /// Frees the stock of a shipment; returns its products.
    mutating func release(_ shipment: Int) -> [Int] {
        let table = context.dataset.orders
        let first = table.lines(of: orders[shipments[shipment].order].facts.order).lowerBound
        return partsOf(shipment).map { part in
            let product = Int(table.lineProducts[first + part.line])
            state.available[product * state.nodeCount + shipments[shipment].node] += Int32(part.quantity)
            return product
        }
    }

    /// The parts of a shipment.
    func partsOf(_ shipment: Int) -> [ShipmentOutcome.ShipmentLine] {
        let live = shipments[shipment]
        if live.partCount >= 0 { return Array(parts[live.firstPart..<(live.firstPart + live.partCount)]) }
        let table = context.dataset.orders
        let lines = table.lines(of: orders[live.order].facts.order)
        return lines.map {
            ShipmentOutcome.ShipmentLine(line: $0 - lines.lowerBound, quantity: Int(table.lineQuantities[$0]))
        }
    }

    /// Calls `body` with each shipment of an order, by ordinal.
    mutating func forEachShipment(of slot: Int, _ body: (inout StrategyReplay, Int) -> Void) {
        var shipment = orders[slot].firstShipment
        while shipment >= 0 {
            let next = shipments[shipment].next
            body(&self, shipment)
            shipment = next
        }
    }

    /// Settles completed shipments up to an instant.
    mutating func settleHandOvers(upTo time: Double) {
        var settled = scratch.handOvers
        settled.removeAll(keepingCapacity: true)
        handOver.settle(upTo: time, context: context, into: &settled)
        for entry in settled {
            shipments[entry.shipment].handedOverAt = entry.at
            let slot = shipments[entry.shipment].order
            orders[slot].pendingHandOvers -= 1
            settleIfComplete(slot)
        }
        scratch.handOvers = settled
    }

    /// Orders under way at the start take their stations, queue places and collections.
    mutating func openUnderWay() {
        let from = context.settings.from
        let open = context.dataset.openOrders
        let count = open.count
        // Those on stations first, by their end, so that the queue finds the stations as they are.
        let inProgress = open.indices.filter { open[$0].stage.until != nil }.sorted {
            (open[$0].stage.until ?? 0, $0) < (open[$1].stage.until ?? 0, $1)
        }
        let waiting = open.indices.filter { open[$0].stage.until == nil }
        for number in inProgress + waiting { openUnderWay(open[number], visit: number - count, from: from) }
    }

    /// One order under way.
    private mutating func openUnderWay(_ open: OpenOrder, visit: Int, from: Double) {
        let facts = OrderFacts(
            order: -1, copy: 0, visit: visit, entity: 0, placedAt: from, promisedAt: .infinity, time: from, zone: 0,
            region: 0, place: Place(x: 0, y: 0), segment: 0, channel: 0, tags: TagSet(), parcel: Parcel())
        let slot = allocate(facts, cancellationTime: .infinity)
        orders[slot].isOpening = true
        orders[slot].isMeasured = false
        let lane = LaneFacts(lane: -1, node: open.node, service: open.service, kilometres: 0, baseHours: 0, tariff: 0)
        let shipment = addShipment(slot, lane: lane, parcel: Parcel(), time: from)
        switch open.stage {
        case .waiting(let seconds):
            shipments[shipment].fixedSeconds = seconds
            joinQueues(slot, from: shipment, time: from)
        case .picking(let until):
            let isOn = until > from
            let end = isOn ? availability.end(node: open.node, start: from, seconds: until - from) : until
            if isOn { occupyStation(node: open.node, until: end) }
            complete(shipment, at: end)
        case .packed(let time):
            complete(shipment, at: time)
        }
        settleIfComplete(slot)
    }

    /// A station is taken until an instant.
    private mutating func occupyStation(node: Int, until end: Double) {
        if usesStationQueues {
            stations.occupy(node: node)
            events.insert(Event(time: end, rank: .pick, key: node, subject: 1, generation: 0))
        } else {
            queues.occupy(node: node, until: end)
        }
    }
}

extension OpenOrder.Stage {
    /// When what is in progress ends; nil while it waits.
    fileprivate var until: Double? {
        switch self {
        case .waiting: nil
        case .picking(let until): until
        case .packed(let time): time
        }
    }
}
