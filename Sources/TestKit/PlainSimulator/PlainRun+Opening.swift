import Domain
import DeterministicMath
import History
import Replay
import Sampling

extension PlainRun {
    /// Everything that is known before the first event.
    mutating func openBooks() {
        listExogenousEvents()
        takeVisits()
        takeOpeningState()
        // "Events of ranks 0 to 4 before `from` happen silently at the start."
        for event in agenda where event.time < settings.from {
            switch event.kind {
            case .outageEnds(let node): nodes[node].isDetectedDown = false
            case .outageDetected(let node):
                nodes[node].isDetectedDown = true
                tally.note(.silentOutage)
            case .replenishment(let row):
                let arrival = dataset.replenishments[row]
                ledger.unreserved[arrival.node][arrival.product] += arrival.quantity
            default: break
            }
        }
        agenda.removeAll { $0.time < settings.from }
    }

    /// Midnights, outages, bans, replenishments: ranks 0 to 4, by time.
    private mutating func listExogenousEvents() {
        for midnight in calendar.midnights { agenda.append(PlainEvent(time: midnight, kind: .midnight)) }
        for node in dataset.nodes.indices {
            for outage in world.outages[node] {
                let detection = outage.from + settings.detectionDelay
                if detection < outage.to {
                    agenda.append(PlainEvent(time: detection, kind: .outageDetected(node: node)))
                } else {
                    tally.note(.undetectedOutage)
                }
                agenda.append(PlainEvent(time: outage.to, kind: .outageEnds(node: node)))
            }
        }
        for number in world.bans.indices {
            agenda.append(PlainEvent(time: world.bans[number].span.to, kind: .banEnds(number: number)))
        }
        for row in dataset.replenishments.indices {
            let late = world.replenishmentDelays.isEmpty ? 0 : world.replenishmentDelays[row]
            agenda.append(PlainEvent(time: dataset.replenishments[row].time + late, kind: .replenishment(row: row)))
        }
        agenda.sort { $0.time < $1.time }
    }

    /// The orders of the horizon as visits, with the times that rules 1 to 3 give them.
    private mutating func takeVisits() {
        for row in 0..<dataset.orders.count {
            let placedAt = dataset.orders.placedAt[row]
            guard placedAt >= settings.from, placedAt < settings.to else { continue }
            var order = visit(row: row, number: orders.count)
            let delays = screeningDelays(of: order)
            order.metScreeningRule = !delays.isEmpty
            order.decisionTime = decisionTime(of: order, delays: delays)
            order.cancellationTime = cancellationTime(of: order)
            agenda.append(PlainEvent(time: order.decisionTime, kind: .decision(visit: order.visit)))
            agenda.append(PlainEvent(time: order.cancellationTime, kind: .cancellation(visit: order.visit)))
            orders.append(order)
        }
    }

    /// A recorded order as a visit.
    private func visit(row: Int, number: Int) -> PlainOrder {
        let table = dataset.orders
        let zone = Int(table.zones[row])
        let place = Place(x: table.x[row], y: table.y[row])
        return PlainOrder(
            visit: number, row: row, entity: table.idHashes[row], placedAt: table.placedAt[row],
            promisedAt: table.promisedAt[row], zone: zone, region: dataset.zones[zone].region, place: place,
            segment: Int(table.segments[row]), tags: table.tags(of: row),
            lines: table.lines(of: row).map {
                PlainLine(
                    product: Int(table.lineProducts[$0]), quantity: Int(table.lineQuantities[$0]),
                    price: table.linePrices[$0])
            },
            candidates: candidates(zone: zone, place: place))
    }

