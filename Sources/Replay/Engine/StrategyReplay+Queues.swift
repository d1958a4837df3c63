import Domain
import History

extension StrategyReplay {
    /// Turns the plan into shipments and lets them join their queues.
    mutating func commit(_ slot: Int, time: Double) {
        var first: Int32 = -1
        for index in 0..<scratch.plan.count {
            let planned = scratch.plan[index].parts
            let shipment = addShipment(
                slot, lane: scratch.plan[index].lane, parcel: scratch.plan[index].parcel, time: time)
            if !isWholeOrder(slot, planned) {
                shipments[Int(shipment)].firstPart = Int32(parts.count)
                shipments[Int(shipment)].partCount = Int32(planned.count)
                for position in planned.indices { parts.append(scratch.parts[position], in: arena) }
            }
            if first < 0 { first = shipment }
        }
        if first >= 0 { joinQueues(slot, from: first, time: time) }
    }

    /// Whether parts are all units of an order, which need not be listed.
    private mutating func isWholeOrder(_ slot: Int, _ run: PartRun) -> Bool {
        let lines = context.tables.orders.lines(of: orders[slot].order)
        guard run.count == lines.count else { return false }
        for index in 0..<run.count {
            let units = context.tables.orders.lineQuantities[lines.lowerBound + index]
            if scratch.parts[run.first + index].quantity != units { return false }
        }
        return true
    }

    /// Adds a shipment to its order.
    mutating func addShipment(_ slot: Int, lane: LaneFacts, parcel: Parcel, time: Double) -> Int32 {
        let ordinal = orders[slot].shipmentCount
        let entity = orders[slot].entity
        let factors: (service: Double, transit: Double)
        if let visitNoise, ordinal == 0 {
            factors = visitNoise.factors(node: lane.node, service: lane.service, entity: entity, context: context)
        } else {
            factors = context.drawFactors(
                node: lane.node, service: lane.service, entity: entity, shipment: Int(ordinal))
        }
        return append(
            LiveShipment(
                order: slot, ordinal: ordinal, node: Int32(lane.node), service: Int32(lane.service),
                lane: Int32(lane.lane), assignedAt: time, kilometres: lane.kilometres,
                serviceWork: context.meanServiceSeconds(node: lane.node, parcel: parcel) * factors.service,
                transitWork: lane.baseHours * factors.transit, load: context.load(of: parcel, on: lane, at: time)))
    }

    /// Adds a shipment to the pool and to its order.
    mutating func append(_ shipment: LiveShipment) -> Int32 {
        let slot = shipment.order
        let index: Int32
        if freeShipment >= 0 {
            index = freeShipment
            freeShipment = shipments[Int(index)].next
            shipments[Int(index)] = shipment
        } else {
            shipments.append(shipment, in: arena)
            index = Int32(shipments.count - 1)
        }
        if orders[slot].lastShipment >= 0 {
            shipments[Int(orders[slot].lastShipment)].next = index
        } else {
            orders[slot].firstShipment = index
        }
        orders[slot].lastShipment = index
        orders[slot].shipmentCount += 1
        orders[slot].liveShipments += 1
        return index
    }

    /// Lets the shipments of an order, from `first` on, join their queues.
    mutating func joinQueues(_ slot: Int, from first: Int32, time: Double) {
        if hasMissing { markShort(slot, from: first) }
        if usesStationQueues {
            var shipment = first
            while shipment >= 0 {
                let node = Int(shipments[Int(shipment)].node)
                stations.join(node: node, shipment: shipment)
                noteJoined(slot, node: node)
                insert(Event(time: time, rank: .pick, key: node, subject: 0, generation: 0))
                shipment = shipments[Int(shipment)].next
            }
            planCancellation(slot)
            return
        }
        if shipments[Int(first)].next < 0 {
            joinAlone(slot, shipment: first, time: time)
        } else {
            joinTogether(slot, from: first, time: time)
        }
        if first != orders[slot].firstShipment { checkCancellation(slot, time: time) }
    }

    /// One shipment joins its queue.
    private mutating func joinAlone(_ slot: Int, shipment: Int32, time: Double) {
        let node = Int(shipments[Int(shipment)].node)
        let start = nextStart(node: node, notBefore: time)
        if orders[slot].cancellationTime < min(orders[slot].firstPickStart, start, nextDetection[node]) {
            abandon(slot, from: shipment, time: time)
        } else {
            join(slot, shipment: shipment, node: node, start: start, time: time)
        }
    }

