import Domain
import Storage

/// An order in one shipment, assigned as it was placed, of whose course nothing is open but when its carrier collects it.
///
/// What its parcel comes to is worked out when it is counted: a day's orders wait for their collection, and reading their lines
/// again costs less than the memory in which all that would be kept.
struct SingleOrder: BitwiseCopyable {
    /// Row in the dataset's orders; in a free place the next free one, -1 at the end.
    var order: Int32
    /// Row of the lane table.
    var lane: Int32
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
    mutating func assignAtOnce(_ visit: VisitBlock.Visit, lane row: Int, facts: OrderFacts) -> Bool {
        guard !usesStationQueues, !isRecording, cells.isEmpty, let visitNoise else { return false }
        let lane = context.lane(row, for: facts)
        let node = lane.node
        let time = visit.placedAt
        let start = nextStart(node: node, notBefore: time)
        guard start < nextDetection[node], visit.cancellationTime >= start else { return false }
        if hasMissing, wouldBeShort(order: facts.order, node: node) { return false }

        takeStock(order: facts.order, node: node)
        let meanSeconds = context.meanServiceSeconds(node: node, parcel: facts.parcel)
        countAssignment(lane, meanSeconds: meanSeconds)
        // A pick that starts at once has started for everything that is still to come at this instant.
        if start > time {
            state.addWaiting(1, node: node)
            queues.noteWaiting(node: node, start: start)
            notePeak(node: node, time: time)
        }
        let factors = visitNoise.factors(node: node, service: lane.service, entity: facts.entity, context: context)
        let single = SingleOrder(
            order: Int32(visit.order), lane: Int32(row), wasReviewed: visit.wasReviewed, kilometres: lane.kilometres,
            pickStart: start,
            serviceSeconds: meanSeconds * factors.service * serviceMultiplier(node: node, at: start),
            transitWork: lane.baseHours * factors.transit)
        let pickEnd = availability.end(node: node, start: start, seconds: single.serviceSeconds)
        queues.occupy(node: node, until: pickEnd)
        if pickEnd > end {
            count(single, parcel: facts.parcel, handedOverAt: .infinity)
        } else if handOver.isUnlimited(service: lane.service) {
            let collected = context.collection(service: lane.service, after: pickEnd)
            count(single, parcel: facts.parcel, handedOverAt: collected)
        } else {
            handOver.add(
                node: node, service: lane.service, time: pickEnd, visit: visit.visit, ordinal: 0,
                shipment: Self.firstSingle - keep(single))
        }
        return true
    }

    /// Counts a kept order that has been collected, by the number under which it was handed over.
    mutating func countSingle(_ number: Int32, handedOverAt: Double) {
        let place = Int(Self.firstSingle - number)
        let single = singles[place]
        singles[place].order = freeSingle
        freeSingle = Int32(place)
        count(single, parcel: context.parcel(ofOrder: Int(single.order)), handedOverAt: handedOverAt)
    }

    /// Hand-overs of kept orders go under this number and those below, other shipments under their places in the pool.
    static var firstSingle: Int32 { -1 }

    /// Keeps an order until its collection is known; returns its place.
    private mutating func keep(_ single: SingleOrder) -> Int32 {
        guard freeSingle >= 0 else {
            singles.append(single, in: arena)
            return Int32(singles.count - 1)
        }
        let place = freeSingle
        freeSingle = singles[Int(place)].order
        singles[Int(place)] = single
        return place
    }

    /// Counts an order.
    private mutating func count(_ single: SingleOrder, parcel: Parcel, handedOverAt: Double) {
        let row = Int(single.order)
        var lane = context.tables.lanes[Int(single.lane)]
        lane.kilometres = single.kilometres
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
