import Domain
import History
import Storage

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

/// What is known of an order when its course has ended.
struct EndedOrder {
    /// Row in the dataset's orders.
    var row: Int
    var status: OrderStatus
    var itemsUnserved = 0
    var wasBackOrdered = false
    var wasReviewed: Bool
    var isMeasured: Bool
}

/// What became of an order, before it is counted.
struct SettledOrder {
    var status: OrderStatus
    /// Whether all its lines were delivered.
    var isFilled = false
    /// Whether it was filled by its promise.
    var isOnTime = false
    var latenessHours = 0.0
    var itemsUnserved = 0
    var compensation = 0.0
    var unservedCost = 0.0
    var complaintProbability = 0.0
}

extension StrategyReplay {
    /// Settles an order once nothing about it is pending.
    mutating func settleIfComplete(_ slot: Int) {
        guard orders[slot].isLive, orders[slot].waitingQuantities < 0, orders[slot].pendingPicks == 0,
            orders[slot].pendingHandOvers == 0
        else { return }
        let status = statusAtEnd(slot)
        settle(slot, status: status)
    }

    /// What an order is if nothing more happens to it; fixes when its shipments arrive.
    mutating func statusAtEnd(_ slot: Int) -> OrderStatus {
        var hasArrived = true
        var shipment = orders[slot].firstShipment
        while shipment >= 0 {
            if !shipments[Int(shipment)].isVoid {
                let arrivedAt = arrival(shipments[Int(shipment)], zoneRegion: Int(orders[slot].region))
                shipments[Int(shipment)].arrivedAt = arrivedAt
                if arrivedAt > end { hasArrived = false }
            }
            shipment = shipments[Int(shipment)].next
        }
        if orders[slot].waitingQuantities >= 0 || orders[slot].decidedAt == .infinity { return .open }
        if orders[slot].liveShipments == 0 { return .unserved }
        return hasArrived ? .delivered : .open
    }

    /// When a shipment arrives; +infinity if it is not handed over.
    @inline(__always)
    mutating func arrival(_ live: LiveShipment, zoneRegion: Int) -> Double {
        guard live.handedOverAt < .infinity, live.lane >= 0 else { return .infinity }
        let region = context.tables.nodes[Int(live.node)].region
        switch context.settings.transitEffect {
        case .alongTheWay:
            let half = live.transitWork / 2
            let middle = context.world.slowness.completion(of: half, from: live.handedOverAt, region: region)
            return context.world.slowness.completion(of: half, from: middle, region: zoneRegion)
        case .atHandOver:
            let slowness = context.world.slowness.value(region: region, at: live.handedOverAt)
            return live.handedOverAt + live.transitWork * slowness * 3_600
        }
    }

    /// Fixes what became of an order, counts it, and frees its place in the pool.
    mutating func settle(_ slot: Int, status: OrderStatus) {
        orders[slot].isLive = false
        if !orders[slot].isOpening {
            var tally = OrderTally()
            var shipment = orders[slot].firstShipment
            while shipment >= 0 {
                add(shipments[Int(shipment)], to: &tally, status: status)
                shipment = shipments[Int(shipment)].next
            }
            count(slot, status: status, tally: tally)
        }
        var shipment = orders[slot].firstShipment
        while shipment >= 0 {
            let next = shipments[Int(shipment)].next
            shipments[Int(shipment)].next = freeShipment
            freeShipment = shipment
            shipment = next
        }
        orders[slot].nextFree = freeOrder
        freeOrder = slot
    }

    /// Adds a shipment to its order's tally.
    @inline(__always)
    mutating func add(_ live: LiveShipment, to tally: inout OrderTally, status: OrderStatus) {
        let node = Int(live.node)
        if live.isVoid || availability.isOut(node: node, at: live.assignedAt) { tally.ineffective += 1 }
        guard !live.isVoid else { return }
        tally.shipments += 1
        if live.pickStart <= end {
            tally.picks += 1
            tally.pickWaitHours += (live.pickStart - live.assignedAt) * hoursPerSecond
            tally.serviceHours += live.serviceSeconds * hoursPerSecond
            busyHours[node] += live.serviceSeconds * hoursPerSecond
        }
        tally.freight += live.load.freight
        tally.handling += handling(live)
        tally.kilometres += live.kilometres
        tally.carbonKilograms += live.load.carbonKilograms
        guard status == .delivered else { return }
        tally.arrivedAt = max(tally.arrivedAt, live.arrivedAt)
        tally.itemsDelivered += live.load.items
        tally.deliveredValue += live.load.value
        tally.goodsCost += live.load.goodsCost
    }

