import History

extension StrategyReplay {
    /// What no rule set places: unserved, or waiting for stock until its deadline.
    mutating func beUnmet(_ slot: Int, time: Double) {
        let lines = scratch.remaining.count
        guard let wait = strategy.waitSeconds, !orders[slot].isDeadlinePassed else {
            for line in 0..<lines { orders[slot].itemsUnserved += Int(scratch.remaining[line]) }
            stopWaitingIfEmpty(slot)
            return
        }
        if orders[slot].waitingQuantities < 0 { startWaiting(slot, lines: lines) }
        let first = orders[slot].waitingQuantities
        let firstLine = context.tables.orders.lines(of: orders[slot].order).lowerBound
        for line in 0..<lines where scratch.remaining[line] > 0 {
            quantities[first + line] += Int(scratch.remaining[line])
            let product = Int(context.tables.orders.lineProducts[firstLine + line])
            if waitingByProduct[product].last != slot { waitingByProduct[product].append(slot) }
        }
        orders[slot].wasBackOrdered = true
        if orders[slot].deadline == .infinity {
            orders[slot].deadline = time + wait
            push(time: time + wait, rank: .deadline, slot: slot)
        }
        planCancellation(slot)
    }

    /// Puts an order among the waiting ones.
    private mutating func startWaiting(_ slot: Int, lines: Int) {
        orders[slot].waitingQuantities = quantities.count
        quantities.append(contentsOf: repeatElement(0, count: lines))
        let visit = orders[slot].visit
        var position = waitingOrders.count
        while position > 0, orders[waitingOrders[position - 1]].visit > visit { position -= 1 }
        waitingOrders.insert(slot, at: position)
    }

    /// Takes an order out of the waiting ones if nothing of it waits.
    mutating func stopWaitingIfEmpty(_ slot: Int) {
        let first = orders[slot].waitingQuantities
        guard first >= 0 else { return }
        for line in 0..<lineCount(of: slot) where quantities[first + line] != 0 { return }
        stopWaiting(slot)
    }

    /// Takes an order out of the waiting ones.
    mutating func stopWaiting(_ slot: Int) {
        guard orders[slot].waitingQuantities >= 0 else { return }
        orders[slot].waitingQuantities = -1
        if let position = waitingOrders.firstIndex(of: slot) { waitingOrders.remove(at: position) }
        if waitingOrders.isEmpty { quantities.removeAll(keepingCapacity: true) }
    }
}