    /// "Decision": the lanes of the zone, with the distance and hours of the order's own place where it has one.
    private func candidates(zone: Int, place: Place) -> [PlainCandidate] {
        let lanes = dataset.lanes
        return lanes.rows(ofZone: zone).map { row in
            let node = Int(lanes.nodes[row])
            let service = Int(lanes.services[row])
            guard place != dataset.zones[zone].place else {
                return PlainCandidate(
                    node: node, service: service, kilometres: lanes.kilometres[row], baseHours: lanes.baseHours[row],
                    tariff: Int(lanes.tariffs[row]))
            }
            tally.note(.placeOfItsOwn)
            let carrier = dataset.services[service]
            let kilometres = dataset.nodes[node].place.distanceKilometres(
                to: place, in: dataset.description.coordinates)
            let stretched =
                carrier.distanceExponent == 1
                ? kilometres : DeterministicMath.power(kilometres, carrier.distanceExponent)
            return PlainCandidate(
                node: node, service: service, kilometres: kilometres,
                baseHours: carrier.fixedHours + stretched / carrier.kilometresPerHour, tariff: Int(lanes.tariffs[row]))
        }
    }

    /// Rule 1: the delay of every screening rule that matches.
    private func screeningDelays(of order: PlainOrder) -> [Double] {
        var value = 0.0
        var tags = order.tags
        for line in order.lines {
            value += line.price * Double(line.quantity)
            tags = tags.union(dataset.products.tags[line.product])
        }
        var delays: [Double] = []
        for (number, rule) in settings.screening.enumerated() {
            if let threshold = rule.valueAbove, value <= threshold { continue }
            if let segment = rule.segment, order.segment != segment { continue }
            if let tag = rule.tag, !tags.contains(tag) { continue }
            if rule.share < 1 {
                let uniform = world.draws.uniform(.screening, entity: order.entity, draw: number)
                if uniform >= rule.share {
                    tally.note(.screeningNotDrawn)
                    continue
                }
            }
            delays.append(rule.delay)
        }
        return delays
    }

    /// Rules 1 and 2: when an order is decided.
    private func decisionTime(of order: PlainOrder, delays: [Double]) -> Double {
        let approved = max(order.placedAt, dataset.orders.approvedAt[order.row])
        if approved > order.placedAt { tally.note(.approvalDelay) }
        var sumOfDelays = 0.0
        for delay in delays { sumOfDelays += delay }
        let ready = approved + sumOfDelays
        if !delays.isEmpty { tally.note(.screeningDelay) }
        guard let wave = strategy.waveSeconds else { return ready }
        let decisionTime = (ready / wave).rounded(.up) * wave
        if decisionTime > ready { tally.note(.waveDelay) }
        return decisionTime
    }

    /// Rule 3: when an order is cancelled if no pick has started by then.
    private func cancellationTime(of order: PlainOrder) -> Double {
        let drawn = world.cancellationTime(entity: order.entity, placedAt: order.placedAt, region: order.region)
        guard world.replaysRecordedCancellations, let history = dataset.history else { return drawn }
        let rows = history.rows(of: order.row)
        let cancelledRows = rows.filter { history.cancelled[$0] == 1 }
        if cancelledRows.isEmpty { return drawn }
        let known = cancelledRows.map { history.cancelledAt[$0] }.filter { !$0.isNaN }.min()
        let shipped = rows.map { history.shippedAt[$0] }.filter { !$0.isNaN }
        if let known {
            return shipped.contains { $0 <= known } ? drawn : min(drawn, max(known, order.placedAt))
        }
        return shipped.isEmpty ? order.placedAt : drawn
    }

    /// "Opening state".
    private mutating func takeOpeningState() {
        let open = dataset.openOrders
        for (index, order) in open.enumerated() {
            var shipment = PlainShipment(
                visit: index - open.count, ordinal: 0, node: order.node, service: order.service, candidate: nil,
                parts: [], assignedAt: settings.from)
            switch order.stage {
            case .waiting(let seconds):
                shipment.serviceSeconds = seconds
                nodes[order.node].queue.append(shipments.count)
            case .picking(let until):
                shipment.pickStart = settings.from
                if until < settings.from {
                    shipment.pickEnd = until
                } else {
                    shipment.serviceSeconds = until - settings.from
                    shipment.pickEnd = endOfPick(
                        node: order.node, start: settings.from, seconds: shipment.serviceSeconds)
                    nodes[order.node].inProgress.append(shipments.count)
                }
            case .packed(let at):
                shipment.pickStart = at
                shipment.pickEnd = at
            }
            shipments.append(shipment)
        }
    }
}