    /// Handling and labour of a shipment.
    @inline(__always)
    private func handling(_ live: LiveShipment) -> Double {
        let labour =
            live.pickStart <= end
            ? context.tables.nodes[Int(live.node)].labourCostPerHour * (live.serviceSeconds * hoursPerSecond) : 0
        return live.load.handling + labour
    }

    /// Counts an order of the pool, and records it.
    private mutating func count(_ slot: Int, status: OrderStatus, tally: OrderTally) {
        let isMeasured = orders[slot].isMeasured
        let settled = count(
            EndedOrder(
                row: orders[slot].order, status: status, itemsUnserved: orders[slot].itemsUnserved,
                wasBackOrdered: orders[slot].wasBackOrdered, wasReviewed: orders[slot].wasReviewed,
                isMeasured: isMeasured), tally: tally)
        if isMeasured {
            countLanes(slot)
            if !cellPlan.cuts.isEmpty { countCell(slot, tally: tally, settled: settled) }
        }
        if isRecording { record(slot, settled: settled, deliveredAt: tally.arrivedAt) }
    }

    /// Counts an order in the facts and the histogram.
    mutating func count(_ order: EndedOrder, tally: OrderTally) -> SettledOrder {
        let table = context.tables.orders
        let placedAt = table.placedAt[order.row]
        let isDelivered = order.status == .delivered
        let late = isDelivered ? hoursLate(deliveredAt: tally.arrivedAt, promisedAt: table.promisedAt[order.row]) : nil
        var settled = SettledOrder(status: order.status)
        settled.isFilled = isDelivered && order.itemsUnserved == 0
        settled.isOnTime = settled.isFilled && late == nil
        settled.latenessHours = late ?? 0
        settled.itemsUnserved = order.status == .cancelled ? 0 : order.itemsUnserved
        if let late {
            settled.compensation = min(money.compensationCap, money.latePerOrder + money.latePerHour * late)
        }
        if settled.itemsUnserved > 0 {
            settled.unservedCost = money.unservedPerOrder + money.unservedPerItem * Double(settled.itemsUnserved)
        }
        settled.complaintProbability = complaint(
            isDelivered: isDelivered, late: late, unserved: settled.itemsUnserved)
        guard order.isMeasured else { return settled }
        let weight = table.weights[order.row]
        tally.add(
            to: sums, settled: settled, wasBackOrdered: order.wasBackOrdered, wasReviewed: order.wasReviewed,
            placedAt: placedAt, weight: weight)
        if settled.isFilled {
            measures.leadTimeHours.add((tally.arrivedAt - placedAt) * hoursPerSecond, weight: weight)
        }
        return settled
    }

    /// Keeps an order's outcome for the recorder.
    private mutating func record(_ slot: Int, settled: SettledOrder, deliveredAt: Double) {
        let order = orders[slot]
        var result = OrderOutcome(visit: order.visit, order: order.order, copy: 0)
        result.status = settled.status
        result.isFilled = settled.isFilled
        result.isOnTime = settled.isOnTime
        result.decidedAt = order.decidedAt
        result.deliveredAt = settled.status == .delivered ? deliveredAt : .infinity
        result.cancelledAt = settled.status == .cancelled ? order.cancelledAt : .infinity
        result.latenessHours = settled.latenessHours
        result.wasBackOrdered = order.wasBackOrdered
        result.wasReviewed = order.wasReviewed
        result.isMeasured = order.isMeasured
        result.itemsUnserved = settled.itemsUnserved
        result.compensation = settled.compensation
        result.unservedCost = settled.unservedCost
        result.complaintProbability = settled.complaintProbability
        var shipment = order.firstShipment
        while shipment >= 0 {
            result.shipments.append(outcome(of: shipment))
            shipment = shipments[Int(shipment)].next
        }
        outcomes.append(result)
    }

