import Domain
import Storage

extension StrategyReplay {
    /// Assigns a whole order to a lane and counts it at once, without a place in the pools: where its whole course is known
    /// as it is assigned. False, and nothing done, where something may still come between: a cancellation, an outage, a
    /// carrier's daily capacity; or where somebody asks for more than sums.
    mutating func assignAtOnce(_ visit: VisitBlock.Visit, lane row: Int, facts: OrderFacts, time: Double) -> Bool {
        guard handOver.isUnlimited(service: Int(context.tables.laneServices[row])), countsAtOnce else { return false }
        let lane = context.lane(row, for: facts)
        let node = lane.node
        let start = nextStart(node: node, notBefore: time)
        guard start < nextDetection[node], visit.cancellationTime >= start else { return false }

        takeStock(order: facts.order, node: node)
        let meanSeconds = context.meanServiceSeconds(node: node, parcel: facts.parcel)
        countAssignment(lane, meanSeconds: meanSeconds)
        state.addWaiting(1, node: node)
        queues.noteWaiting(node: node, start: start)
        if start > time { notePeak(node: node, time: time) }

        var live = shipment(
            -1, ordinal: 0, entity: facts.entity, lane: lane, parcel: facts.parcel, meanSeconds: meanSeconds, time: time
        )
        live.pickStart = start
        live.serviceSeconds = live.serviceWork * serviceMultiplier(node: node, at: start)
        live.pickEnd = availability.end(node: node, start: start, seconds: live.serviceSeconds)
        queues.occupy(node: node, until: live.pickEnd)
        if live.pickEnd <= end {
            live.handedOverAt = context.nextCollection(service: lane.service, after: live.pickEnd)
        }
        live.arrivedAt = arrival(live, zoneRegion: Int(visit.region))
        let status = live.arrivedAt > end ? OrderStatus.open : .delivered
        var tally = OrderTally()
        add(live, to: &tally, status: status)
        _ = count(
            EndedOrder(
                row: visit.order, status: status, wasReviewed: visit.wasReviewed, isMeasured: visit.isMeasured),
            tally: tally)
        if visit.isMeasured { countLane(Int32(row)) }
        return true
    }

    /// Whether nothing but sums is wanted of an order.
    @inline(__always)
    private var countsAtOnce: Bool { !usesStationQueues && !isRecording && cells.isEmpty }
}
