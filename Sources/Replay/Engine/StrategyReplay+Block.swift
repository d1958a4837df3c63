import Domain
import History

extension StrategyReplay {
    /// The best lane for a whole new order, from the block's scores; nil if no candidate can carry all of it.
    ///
    /// BLAS results differ in their last bits by kernel and shape, so they only preselect: every candidate within the
    /// rounding bound of the best is scored again exactly. For a sum of n products, in any order of summation,
    /// |computed - true| <= gamma_n x sum |terms| with gamma_n = n u / (1 - n u), u = 2^-53 (Higham 2002, section 3.1);
    /// two such sums of one candidate differ by at most twice that, and two candidates' order is certain beyond four times.
    mutating func bestLane(block: VisitBlock, index: Int, column: Int) -> Int? {
        let rules = strategy.ruleSets[0]
        let facts = block.facts[index]
        let lanes = context.dataset.lanes.rows(ofZone: facts.zone)
        markNodes(order: facts.order, usesSafetyStock: rules.usesSafetyStock)
        preselect(block: block, index: index, column: column, lanes: lanes)
        var magnitude = block.magnitudes[column]
        for term in rules.endogenous {
            magnitude += term.rating.add(
                weight: term.weight, offset: term.offset, scale: term.scale, order: facts, lanes: lanes, in: context,
                state: state, to: &scratch.scores)
        }
        let terms = Double(rules.exogenous.count + rules.endogenous.count + 4)
        let slack = 4 * terms * 0x1p-53 / (1 - terms * 0x1p-53) * magnitude
        return nearest(lanes: lanes, facts: facts, rules: rules, slack: slack)
    }

    /// Marks the nodes that could ship all lines of an order: up, below their limit, with the stock.
    private mutating func markNodes(order: Int, usesSafetyStock: Bool) {
        markNodesUp()
        let table = context.dataset.orders
        let lines = table.lines(of: order)
        for line in lines {
            var needed = table.lineQuantities[line]
            for earlier in lines.lowerBound..<line where table.lineProducts[earlier] == table.lineProducts[line] {
                needed += table.lineQuantities[earlier]
            }
            markStock(product: Int(table.lineProducts[line]), needed: needed, usesSafetyStock: usesSafetyStock)
        }
    }

    /// Marks the nodes that could ship parts of an order.
    mutating func markNodes(parts: [ShipmentOutcome.ShipmentLine], order: Int, usesSafetyStock: Bool) {
        markNodesUp()
        let table = context.dataset.orders
        let first = table.lines(of: order).lowerBound
        for (index, part) in parts.enumerated() {
            let product = table.lineProducts[first + part.line]
            var needed = part.quantity
            for earlier in parts[..<index] where table.lineProducts[first + earlier.line] == product {
                needed += earlier.quantity
            }
            markStock(product: Int(product), needed: Int32(clamping: needed), usesSafetyStock: usesSafetyStock)
        }
    }

    /// Marks the nodes that are up and below their limit.
    private mutating func markNodesUp() {
        for node in 0..<state.nodeCount { scratch.coverage[node] = state.isDown[node] ? 0 : 1 }
        guard context.tables.hasDailyLimits else { return }
        for node in 0..<state.nodeCount where state.assignedToday[node] >= context.tables.dailyLimits[node] {
            scratch.coverage[node] = 0
        }
    }

    /// Takes the mark from nodes that lack units of a product.
    private mutating func markStock(product: Int, needed: Int32, usesSafetyStock: Bool) {
        let row = product * state.nodeCount
        if usesSafetyStock {
            for node in 0..<state.nodeCount
            where state.available[row + node] + context.tables.safetyStock[row + node] < needed {
                scratch.coverage[node] = 0
            }
        } else {
            for node in 0..<state.nodeCount {
                scratch.coverage[node] &= state.available[row + node] >= needed ? 1 : 0
            }
        }
    }

    /// Copies the block's scores of possible candidates; +infinity for all others.
    private mutating func preselect(block: VisitBlock, index: Int, column: Int, lanes: Range<Int>) {
        let table = context.dataset.lanes
        let first = column * block.rowCount + block.firstRows[index]
        let required = block.facts[index].parcel.requiredTags
        if scratch.scores.count < lanes.count {
            scratch.scores = [Double](repeating: .infinity, count: lanes.count)
        }
        for offset in 0..<lanes.count {
            let node = Int(table.nodes[lanes.lowerBound + offset])
            scratch.scores[offset] = scratch.coverage[node] != 0 ? block.scores[first + offset] : .infinity
        }
        guard required.bits != 0 else { return }
        for offset in 0..<lanes.count {
            let node = context.tables.nodes[Int(table.nodes[lanes.lowerBound + offset])]
            let service = context.tables.services[Int(table.services[lanes.lowerBound + offset])]
            if !node.tags.isSuperset(of: required) || !service.tags.isSuperset(of: required) {
                scratch.scores[offset] = .infinity
            }
        }
    }

    /// The best of the preselected candidates that keeps the hard constraints.
    private mutating func nearest(
        lanes: Range<Int>, facts: OrderFacts, rules: CompiledRuleSet, slack: Double
    ) -> Int? {
        while true {
            var smallest = Double.infinity
            for offset in 0..<lanes.count where scratch.scores[offset] < smallest { smallest = scratch.scores[offset] }
            guard smallest < .infinity else { return nil }
            var near: (row: Int, score: Double)?
            var wasRemoved = false
            for offset in 0..<lanes.count where scratch.scores[offset] <= smallest + slack {
                let row = lanes.lowerBound + offset
                if rules.hasRules, !keepsHardRules(context.lane(row, for: facts), facts: facts, rules: rules) {
                    scratch.scores[offset] = .infinity
                    wasRemoved = true
                } else if !wasRemoved {
                    near = closer(near, row: row, facts: facts, rules: rules)
                }
            }
            if !wasRemoved { return near?.row }
        }
    }

    /// The better of the best so far and a further candidate; exact scores are computed only when there are two.
    private func closer(
        _ best: (row: Int, score: Double)?, row: Int, facts: OrderFacts, rules: CompiledRuleSet
    ) -> (row: Int, score: Double) {
        guard let best else { return (row, .nan) }
        let known =
            best.score.isNaN ? exactScore(context.lane(best.row, for: facts), facts: facts, rules: rules) : best.score
        let score = exactScore(context.lane(row, for: facts), facts: facts, rules: rules)
        return score < known ? (row, score) : (best.row, known)
    }

    /// Assigns a whole order to a lane.
    mutating func assignWhole(_ slot: Int, lane row: Int, time: Double) {
        let facts = orders[slot].facts
        let lane = context.lane(row, for: facts)
        let table = context.dataset.orders
        for line in table.lines(of: facts.order) {
            state.available[Int(table.lineProducts[line]) * state.nodeCount + lane.node] -= table.lineQuantities[line]
        }
        countAssignment(lane, parcel: facts.parcel)
        let shipment = addShipment(slot, lane: lane, parcel: facts.parcel, time: time)
        joinQueues(slot, from: shipment, time: time)
        settleIfComplete(slot)
    }
}
