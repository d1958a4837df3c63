import Domain
import Storage

/// An order in one shipment, assigned as it was placed, of whose course nothing is open but when its carrier collects it.
///
/// What its parcel comes to is worked out when it is counted: a day's orders wait for their collection, and reading
/// their parcels again costs less than the memory in which all that would be kept.
struct SingleOrder: BitwiseCopyable {
    /// Row in the dataset's orders.
    var order: Int32
    /// Row of the lane table, and what it says: the table is large, and nothing else would be read of it.
    var lane: Int32
    var node: Int32
    var service: Int32
    var tariff: Int32
    var wasReviewed: Bool
    var kilometres: Double
    var pickStart: Double
    var serviceSeconds: Double
    /// Base transit hours x the draw of the shipment.
    var transitWork: Double
}

// Orders whose whole course, or all of it but the collection, is known as they are assigned: they take no place in the pools
// of live orders and shipments.
extension StrategyReplay {
    /// Assigns a whole order to a lane, and counts it as soon as its collection is known. False, and nothing done, where
    /// something may still come between, a cancellation or an outage, or where somebody asks for more than sums.
    mutating func assignAtOnce(_ row: Int, block: VisitBlock, index: Int, noise: VisitNoise) -> Bool {
        guard !usesStationQueues, !isRecording, cells.isEmpty else { return false }
        let visit = block.visits[index]
        let lane =
            context.tables.hasOrderPlaces ? context.lane(row, for: block.facts[index]) : context.tables.lanes[row]
        let node = lane.node
        let time = visit.placedAt
        let start = nextStart(node: node, notBefore: time)
        guard start < nextDetection[node], visit.cancellationTime >= start else { return false }
        if hasMissing, wouldBeShort(order: visit.order, node: node) { return false }

        takeStock(order: visit.order, node: node)
        let meanSeconds = context.meanServiceSeconds(node: node, parcel: block.facts[index].parcel)
        countAssignment(lane, meanSeconds: meanSeconds)
        // A pick that starts at once has started for everything that is still to come at this instant.
        if start > time {
            state.addWaiting(1, node: node)
            queues.noteWaiting(node: node, start: start)
            notePeak(node: node, time: time)
        }
        let factors = noise.factors(node: node, service: lane.service, entity: visit.entity, context: context)
        let single = SingleOrder(
            order: Int32(visit.order), lane: Int32(row), node: Int32(node), service: Int32(lane.service),
            tariff: Int32(lane.tariff), wasReviewed: visit.wasReviewed, kilometres: lane.kilometres, pickStart: start,
            serviceSeconds: meanSeconds * factors.service * serviceMultiplier(node: node, at: start),
            transitWork: lane.baseHours * factors.transit)
        let pickEnd = availability.end(node: node, start: start, seconds: single.serviceSeconds)
        queues.occupy(node: node, until: pickEnd)
        if pickEnd > end {
            count(single, parcel: block.facts[index].parcel, handedOverAt: .infinity)
        } else if handOver.isUnlimited(service: lane.service) {
            let collected = context.collection(service: lane.service, after: pickEnd)
            count(single, parcel: block.facts[index].parcel, handedOverAt: collected)
        } else {
            handOver.add(
                node: node, service: lane.service, time: pickEnd, visit: visit.visit, ordinal: 0,
                shipment: Self.firstSingle - keep(single))
        }
        return true
    }

    /// Counts a kept order that has been collected, by the number under which it was handed over.
    mutating func countSingle(_ number: Int32, handedOverAt: Double) {
        let single = singles[Int(Self.firstSingle - number)]
        count(single, parcel: context.parcel(ofOrder: Int(single.order)), handedOverAt: handedOverAt)
    }

    /// Hand-overs of kept orders go under this number and those below, other shipments under their places in the pool.
    static var firstSingle: Int32 { -1 }

    /// Keeps an order until its collection is known; returns its place.
    ///
    /// Places are taken one after the other and given back together, so that both are read and written from end to end.
    private mutating func keep(_ single: SingleOrder) -> Int32 {
        singles.append(single, in: arena)
        return Int32(singles.count - 1)
    }

    /// Moves the kept orders that are still to be collected up to the front; they were handed over in the order in
    /// which they were kept.
    mutating func closeRanksOfSingles() {
        let singles = singles
        var kept: Int32 = 0
        handOver.renumber { number in
            guard number <= Self.firstSingle else { return number }
            singles[Int(kept)] = singles[Int(Self.firstSingle - number)]
            kept += 1
            return Self.firstSingle - (kept - 1)
        }
        self.singles.removeLast(singles.count - Int(kept))
    }

    /// Counts an order.
    private mutating func count(_ single: SingleOrder, parcel: Parcel, handedOverAt: Double) {
        let row = Int(single.order)
        let lane = LaneFacts(
            lane: Int(single.lane), node: Int(single.node), service: Int(single.service),
            kilometres: single.kilometres, baseHours: 0, tariff: Int(single.tariff))
        let placedAt = context.tables.orders.placedAt[row]
        var live = LiveShipment(
            order: -1, ordinal: 0, node: Int32(lane.node), service: Int32(lane.service), lane: single.lane,
            assignedAt: placedAt, kilometres: lane.kilometres, serviceWork: 0, transitWork: single.transitWork,
            load: context.load(of: parcel, on: lane, at: placedAt))
        live.pickStart = single.pickStart
        live.serviceSeconds = single.serviceSeconds
        live.handedOverAt = handedOverAt
        let zone = Int(context.tables.orders.zones[row])
        live.arrivedAt = arrival(live, zoneRegion: context.dataset.zones[zone].region)
        let status = live.arrivedAt > end ? OrderStatus.open : .delivered
        var tally = OrderTally()
        add(live, to: &tally, status: status)
        let isMeasured = context.isMeasured(placedAt: placedAt)
        _ = count(
            EndedOrder(row: row, status: status, wasReviewed: single.wasReviewed, isMeasured: isMeasured), tally: tally)
        if isMeasured { countLane(single.lane) }
    }
}
