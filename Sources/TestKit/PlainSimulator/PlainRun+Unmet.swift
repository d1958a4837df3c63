import Replay

extension PlainRun {
    /// "Unmet action": lines that no rule set placed.
    mutating func leaveUnmet(_ visit: Int, lines: [PlainPart]) {
        if lines.isEmpty { return }
        switch strategy.unmet {
        case .cancel:
            tally.note(.cancelledByUnmetAction)
            orders[visit].unserved = union(orders[visit].unserved, lines)
        case .wait(let deadlineHours):
            if orders[visit].deadline == nil {
                let deadline = now + deadlineHours * 3_600
                orders[visit].deadline = deadline
                agenda.append(PlainEvent(time: deadline, kind: .deadline(visit: visit)))
            }
            tally.note(orders[visit].deadlineHasPassed ? .unmetAfterDeadline : .linesWait)
            if orders[visit].deadlineHasPassed {
                orders[visit].unserved = union(orders[visit].unserved, lines)
            } else {
                orders[visit].waiting = union(orders[visit].waiting, lines)
                orders[visit].hasWaited = true
            }
        }
    }

    /// Rank 8.
    mutating func passDeadline(_ visit: Int) {
        orders[visit].deadlineHasPassed = true
        if !orders[visit].waiting.isEmpty { tally.note(.deadlinePasses) }
        orders[visit].unserved = union(orders[visit].unserved, orders[visit].waiting)
        orders[visit].waiting = []
    }

    /// "Orders decided again are decided within the event that caused it, by visit number": those with a waiting line
    /// of a product that counts.
    mutating func decideWaitingAgain(_ feature: ReplayFeature, ifProduct counts: (Int) -> Bool) {
        for visit in orders.indices
        where orders[visit].waiting.contains(where: { counts(orders[visit].lines[$0.line].product) }) {
            let lines = orders[visit].waiting
            orders[visit].waiting = []
            decide(visit, lines: lines)
            if orders[visit].waiting.count < lines.count { tally.note(feature) }
        }
    }

    /// Rank 7 and rule 3.
    mutating func cancel(_ visit: Int) {
        let order = orders[visit]
        let live = order.shipments.filter { !shipments[$0].isVoid }
        if live.contains(where: { shipments[$0].pickStart <= now }) {
            tally.note(.cancellationTooLate)
            return
        }
        // "An order of which everything is unserved by then stays unserved."
        if order.isDecided, live.isEmpty, order.waiting.isEmpty { return }
        var freed: Set<Int> = []
        for shipment in live {
            makeVoid(shipment)
            for part in shipments[shipment].parts { freed.insert(order.lines[part.line].product) }
        }
        tally.note(!order.isDecided ? .cancelledBeforeDecision : live.isEmpty ? .cancelledWaiting : .cancelledInQueue)
        if now < world.cancellationTime(entity: order.entity, placedAt: order.placedAt, region: order.region) {
            tally.note(.cancelledByRecord)
        }
        orders[visit].cancelledAt = now
        orders[visit].waiting = []
        orders[visit].unserved = []
        decideWaitingAgain(.servedAfterCancellation) { freed.contains($0) }
    }

    /// "Outages and rerouting": the queue of a node is decided again.
    mutating func reroute(node: Int) {
        // "Open orders of the opening state stay."
        let leaving = nodes[node].queue.filter { shipments[$0].visit >= 0 }
        for shipment in leaving { makeVoid(shipment) }
        for visit in Set(leaving.map { shipments[$0].visit }).sorted() {
            var lines: [PlainPart] = []
            for shipment in leaving where shipments[shipment].visit == visit {
                lines = union(lines, shipments[shipment].parts)
            }
            let live = orders[visit].shipments.filter { !shipments[$0].isVoid }
            let before = orders[visit].shipments.count
            decide(visit, lines: lines, otherLiveShipments: live.count)
            tally.note(orders[visit].shipments.count > before ? .reroutedShipment : .reroutedToUnmet)
        }
    }

    /// A shipment whose pick has not started leaves its queue, and its stock is free again.
    private mutating func makeVoid(_ index: Int) {
        let shipment = shipments[index]
        precondition(shipment.pickStart > now && !shipment.isVoid, "only a queued shipment can become void")
        shipments[index].isVoid = true
        nodes[shipment.node].queue.removeAll { $0 == index }
        for part in shipment.parts {
            ledger.unreserved[shipment.node][orders[shipment.visit].lines[part.line].product] += part.quantity
        }
    }

    /// Both lists as one by position of the line, quantities of one line added.
    func union(_ first: [PlainPart], _ second: [PlainPart]) -> [PlainPart] {
        var sum = first
        for part in second {
            if let known = sum.firstIndex(where: { $0.line == part.line }) {
                sum[known].quantity += part.quantity
            } else {
                sum.append(part)
            }
        }
        return sum.sorted { $0.line < $1.line }
    }

    /// What is left of the first list when the second is taken out.
    func difference(_ first: [PlainPart], _ second: [PlainPart]) -> [PlainPart] {
        first.compactMap { part in
            let taken = second.first { $0.line == part.line }?.quantity ?? 0
            return part.quantity > taken ? PlainPart(line: part.line, quantity: part.quantity - taken) : nil
        }
    }
}