    /// Hours late by the dataset's promise basis; nil on time. By the day an order may be late by 0 hours: delivered at the
    /// very midnight that ends the promised day.
    private mutating func hoursLate(deliveredAt: Double, promisedAt: Double) -> Double? {
        guard promisedAt < .infinity else { return nil }
        switch context.dataset.description.promiseBy {
        case .instant: return deliveredAt > promisedAt ? (deliveredAt - promisedAt) * hoursPerSecond : nil
        case .day:
            let calendar = context.calendar
            let promised = calendar.day(of: promisedAt)
            if calendar.day(of: deliveredAt) <= promised { return nil }
            return (deliveredAt - calendar.midnights[promised + 1]) * hoursPerSecond
        }
    }

    /// Expected complaints of an order.
    private mutating func complaint(isDelivered: Bool, late: Double?, unserved: Int) -> Double {
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
            if !shipments[Int(shipment)].isVoid { countLane(shipments[Int(shipment)].lane) }
            shipment = shipments[Int(shipment)].next
        }
    }

    /// Counts a shipment's lane among those that history used, or not.
    @inline(__always)
    mutating func countLane(_ lane: Int32) {
        guard !context.tables.laneHasHistory.isEmpty else { return }
        lanesCounted += 1
        if context.tables.laneHasHistory[Int(lane)] { lanesWithHistory += 1 }
    }

    /// A shipment as the recorder sees it: nothing beyond the end of the replay.
    private func outcome(of shipment: Int32) -> ShipmentOutcome {
        let live = shipments[Int(shipment)]
        let end = end
        func seen(_ time: Double) -> Double { time <= end && !live.isVoid ? time : .infinity }
        func seenPick(_ time: Double) -> Double { live.hasFailed ? time : seen(time) }
        return ShipmentOutcome(
            ordinal: Int(live.ordinal), node: Int(live.node), service: Int(live.service), lines: partsOf(shipment),
            assignedAt: live.assignedAt, pickStart: seenPick(live.pickStart), pickEnd: seenPick(live.pickEnd),
            handedOverAt: seen(live.handedOverAt), arrivedAt: seen(live.arrivedAt), isVoid: live.isVoid,
            kilometres: live.kilometres,
            freight: live.isVoid ? 0 : live.load.freight,
            handling: live.isVoid ? 0 : handling(live), carbonKilograms: live.isVoid ? 0 : live.load.carbonKilograms,
            serviceSeconds: seen(live.pickStart) < .infinity ? live.serviceSeconds : 0)
    }
}

extension OrderTally {
    /// Adds a settled order to sums of facts.
    func add(
        to sums: Buffer<Double>, settled: SettledOrder, wasBackOrdered: Bool, wasReviewed: Bool, placedAt: Double,
        weight: Double
    ) {
        @inline(__always)
        func add(_ value: Double, to fact: Fact) { sums[fact.rawValue] += weight * value }
        switch settled.status {
        case .delivered: add(1, to: .delivered)
        case .cancelled: add(1, to: .cancelled)
        case .unserved: add(1, to: .unserved)
        case .open: add(1, to: .open)
        }
        if settled.isFilled {
            add(1, to: .filled)
            add(settled.latenessHours, to: .latenessHours)
            add((arrivedAt - placedAt) * hoursPerSecond, to: .leadTimeHours)
        }
        if settled.isOnTime { add(1, to: .onTime) }
        if wasBackOrdered { add(1, to: .backOrdered) }
        if wasReviewed { add(1, to: .reviewed) }
        if shipments > 1 { add(1, to: .split) }
        add(itemsDelivered, to: .itemsDelivered)
        add(Double(settled.itemsUnserved), to: .itemsUnserved)
        add(shipments, to: .shipments)
        add(picks, to: .picks)
        add(pickWaitHours, to: .pickWaitHours)
        add(ineffective, to: .ineffective)
        add(deliveredValue, to: .deliveredValue)
        add(goodsCost, to: .goodsCost)
        add(freight, to: .freight)
        add(handling, to: .handling)
        add(settled.compensation, to: .compensation)
        add(settled.unservedCost, to: .unservedCost)
        add(kilometres, to: .kilometres)
        add(carbonKilograms, to: .carbonKilograms)
        add(settled.complaintProbability, to: .complaints)
        add(serviceHours, to: .serviceHours)
    }
}
