import Domain
import History
import Storage

// Picks that fail because the record of the stock was wrong: real stock decides, the strategy saw what was recorded.
extension StrategyReplay {
    /// The world's missing units, product x node; empty where it has none.
    static func missingByProduct(in context: ReplayContext) -> [Int32] {
        guard !context.world.missingUnits.isEmpty else { return [] }
        let (nodes, products) = (context.dataset.nodes.count, context.dataset.products.count)
        var missing = [Int32](repeating: 0, count: nodes * products)
        for node in 0..<nodes {
            for product in 0..<products {
                missing[product * nodes + node] =
                    context.world.missingUnits[context.dataset.inventory.position(node: node, product: product)]
            }
        }
        return missing
    }

    /// Whether assigning a whole order to a node would take units that are not there.
    mutating func wouldBeShort(order: Int, node: Int) -> Bool {
        loadStock(order: order)
        let table = context.tables.orders
        let lines = table.lines(of: order)
        return lines.contains { line in
            let product = table.lineProducts[line]
            var needed = 0
            for other in lines where table.lineProducts[other] == product { needed += Int(table.lineQuantities[other]) }
            return isShort(node: node, product: Int(product), afterTaking: needed)
        }
    }

    /// Marks the shipments of an order, from `first` on, that take units which are not there. All of them are reserved.
    mutating func markShort(_ slot: Int, from first: Int32) {
        guard !orders[slot].isOpening else { return }
        loadStock(order: orders[slot].order)
        let table = context.tables.orders
        let firstLine = table.lines(of: orders[slot].order).lowerBound
        var shipment = first
        while shipment >= 0 {
            let node = Int(shipments[Int(shipment)].node)
            shipments[Int(shipment)].isShort = partsOf(shipment).contains { part in
                isShort(node: node, product: Int(table.lineProducts[firstLine + part.line]), afterTaking: 0)
            }
            shipment = shipments[Int(shipment)].next
        }
    }

    /// Whether the units of a product that a node really has fall short of what is reserved and some more.
    private func isShort(node: Int, product: Int, afterTaking needed: Int) -> Bool {
        let position = product * state.nodeCount + node
        guard missing[position] > 0 else { return false }
        return units(node: node, product: product, usesSafetyStock: true) - needed < Int(missing[position])
    }

    /// Plans that a pick fails when it ends. Nothing of its order is settled before.
    mutating func planFailure(_ shipment: Int32, at end: Double) {
        let slot = shipments[Int(shipment)].order
        orders[slot].pendingHandOvers += 1
        guard end <= self.end else { return }
        // By visit number, then by ordinal, which stays far below the shift.
        let key = orders[slot].visit << 16 + Int(shipments[Int(shipment)].ordinal)
        insert(
            Event(
                time: end, rank: .failedPick, key: key, subject: Int(shipment), generation: orders[slot].generation))
    }

    /// A pick has failed: its shipment is void, what it had reserved is free again, the record of its products at the node is
    /// put right, and its lines are decided again.
    mutating func failPick(_ shipment: Int32, time: Double) {
        let slot = shipments[Int(shipment)].order
        let node = Int(shipments[Int(shipment)].node)
        var units = [Int](repeating: 0, count: lineCount(of: slot))
        for part in partsOf(shipment) { units[part.line] += part.quantity }
        shipments[Int(shipment)].isVoid = true
        shipments[Int(shipment)].hasFailed = true
        orders[slot].liveShipments -= 1
        orders[slot].pendingHandOvers -= 1
        for product in release(shipment) {
            let position = product * state.nodeCount + node
            state.addStock(-missing[position], node: node, product: product)
            missing[position] = 0
        }
        // What was to be cancelled while the pick was under way was not.
        if orders[slot].cancellationTime < time { orders[slot].cancellationTime = .infinity }
        noteFirstPickStart(slot)
        loadLines(units)
        let generation = orders[slot].generation
        decide(slot, time: time, splitsUsed: Int(orders[slot].liveShipments))
        guard orders[slot].isLive, orders[slot].generation == generation else { return }
        // The failed pick had kept the order from being cancelled: others that wait no longer do.
        planCancellation(slot)
        checkCancellation(slot, time: time)
    }
}
