import Replay

extension PlainRun {
    /// The next instant at which a pick of a node ends or can start; +infinity if none.
    func nextPickInstant(node: Int) -> Double {
        let end = nodes[node].inProgress.map { shipments[$0].pickEnd }.min() ?? .infinity
        return min(end, nodes[node].queue.isEmpty ? .infinity : nextStart(node: node))
    }

    /// When a pick can start if none in progress ends before: the earliest instant from now on at which a station is free
    /// and the node available.
    private func nextStart(node: Int) -> Double {
        let losses = world.stationLosses.isEmpty ? [] : world.stationLosses[node]
        // What is lost changes at these instants only.
        let instants = [now] + losses.flatMap { [$0.span.from, $0.span.to] }.filter { $0 > now }.sorted()
        for (index, instant) in instants.enumerated() {
            var left = dataset.nodes[node].stations
            for loss in losses where loss.span.from <= instant && instant < loss.span.to { left -= loss.stations }
            guard nodes[node].inProgress.count < left else {
                if nodes[node].inProgress.count < dataset.nodes[node].stations { tally.note(.stationsLost) }
                continue
            }
            let start = nextAvailable(node: node, from: instant)
            if index + 1 == instants.count || start < instants[index + 1] { return start }
        }
        return .infinity
    }

    /// Rule 5: the earliest instant at or after `instant` at which the node is open and not in an outage.
    private func nextAvailable(node: Int, from instant: Double) -> Double {
        var candidate = instant
        while candidate <= settings.end {
            candidate = calendar.nextOpen(dataset.nodes[node].openingHours, from: candidate)
            guard let outage = world.outages[node].first(where: { $0.from <= candidate && candidate < $0.to }) else {
                return candidate
            }
            candidate = outage.to
        }
        return .infinity
    }

    /// Rank 5, first part.
    mutating func endPicks(node: Int) {
        nodes[node].inProgress.removeAll { shipments[$0].pickEnd <= now }
    }

    /// Rank 5, second part: the head of the queue starts while a station is free and the node available.
    mutating func startPicks(node: Int) {
        while let head = nodes[node].queue.first, nextStart(node: node) == now {
            nodes[node].queue.removeFirst()
            nodes[node].inProgress.append(head)
            if shipments[head].visit >= 0 { shipments[head].serviceSeconds = serviceSeconds(of: shipments[head]) }
            shipments[head].pickStart = now
            shipments[head].pickEnd = endOfPick(node: node, start: now, seconds: shipments[head].serviceSeconds)
            if shipments[head].isShort {
                agenda.append(PlainEvent(time: shipments[head].pickEnd, kind: .pickFails(shipment: head)))
            }
            noteFeatures(of: shipments[head])
        }
    }

    /// "Failed picks": rank 6.
    mutating func failPick(_ index: Int) {
        tally.note(.failedPick)
        shipments[index].isVoid = true
        shipments[index].hasFailed = true
        let shipment = shipments[index]
        for part in shipment.parts {
            let product = orders[shipment.visit].lines[part.line].product
            ledger.unreserved[shipment.node][product] += part.quantity - ledger.missing[shipment.node][product]
            ledger.missing[shipment.node][product] = 0
        }
        let live = orders[shipment.visit].shipments.filter { !shipments[$0].isVoid }
        decide(shipment.visit, lines: shipment.parts, otherLiveShipments: live.count)
    }

    /// Rule 6: `(perOrder + perLine x lines + perItem x items) x f(u) x m` for a pick that starts now.
    private func serviceSeconds(of shipment: PlainShipment) -> Double {
        let node = dataset.nodes[shipment.node]
        var items = 0
        for part in shipment.parts { items += part.quantity }
        let mean =
            node.serviceSecondsPerOrder + node.serviceSecondsPerLine * Double(shipment.parts.count)
            + node.serviceSecondsPerItem * Double(items)
        let factor = world.serviceFactor(
            node.serviceDistribution, entity: orders[shipment.visit].entity, shipment: shipment.ordinal)
        let hour = Int((now / 3_600).rounded(.down))
        return mean * factor * world.serviceMultiplier.value(region: node.region, hour: hour)
    }

    /// Rule 6: "it ends when it has had S seconds outside outages".
    func endOfPick(node: Int, start: Double, seconds: Double) -> Double {
        var left = seconds
        var time = start
        for outage in world.outages[node] where outage.to > time {
            if time + left <= outage.from { break }
            left -= max(0, outage.from - time)
            time = outage.to
        }
        return time + left
    }

    /// Counts what held a pick up.
    private func noteFeatures(of shipment: PlainShipment) {
        if shipment.visit < 0 { tally.note(.openOrderPicked) }
        if shipment.serviceSeconds == 0 { tally.note(.pickOfNoSeconds) }
        if shipment.pickEnd > now + shipment.serviceSeconds + 1 { tally.note(.suspendedPick) }
        let day = calendar.day(of: now)
        if calendar.midnights[day + 1] - calendar.midnights[day] != 86_400 { tally.note(.dayOfClockChange) }
        if now == shipment.assignedAt { return }
        let hours = dataset.nodes[shipment.node].openingHours
        if calendar.nextOpen(hours, from: shipment.assignedAt) > shipment.assignedAt {
            tally.note(.pickWaitsForOpening)
        } else if world.outages[shipment.node].contains(where: { $0.to > shipment.assignedAt && $0.from < now }) {
            tally.note(.pickWaitsForRepair)
        } else {
            tally.note(.pickWaitsForStation)
        }
    }
}
