import Domain
import History

/// What an order's shipments add up to.
struct OrderTally {
    var shipments = 0.0
    var picks = 0.0
    var pickWaitHours = 0.0
    var ineffective = 0.0
    var freight = 0.0
    var handling = 0.0
    var kilometres = 0.0
    var carbonKilograms = 0.0
    var serviceHours = 0.0
    /// When the last shipment arrives; +infinity if one does not by the end.
    var arrivedAt = -Double.infinity
    var itemsDelivered = 0.0
    var deliveredValue = 0.0
    var goodsCost = 0.0
}

extension StrategyReplay {
    /// Settles an order once nothing about it is pending.
    mutating func settleIfComplete(_ slot: Int) {
        let order = orders[slot]
        guard order.isLive, order.waitingQuantities < 0, order.pendingPicks == 0, order.pendingHandOvers == 0 else {
            return
        }
        let status = statusAtEnd(slot)
        settle(slot, status: status)
    }

    /// What an order is if nothing more happens to it; fixes when its shipments arrive.
    mutating func statusAtEnd(_ slot: Int) -> OrderStatus {
        let order = orders[slot]
        var hasArrived = true
        var shipment = order.firstShipment
        while shipment >= 0 {
            if !shipments[shipment].isVoid {
                shipments[shipment].arrivedAt = arrival(shipment)
                if shipments[shipment].arrivedAt > context.settings.end { hasArrived = false }
            }
            shipment = shipments[shipment].next
        }
        if order.waitingQuantities >= 0 || order.decidedAt == .infinity { return .open }
        if order.liveShipments == 0 { return .unserved }
        return hasArrived ? .delivered : .open
    }

    /// When a shipment arrives; +infinity if it is not handed over.
    private func arrival(_ shipment: Int) -> Double {
        let live = shipments[shipment]
        guard live.handedOverAt < .infinity, live.lane >= 0 else { return .infinity }
        let order = orders[live.order].facts
        let factor = context.world.transitFactor(
            context.tables.services[live.service].transitDistribution, entity: order.entity, shipment: live.ordinal)
        let work = live.baseHours * factor
        let region = context.tables.nodes[live.node].region
        let slowness = context.world.slowness
        switch context.settings.transitEffect {
        case .alongTheWay:
            let middle = slowness.completion(of: work / 2, from: live.handedOverAt, region: region)
            return slowness.completion(of: work / 2, from: middle, region: order.region)
        case .atHandOver:
            return live.handedOverAt + work * slowness.value(region: region, at: live.handedOverAt) * 3_600
        }
    }

    /// Fixes what became of an order, counts it, and frees its place in the pool.
    mutating func settle(_ slot: Int, status: OrderStatus) {
        orders[slot].isLive = false
        if !orders[slot].isOpening {
            var tally = OrderTally()
            var outcomes: [ShipmentOutcome] = []
            var shipment = orders[slot].firstShipment
            while shipment >= 0 {
                add(shipment, to: &tally, status: status)
                if isRecording { outcomes.append(outcome(of: shipment)) }
                shipment = shipments[shipment].next
            }
            count(slot, status: status, tally: tally, shipments: outcomes)
        }
        var shipment = orders[slot].firstShipment
        while shipment >= 0 {
            freeShipments.append(shipment)
            shipment = shipments[shipment].next
        }
        freeOrders.append(slot)
    }

    /// Adds a shipment to its order's tally.
    private mutating func add(_ shipment: Int, to tally: inout OrderTally, status: OrderStatus) {
        let live = shipments[shipment]
        if live.isVoid || availability.isOut(node: live.node, at: live.assignedAt) { tally.ineffective += 1 }
        guard !live.isVoid else { return }
        tally.shipments += 1
        if live.pickStart <= context.settings.end {
            tally.picks += 1
            tally.pickWaitHours += (live.pickStart - live.assignedAt) / 3_600
            tally.serviceHours += live.serviceSeconds / 3_600
            measures.busyHours[live.node] += live.serviceSeconds / 3_600
        }
        tally.freight += context.dataset.tariffs[live.tariff].price(
            for: live.parcel.load, kilometres: live.kilometres)
        tally.handling += handling(live)
        tally.kilometres += live.kilometres
        tally.carbonKilograms += carbon(live)
        guard status == .delivered else { return }
        tally.arrivedAt = max(tally.arrivedAt, live.arrivedAt)
        tally.itemsDelivered += live.parcel.items
        tally.deliveredValue += live.parcel.value
        tally.goodsCost += live.parcel.goodsCost
    }

