import Domain
import History
import Storage

extension StrategyReplay {
    /// The lane by which all of a new order went, where it has the stock.
    mutating func recordedChoice(order: Int, needs: OrderNeeds) -> BlockChoice {
        guard let history = context.tables.history else { return .unknown }
        let table = context.tables.orders
        var known = -1
        var lane = -1
        for line in table.lines(of: order) {
            let row = history.row(of: order, product: table.lineProducts[line])
            guard row >= 0 else { return .unknown }
            if row == known { continue }
            let next = recordedLane(history, row: row, order: order)
            guard next >= 0, lane < 0 || next == lane else { return .unknown }
            (known, lane) = (row, next)
        }
        guard lane >= 0, hasStock(node: Int(context.tables.laneNodes[lane]), needs: needs, usesSafetyStock: true) else {
            return .unknown
        }
        return .lane(lane)
    }

    /// Plans what history records: each line's node and service, by stock alone.
    mutating func planAsHappened(_ slot: Int) {
        guard let history = context.tables.history else { return }
        let order = orders[slot].order
        let first = context.tables.orders.lines(of: order).lowerBound
        var known = (row: -1, lane: -1)
        for line in 0..<scratch.remaining.count where scratch.remaining[line] > 0 {
            let product = context.tables.orders.lineProducts[first + line]
            let row = history.row(of: order, product: product)
            if row != known.row { known = (row, row < 0 ? -1 : recordedLane(history, row: row, order: order)) }
            guard known.lane >= 0 else { continue }
            // Stock of earlier lines is reserved already, so each line is asked for by itself.
            let node = Int(context.tables.laneNodes[known.lane])
            guard units(node: node, product: Int(product), usesSafetyStock: true) >= Int(scratch.remaining[line]) else {
                continue
            }
            let run = PartRun(first: scratch.parts.count, count: 1)
            appendPart(line: line)
            takeRecorded(run, lane: known.lane, slot)
        }
    }

    /// Lets a recorded lane take a line.
    private mutating func takeRecorded(_ run: PartRun, lane: Int, _ slot: Int) {
        let order = orders[slot].order
        // Only an order with a place of its own changes a lane; the other facts need not be looked up.
        let facts =
            context.tables.hasOrderPlaces
            ? context.lane(lane, for: context.facts(ofOrder: order, visit: orders[slot].visit))
            : context.tables.lanes[lane]
        var parcel = Parcel()
        // Of a line that joins a shipment the parcel is not asked for.
        if plannedIndex(lane: lane) == nil { setParcel(of: run, order: order, to: &parcel) }
        take(facts, run: run, parcel: parcel)
    }

    /// The lane of a recorded (node, service), -1 if there is none; an unknown service becomes the node's lowest.
    private mutating func recordedLane(_ history: HistoryColumns, row: Int, order: Int) -> Int {
        let (node, service) = (history.nodes[row], history.services[row])
        guard node >= 0 else { return -1 }
        let (nodes, services) = (context.tables.laneNodes, context.tables.laneServices)
        let rows = context.dataset.lanes.rows(ofZone: Int(context.tables.orders.zones[order]))
        // Lanes of a zone are sorted by node.
        var (lane, end) = (rows.lowerBound, rows.upperBound)
        while lane < end {
            let middle = (lane + end) / 2
            if nodes[middle] < node { lane = middle + 1 } else { end = middle }
        }
        while lane < rows.upperBound, nodes[lane] == node {
            if service < 0 || services[lane] == service { return lane }
            lane += 1
        }
        return -1
    }
}