    /// Several shipments join their queues at once: whether the order is cancelled first depends on all of them.
    private mutating func joinTogether(_ slot: Int, from first: Int32, time: Double) {
        let cancellation = orders[slot].cancellationTime
        if cancellation < .infinity {
            var earliest = orders[slot].firstPickStart
            var shipment = first
            while shipment >= 0 {
                let node = Int(shipments[Int(shipment)].node)
                earliest = min(earliest, min(nextStart(node: node, notBefore: time), nextDetection[node]))
                shipment = shipments[Int(shipment)].next
            }
            if cancellation < earliest {
                abandon(slot, from: first, time: time)
                return
            }
        }
        var shipment = first
        while shipment >= 0 {
            let node = Int(shipments[Int(shipment)].node)
            join(slot, shipment: shipment, node: node, start: nextStart(node: node, notBefore: time), time: time)
            shipment = shipments[Int(shipment)].next
        }
    }

    /// When the next pick of a node starts.
    @inline(__always)
    func nextStart(node: Int, notBefore time: Double) -> Double {
        guard availability.losesStations(node: node) else {
            return availability.start(node: node, notBefore: max(time, queues.earliestFree(node: node)))
        }
        return availability.start(node: node, notBefore: time, stations: queues.stationCount(node: node)) { lost in
            queues.earliestFree(node: node, leaving: lost)
        }
    }

    /// A shipment waits in the queue of a node for longer than this instant, or until something happens.
    private mutating func noteJoined(_ slot: Int, node: Int) {
        state.addWaiting(1, node: node)
        orders[slot].pendingPicks += 1
    }

    /// The queue of a node counts for the longest once all that starts at this instant has started.
    mutating func notePeak(node: Int, time: Double) {
        peakQueue = max(peakQueue, state.waiting[node] - queues.startedCount(node: node, by: time))
    }

    /// The order will be cancelled before any pick starts: its shipments wait but never take a station.
    private mutating func abandon(_ slot: Int, from first: Int32, time: Double) {
        orders[slot].firstPickStart = .infinity
        var shipment = first
        while shipment >= 0 {
            let node = Int(shipments[Int(shipment)].node)
            shipments[Int(shipment)].isAbandoned = true
            noteJoined(slot, node: node)
            notePeak(node: node, time: time)
            shipment = shipments[Int(shipment)].next
        }
        planCancellation(slot)
    }

    /// Plans the cancellation of an order, once.
    mutating func planCancellation(_ slot: Int) {
        guard !orders[slot].hasCancellationEvent, orders[slot].cancellationTime < .infinity else { return }
        orders[slot].hasCancellationEvent = true
        push(time: orders[slot].cancellationTime, rank: .cancellation, slot: slot)
    }

    /// The recursion: a shipment takes the earliest free station of its node, unless it is to leave the queue before.
    private mutating func join(_ slot: Int, shipment: Int32, node: Int, start: Double, time: Double) {
        if start >= nextDetection[node] {
            shipments[Int(shipment)].isHeld = true
            held[node].append(shipment)
            noteJoined(slot, node: node)
            notePeak(node: node, time: time)
            return
        }
        orders[slot].firstPickStart = min(orders[slot].firstPickStart, start)
        state.addWaiting(1, node: node)
        queues.noteWaiting(node: node, start: start)
        if start > time { notePeak(node: node, time: time) }
        pick(shipment, start: start)
        queues.occupy(node: node, until: shipments[Int(shipment)].pickEnd)
    }

    /// Fixes start, end and, where it is known at once, hand-over of a pick.
    private mutating func pick(_ shipment: Int32, start: Double) {
        shipments[Int(shipment)].pickStart = start
        guard start < .infinity else { return }
        let node = Int(shipments[Int(shipment)].node)
        let isOpening = orders[shipments[Int(shipment)].order].isOpening
        let work = shipments[Int(shipment)].serviceWork
        let seconds = isOpening ? work : work * serviceMultiplier(node: node, at: start)
        let end = availability.end(node: node, start: start, seconds: seconds)
        shipments[Int(shipment)].serviceSeconds = seconds
        shipments[Int(shipment)].pickEnd = end
        if shipments[Int(shipment)].isShort {
            planFailure(shipment, at: end)
        } else {
            complete(shipment, at: end)
        }
    }

    /// What the service time of a pick that starts at an instant is multiplied by.
    @inline(__always)
    mutating func serviceMultiplier(node: Int, at start: Double) -> Double {
        context.world.serviceMultiplier.value(
            region: context.tables.nodes[node].region, hour: (start / 3_600).floored)
    }