    /// Handling and labour of a shipment.
    private func handling(_ live: LiveShipment) -> Double {
        let labour =
            live.pickStart <= context.settings.end
            ? context.tables.nodes[live.node].labourCostPerHour * (live.serviceSeconds / 3_600) : 0
        return context.handling(node: live.node, parcel: live.parcel) + labour
    }

    /// Emissions of a shipment.
    private func carbon(_ live: LiveShipment) -> Double {
        let emission = context.tables.services[live.service].emission
        guard emission >= 0 else { return 0 }
        return context.dataset.tariffs[emission].price(for: live.parcel.load, kilometres: live.kilometres)
    }

    /// Counts a settled order in the facts, the histogram and the cells, and records it.
    private mutating func count(
        _ slot: Int, status: OrderStatus, tally: OrderTally, shipments: [ShipmentOutcome]
    ) {
        let order = orders[slot]
        let money = context.settings.money
        let isDelivered = status == .delivered
        let isFilled = isDelivered && order.itemsUnserved == 0
        let late = isDelivered ? hoursLate(deliveredAt: tally.arrivedAt, promisedAt: order.facts.promisedAt) : nil
        let unserved = status == .cancelled ? 0 : order.itemsUnserved
        var result = OrderOutcome(visit: order.facts.visit, order: order.facts.order, copy: order.facts.copy)
        result.status = status
        result.isFilled = isFilled
        result.isOnTime = isFilled && late == nil
        result.decidedAt = order.decidedAt
        result.deliveredAt = isDelivered ? tally.arrivedAt : .infinity
        result.cancelledAt = status == .cancelled ? order.cancelledAt : .infinity
        result.latenessHours = late ?? 0
        result.wasBackOrdered = order.wasBackOrdered
        result.wasReviewed = order.wasReviewed
        result.isMeasured = order.isMeasured
        result.itemsUnserved = unserved
        if let late {
            result.compensation = min(money.compensationCap, money.latePerOrder + money.latePerHour * late)
        }
        if unserved > 0 {
            result.unservedCost = money.unservedPerOrder + money.unservedPerItem * Double(unserved)
        }
        result.complaintProbability = complaint(isDelivered: isDelivered, late: late, unserved: unserved)
        result.shipments = shipments
        if order.isMeasured {
            let weight = context.dataset.orders.weights[order.facts.order]
            tally.add(to: &measures.facts, order: order, result: result, weight: weight)
            if isFilled {
                measures.leadTimeHours.add((tally.arrivedAt - order.facts.placedAt) / 3_600, weight: weight)
            }
            countLanes(slot)
            countCell(slot, tally: tally, result: result, weight: weight)
        }
        if isRecording { outcomes.append(result) }
    }

    /// Hours late by the dataset's promise basis; nil on time. By the day an order may be late by 0 hours: delivered at the
    /// very midnight that ends the promised day.
    private func hoursLate(deliveredAt: Double, promisedAt: Double) -> Double? {
        guard promisedAt < .infinity else { return nil }
        switch context.dataset.description.promiseBy {
        case .instant: return deliveredAt > promisedAt ? (deliveredAt - promisedAt) / 3_600 : nil
        case .day:
            let calendar = context.calendar
            let promised = calendar.day(of: promisedAt)
            if calendar.day(of: deliveredAt) <= promised { return nil }
            return (deliveredAt - calendar.midnights[promised + 1]) / 3_600
        }
    }

