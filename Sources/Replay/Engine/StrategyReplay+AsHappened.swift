import Domain
import History

extension StrategyReplay {
    /// Plans what history records: each line's node and service, by stock alone.
    mutating func planAsHappened(_ slot: Int) {
        plannedSlot = slot
        guard let history = context.dataset.history else { return }
        let facts = scratch.facts
        let table = context.tables.orders
        let first = table.lines(of: facts.order).lowerBound
        for (line, quantity) in scratch.remaining.enumerated() where quantity > 0 {
            let product = table.lineProducts[first + line]
            guard let row = historyRow(history, order: facts.order, product: product),
                let lane = recordedLane(history, row: row, facts: facts)
            else { continue }
            let part = ShipmentOutcome.ShipmentLine(line: line, quantity: quantity)
            // Stock of earlier lines is reserved already, so each line is asked for by itself.
            guard units(node: lane.node, product: Int(product), usesSafetyStock: true) >= quantity else { continue }
            take(lane, parts: [part])
        }
    }

    /// The row of a product, else the row for all lines; the first where there are several.
    private func historyRow(_ history: HistoryTable, order: Int, product: Int32) -> Int? {
        let rows = history.rows(of: order)
        return rows.first { history.products[$0] == product } ?? rows.first { history.products[$0] < 0 }
    }

    /// The lane of a recorded (node, service); an unknown service becomes the node's lowest.
    private func recordedLane(_ history: HistoryTable, row: Int, facts: OrderFacts) -> LaneFacts? {
        let lanes = context.dataset.lanes
        let service = history.services[row]
        for lane in lanes.rows(ofZone: facts.zone)
        where lanes.nodes[lane] == history.nodes[row] && (service < 0 || lanes.services[lane] == service) {
            return context.lane(lane, for: facts)
        }
        return nil
    }
}