    /// Hands a completed shipment to its carrier, at once where no capacity binds.
    mutating func complete(_ shipment: Int32, at end: Double) {
        let service = Int(shipments[Int(shipment)].service)
        guard end <= self.end else { return }
        if handOver.isUnlimited(service: service) {
            shipments[Int(shipment)].handedOverAt = context.collection(service: service, after: end)
            return
        }
        let slot = shipments[Int(shipment)].order
        orders[slot].pendingHandOvers += 1
        handOver.add(
            node: Int(shipments[Int(shipment)].node), service: service, time: end, visit: orders[slot].visit,
            ordinal: shipments[Int(shipment)].ordinal, shipment: shipment)
    }

    /// A pick ends, a node becomes available, or a shipment has joined: what can start, starts.
    mutating func pickEvent(_ event: Event) {
        let node = event.key
        if event.subject == 1 { stations.release(node: node) }
        defer { peakQueue = max(peakQueue, state.waiting[node]) }
        while stations.canStart(node: node) {
            let start = stations.start(node: node, notBefore: event.time, availability: availability)
            guard start == event.time else {
                if start <= end, stations.wakeAt[node] != start {
                    stations.wakeAt[node] = start
                    insert(Event(time: start, rank: .pick, key: node, subject: 0, generation: 0))
                }
                return
            }
            let shipment = stations.takeFirst(node: node)
            let slot = shipments[Int(shipment)].order
            state.addWaiting(-1, node: node)
            orders[slot].pendingPicks -= 1
            orders[slot].firstPickStart = min(orders[slot].firstPickStart, start)
            pick(shipment, start: start)
            let end = shipments[Int(shipment)].pickEnd
            insert(Event(time: end, rank: .pick, key: node, subject: 1, generation: 0))
            settleIfComplete(slot)
        }
    }

    /// Takes a shipment out of its queue and voids it.
    mutating func withdraw(_ shipment: Int32) {
        let node = Int(shipments[Int(shipment)].node)
        let slot = shipments[Int(shipment)].order
        if usesStationQueues { stations.leave(node: node, shipment: shipment) }
        // Its place in the pool will be another's: the detection it waited for must not find it.
        if shipments[Int(shipment)].isHeld { held[node].removeAll { $0 == shipment } }
        state.addWaiting(-1, node: node)
        shipments[Int(shipment)].isVoid = true
        orders[slot].pendingPicks -= 1
        orders[slot].liveShipments -= 1
    }

    /// Frees the stock of a shipment; returns its products.
    mutating func release(_ shipment: Int32) -> [Int] {
        let table = context.tables.orders
        let live = shipments[Int(shipment)]
        let first = table.lines(of: orders[live.order].order).lowerBound
        return partsOf(shipment).map { part in
            let product = Int(table.lineProducts[first + part.line])
            state.addStock(Int32(part.quantity), node: Int(live.node), product: product)
            return product
        }
    }

    /// The parts of a shipment.
    func partsOf(_ shipment: Int32) -> [ShipmentOutcome.ShipmentLine] {
        let live = shipments[Int(shipment)]
        if live.partCount >= 0 {
            return (live.firstPart..<(live.firstPart + live.partCount)).map {
                let part = parts[Int($0)]
                return ShipmentOutcome.ShipmentLine(line: Int(part.line), quantity: Int(part.quantity))
            }
        }
        let table = context.tables.orders
        let lines = table.lines(of: orders[live.order].order)
        return lines.map {
            ShipmentOutcome.ShipmentLine(line: $0 - lines.lowerBound, quantity: Int(table.lineQuantities[$0]))
        }
    }

    /// Settles completed shipments up to an instant.
    mutating func settleHandOvers(upTo time: Double) {
        scratch.handOvers.removeAll(keepingCapacity: true)
        handOver.settle(upTo: time, context: context, into: &scratch.handOvers)
        for index in scratch.handOvers.indices {
            let entry = scratch.handOvers[index]
            if entry.shipment <= Self.firstSingle {
                countSingle(entry.shipment, handedOverAt: entry.at)
                continue
            }
            shipments[Int(entry.shipment)].handedOverAt = entry.at
            let slot = shipments[Int(entry.shipment)].order
            orders[slot].pendingHandOvers -= 1
            settleIfComplete(slot)
        }
        closeRanksOfSingles()
    }
}