    /// Expected complaints of an order.
    private func complaint(isDelivered: Bool, late: Double?, unserved: Int) -> Double {
        let money = context.settings.money
        var probability = 0.0
        if isDelivered {
            probability =
                late.map { min(1, money.complaintLate + money.complaintPerHourLate * $0) } ?? money.complaintOnTime
        }
        return unserved > 0 ? max(probability, money.complaintUnserved) : probability
    }

    /// Counts how many shipments use lanes that history used.
    private mutating func countLanes(_ slot: Int) {
        guard !context.tables.laneHasHistory.isEmpty else { return }
        var shipment = orders[slot].firstShipment
        while shipment >= 0 {
            if !shipments[shipment].isVoid {
                lanesCounted += 1
                if context.tables.laneHasHistory[shipments[shipment].lane] { lanesWithHistory += 1 }
            }
            shipment = shipments[shipment].next
        }
    }

    /// A shipment as the recorder sees it: nothing beyond the end of the replay.
    private func outcome(of shipment: Int) -> ShipmentOutcome {
        let live = shipments[shipment]
        let end = context.settings.end
        func seen(_ time: Double) -> Double { time <= end && !live.isVoid ? time : .infinity }
        return ShipmentOutcome(
            ordinal: live.ordinal, node: live.node, service: live.service, lines: partsOf(shipment),
            assignedAt: live.assignedAt, pickStart: seen(live.pickStart), pickEnd: seen(live.pickEnd),
            handedOverAt: seen(live.handedOverAt), arrivedAt: seen(live.arrivedAt), isVoid: live.isVoid,
            kilometres: live.kilometres,
            freight: live.isVoid
                ? 0 : context.dataset.tariffs[live.tariff].price(for: live.parcel.load, kilometres: live.kilometres),
            handling: live.isVoid ? 0 : handling(live), carbonKilograms: live.isVoid ? 0 : carbon(live),
            serviceSeconds: seen(live.pickStart) < .infinity ? live.serviceSeconds : 0)
    }
}

extension OrderTally {
    /// Adds an order to sums of facts.
    func add(to facts: inout FactSums, order: LiveOrder, result: OrderOutcome, weight: Double) {
        let parcel = order.facts.parcel
        facts[.orders] += weight
        facts[.lines] += weight * Double(parcel.lines)
        facts[.items] += weight * parcel.items
        facts[.orderedValue] += weight * parcel.value
        switch result.status {
        case .delivered: facts[.delivered] += weight
        case .cancelled: facts[.cancelled] += weight
        case .unserved: facts[.unserved] += weight
        case .open: facts[.open] += weight
        }
        if result.isFilled {
            facts[.filled] += weight
            facts[.latenessHours] += weight * result.latenessHours
            facts[.leadTimeHours] += weight * ((arrivedAt - order.facts.placedAt) / 3_600)
        }
        if result.isOnTime { facts[.onTime] += weight }
        if result.wasBackOrdered { facts[.backOrdered] += weight }
        if result.wasReviewed { facts[.reviewed] += weight }
        if shipments > 1 { facts[.split] += weight }
        facts[.itemsDelivered] += weight * itemsDelivered
        facts[.itemsUnserved] += weight * Double(result.itemsUnserved)
        facts[.shipments] += weight * shipments
        facts[.picks] += weight * picks
        facts[.pickWaitHours] += weight * pickWaitHours
        facts[.ineffective] += weight * ineffective
        facts[.deliveredValue] += weight * deliveredValue
        facts[.goodsCost] += weight * goodsCost
        facts[.freight] += weight * freight
        facts[.handling] += weight * handling
        facts[.compensation] += weight * result.compensation
        facts[.unservedCost] += weight * result.unservedCost
        facts[.kilometres] += weight * kilometres
        facts[.carbonKilograms] += weight * carbonKilograms
        facts[.complaints] += weight * result.complaintProbability
        facts[.serviceHours] += weight * serviceHours
    }
}
