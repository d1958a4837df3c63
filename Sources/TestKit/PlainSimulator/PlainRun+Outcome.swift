import History
import Replay

extension PlainRun {
    /// "Outcome": what became of an order at the end.
    func outcome(of order: PlainOrder) -> OrderOutcome {
        var outcome = OrderOutcome(visit: order.visit, order: order.row, copy: 0)
        outcome.shipments = order.shipments.map { shipmentOutcome(shipments[$0]) }
        outcome.decidedAt = order.isDecided ? order.decisionTime : .infinity
        outcome.cancelledAt = order.cancelledAt
        outcome.wasBackOrdered = order.hasWaited
        outcome.wasReviewed = order.metScreeningRule
        outcome.isMeasured = order.placedAt >= settings.from + settings.warmUp
        for part in order.unserved { outcome.itemsUnserved += part.quantity }

        let live = outcome.shipments.filter { !$0.isVoid }
        let lastArrival = live.map(\.arrivedAt).max() ?? .infinity
        if order.cancelledAt < .infinity {
            outcome.status = .cancelled
        } else if lastArrival < .infinity, order.waiting.isEmpty {
            outcome.status = .delivered
            outcome.deliveredAt = lastArrival
        } else if order.isDecided, live.isEmpty, order.waiting.isEmpty {
            outcome.status = .unserved
        } else {
            outcome.status = .open
        }
        let isLate = outcome.status == .delivered && isLate(lastArrival, promise: order.promisedAt)
        outcome.isFilled = outcome.status == .delivered && outcome.itemsUnserved == 0
        outcome.isOnTime = outcome.isFilled && !isLate
        if isLate {
            outcome.latenessHours = max(0, lastArrival - latestOnTime(promise: order.promisedAt)) / 3_600
        }
        addMoney(to: &outcome, isLate: isLate)
        noteFeatures(of: outcome, isWaiting: !order.waiting.isEmpty, isLate: isLate)
        return outcome
    }

    /// Counts how an order stood at the end.
    private func noteFeatures(of outcome: OrderOutcome, isWaiting: Bool, isLate: Bool) {
        if isLate { tally.note(.deliveredLate) }
        if outcome.status == .delivered, !outcome.isFilled { tally.note(.deliveredInPart) }
        if isLate, outcome.compensation == settings.money.compensationCap { tally.note(.compensationCapped) }
        guard outcome.status == .open else { return }
        if outcome.decidedAt == .infinity { tally.note(.undecidedAtEnd) }
        if isWaiting { tally.note(.waitingAtEnd) }
        for shipment in outcome.shipments where !shipment.isVoid {
            if shipment.pickStart == .infinity {
                tally.note(.queuedAtEnd)
            } else if shipment.pickEnd == .infinity {
                tally.note(.pickingAtEnd)
            } else if shipment.handedOverAt < .infinity, shipment.arrivedAt == .infinity {
                tally.note(.onTheWayAtEnd)
            }
        }
    }

    /// Rule 9: whether an arrival is after the promise, or after its day.
    private func isLate(_ arrival: Double, promise: Double) -> Bool {
        if promise == .infinity { return false }
        switch dataset.description.promiseBy {
        case .instant: return arrival > promise
        case .day: return calendar.day(of: arrival) > calendar.day(of: promise)
        }
    }

    /// Rule 9: what lateness is counted from.
    private func latestOnTime(promise: Double) -> Double {
        switch dataset.description.promiseBy {
        case .instant: promise
        case .day: calendar.midnights[calendar.day(of: promise) + 1]
        }
    }

    /// Compensation, penalty and complaints.
    private func addMoney(to outcome: inout OrderOutcome, isLate: Bool) {
        let money = settings.money
        if outcome.itemsUnserved > 0 {
            outcome.unservedCost = money.unservedPerOrder + money.unservedPerItem * Double(outcome.itemsUnserved)
            outcome.complaintProbability = money.complaintUnserved
        }
        guard outcome.status == .delivered else { return }
        if isLate {
            outcome.compensation = min(
                money.compensationCap, money.latePerOrder + money.latePerHour * outcome.latenessHours)
        }
        let complaint =
            isLate
            ? min(1, money.complaintLate + money.complaintPerHourLate * outcome.latenessHours)
            : money.complaintOnTime
        outcome.complaintProbability = max(outcome.complaintProbability, complaint)
    }

    /// Times up to the end, and the costs of a shipment that is not void.
    private func shipmentOutcome(_ shipment: PlainShipment) -> ShipmentOutcome {
        func upToEnd(_ instant: Double) -> Double { instant <= settings.end ? instant : .infinity }
        var outcome = ShipmentOutcome(
            ordinal: shipment.ordinal, node: shipment.node, service: shipment.service, lines: shipment.parts,
            assignedAt: shipment.assignedAt)
        outcome.isVoid = shipment.isVoid
        if shipment.hasFailed {
            outcome.pickStart = shipment.pickStart
            outcome.pickEnd = shipment.pickEnd
        }
        guard !shipment.isVoid, let candidate = shipment.candidate else { return outcome }
        outcome.pickStart = upToEnd(shipment.pickStart)
        outcome.pickEnd = upToEnd(shipment.pickEnd)
        outcome.handedOverAt = upToEnd(shipment.handedOverAt)
        outcome.arrivedAt = upToEnd(shipment.arrivedAt)
        if outcome.pickStart < .infinity { outcome.serviceSeconds = shipment.serviceSeconds }

        let parcel = parcel(of: orders[shipment.visit], shipment.parts)
        let node = dataset.nodes[shipment.node]
        outcome.kilometres = candidate.kilometres
        outcome.freight = freight(candidate, parcel, at: shipment.assignedAt)
        outcome.carbonKilograms = carbonKilograms(candidate, parcel)
        outcome.handling =
            node.handlingCostPerOrder + node.handlingCostPerLine * Double(parcel.lines)
            + node.handlingCostPerItem * parcel.items + node.labourCostPerHour * (outcome.serviceSeconds / 3_600)
        return outcome
    }
}
