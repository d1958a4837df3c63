import Domain
import History

extension StrategyReplay {
    /// Orders under way at the start take their stations, queue places and collections.
    mutating func openUnderWay() {
        let from = context.settings.from
        let open = context.dataset.openOrders
        let count = open.count
        // Those on stations first, by their end, so that the queue finds the stations as they are.
        let inProgress = open.indices.filter { open[$0].stage.until != nil }.sorted {
            (open[$0].stage.until ?? 0, $0) < (open[$1].stage.until ?? 0, $1)
        }
        let waiting = open.indices.filter { open[$0].stage.until == nil }
        for number in inProgress + waiting { openUnderWay(open[number], visit: number - count, from: from) }
    }

    /// One order under way.
    private mutating func openUnderWay(_ open: OpenOrder, visit: Int, from: Double) {
        var order = LiveOrder(order: -1, visit: visit, entity: 0, region: 0, generation: 0, cancellationTime: .infinity)
        order.isOpening = true
        order.isMeasured = false
        let slot = allocate(order)
        var shipment = LiveShipment(
            order: slot, ordinal: 0, node: Int32(open.node), service: Int32(open.service), lane: -1, assignedAt: from,
            kilometres: 0, serviceWork: 0, transitWork: 0, load: ShipmentLoad())
        if case .waiting(let seconds) = open.stage { shipment.serviceWork = seconds }
        let index = append(shipment)
        switch open.stage {
        case .waiting: joinQueues(slot, from: index, time: from)
        case .picking(let until):
            let isOn = until > from
            let end = isOn ? availability.end(node: open.node, start: from, seconds: until - from) : until
            if isOn { occupyStation(node: open.node, until: end) }
            complete(index, at: end)
        case .packed(let time):
            complete(index, at: time)
        }
        settleIfComplete(slot)
    }

    /// A station is taken until an instant.
    private mutating func occupyStation(node: Int, until end: Double) {
        if usesStationQueues {
            stations.occupy(node: node)
            insert(Event(time: end, rank: .pick, key: node, subject: 1, generation: 0))
        } else {
            queues.occupy(node: node, until: end)
        }
    }
}

extension OpenOrder.Stage {
    /// When what is in progress ends; nil while it waits.
    fileprivate var until: Double? {
        switch self {
        case .waiting: nil
        case .picking(let until): until
        case .packed(let time): time
        }
    }
}
