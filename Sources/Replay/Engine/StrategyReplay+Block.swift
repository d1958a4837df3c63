import Domain
import History
import Storage

/// What a block's scores say of a whole new order.
enum BlockChoice {
    /// The row of the best lane.
    case lane(Int)
    /// No candidate can carry all of it.
    case none
    /// Nothing: a score is not finite.
    case unknown
}

extension StrategyReplay {
    /// Up to so many nodes the stock of a product is a few cache lines.
    private static var fewNodes: Int { 64 }

    /// Asks for the stock that the next visits of a block will look at: all of it at once, so that the processor waits
    /// for memory once and not visit by visit.
    ///
    /// In a large network a strategy that looks at a few nodes has no use for the stock of all of them.
    mutating func fetchStock(of block: VisitBlock, from first: Int) {
        if strategy.rankedLanes != nil { fetchRankedLanes(of: block, from: first) }
        let looksAtAll = strategy.rankedLanes == nil && !nearSearch.isOn
        guard looksAtAll || state.nodeCount <= Self.fewNodes else { return }
        scratch.touched ^= block.touch(
            state.available, rowLength: state.nodeCount, from: first, in: context.tables.orders)
    }

    /// The best lane for a whole new order, from the block's scores.
    ///
    /// BLAS results differ in their last bits by kernel and shape, so they only preselect: every candidate within the
    /// rounding bound of the best is scored again exactly. For a sum of n products, in any order of summation,
    /// |computed - true| <= gamma_n x sum |terms| with gamma_n = n u / (1 - n u), u = 2^-53 (Higham 2002, section 3.1);
    /// two such sums of one candidate differ by at most twice that, and two candidates' order is certain beyond four times.
    mutating func bestLane(_ facts: OrderFacts, block: VisitBlock, index: Int, column: Int) -> BlockChoice {
        let rules = strategy.ruleSets[0]
        let lanes = context.dataset.lanes.rows(ofZone: facts.zone)
        markNodes(block.needs(index), usesSafetyStock: rules.usesSafetyStock)
        let found = block.gather(
            column, visit: index, lanes: lanes, isPossible: scratch.isPossible, nodes: context.tables.laneNodes,
            rows: scratch.rows, scores: scratch.scores)
        guard found > 0 else { return .none }
        let candidates = CandidateRows(scratch.rows, count: found)
        excludeUntagged(required: facts.parcel.requiredTags, candidates: candidates)
        var magnitude = block.magnitude(column, visit: index)
        for term in block.ownTerms(column) {
            magnitude += term.rating.add(
                weight: term.weight, offset: term.offset, scale: term.scale, order: facts,
                candidates: candidates, in: context, to: scratch.scores)
        }
        state.scoring += 1
        for term in rules.endogenous {
            magnitude += term.rating.add(
                weight: term.weight, offset: term.offset, scale: term.scale, order: facts,
                candidates: candidates, in: context, state: state, to: scratch.scores)
        }
        let terms = Double(rules.exogenous.count + rules.endogenous.count + 6)
        let slack = 4 * terms * 0x1p-53 / (1 - terms * 0x1p-53) * magnitude
        // What is not finite proves nothing: the decision is then taken candidate by candidate.
        guard magnitude.isFinite else { return .unknown }
        return nearest(candidates: candidates, facts: facts, rules: rules, slack: slack)
    }

    /// Marks the nodes that could ship all lines of an order: up, below their limit, with the stock.
    private mutating func markNodes(_ needs: OrderNeeds, usesSafetyStock: Bool) {
        markNodesUp()
        for position in needs.range { markStock(needs[position], usesSafetyStock: usesSafetyStock) }
    }

    /// Marks the nodes that are up and below their limit.
    private mutating func markNodesUp() {
        let isPossible = scratch.isPossible
        isPossible.copy(state.isUp)
        guard context.tables.hasDailyLimits else { return }
        for node in 0..<state.nodeCount where state.assignedToday[node] >= context.tables.dailyLimits[node] {
            isPossible[node] = 0
        }
    }

    /// Takes the mark from nodes that lack units of a product.
    private mutating func markStock(_ need: Need, usesSafetyStock: Bool) {
        let needed = need.units
        let row = need.product * state.nodeCount
        let available = state.available.from(row)
        let isPossible = scratch.isPossible
        if usesSafetyStock {
            for node in 0..<isPossible.count
            where available[node] + context.tables.safetyStock[row + node] < needed {
                isPossible[node] = 0
            }
        } else {
            // No branch, so that several nodes are looked at in one step.
            for node in 0..<isPossible.count { isPossible[node] &= available[node] >= needed ? 1 : 0 }
        }
    }

    /// Takes out the lanes whose node or service lacks a tag that the products require.
    private mutating func excludeUntagged(required: TagSet, candidates: CandidateRows) {
        guard required.bits != 0 else { return }
        for index in 0..<candidates.count {
            if !context.tables.carries(required, lane: candidates[index]) { scratch.scores[index] = .infinity }
        }
    }

    /// The best of the preselected candidates that keeps the hard constraints; exact scores are computed only where several
    /// are within the rounding bound.
    private mutating func nearest(
        candidates: CandidateRows, facts: OrderFacts, rules: CompiledRuleSet, slack: Double
    ) -> BlockChoice {
        while true {
            let smallest = scratch.scores.smallest(count: candidates.count, eights: scratch.minima)
            guard smallest < .infinity else { return .none }
            var near = 0
            var wasRemoved = false
            for eight in 0...((candidates.count - 1) / 8) where scratch.minima[eight] <= smallest + slack {
                for index in (8 * eight)..<min(8 * eight + 8, candidates.count)
                where scratch.scores[index] <= smallest + slack {
                    let row = candidates[index]
                    if rules.hasRules, !keepsHardRules(context.lane(row, for: facts), facts: facts, rules: rules) {
                        scratch.scores[index] = .infinity
                        wasRemoved = true
                    } else {
                        scratch.exactRows[near] = Int32(row)
                        near += 1
                    }
                }
            }
            // One that was removed may have been the smallest, from which the bound was taken.
            if wasRemoved { continue }
            if near > 1 { setExactScores(count: near, facts: facts, rules: rules) }
            var best = 0
            for index in 0..<near where scratch.exact[index] < scratch.exact[best] { best = index }
            return .lane(Int(scratch.exactRows[best]))
        }
    }

    /// As ``nearest(candidates:facts:rules:slack:)`` for scores, by candidate and by node, of which a lane of eight is this
    /// strategy's.
    mutating func nearest(
        candidates: LockstepCandidates, facts: OrderFacts, eights: Buffer<Double>, ofNodes: Buffer<Double>, lane: Int,
        slack: Double
    ) -> BlockChoice {
        let width = LockstepState.width
        var candidate = 0
        for node in 0..<candidates.nodes.count {
            while candidate < candidates.ends[node] {
                scratch.scores[candidate] = eights[candidate * width + lane] + ofNodes[node * width + lane]
                candidate += 1
            }
        }
        return nearest(candidates: candidates.rows, facts: facts, rules: strategy.ruleSets[0], slack: slack)
    }

    /// Assigns a whole order to a lane.
    mutating func assignWhole(_ slot: Int, lane row: Int, facts: OrderFacts, time: Double) {
        let lane = context.lane(row, for: facts)
        takeStock(order: facts.order, node: lane.node)
        countAssignment(lane, parcel: facts.parcel)
        let shipment = addShipment(slot, lane: lane, parcel: facts.parcel, time: time)
        joinQueues(slot, from: shipment, time: time)
        settleIfComplete(slot)
    }

    /// Brings the stock of an order's products up to the mirror of a strategy that is decided with others.
    mutating func loadStock(order: Int) {
        guard state.mirror != nil else { return }
        let table = context.tables.orders
        for line in table.lines(of: order) { state.loadStock(product: Int(table.lineProducts[line])) }
    }

    /// Takes all units of an order from a node's stock.
    @inline(__always)
    mutating func takeStock(order: Int, node: Int) {
        let table = context.tables.orders
        for line in table.lines(of: order) {
            state.addMirroredStock(-table.lineQuantities[line], node: node, product: Int(table.lineProducts[line]))
        }
    }
}

extension Buffer<Double> {
    /// The smallest of the first values, and in `eights` the smallest of each eight; +infinity if there are none, NaN passed
    /// over.
    func smallest(count: Int, eights: Buffer<Double>) -> Double {
        var smallest = Double.infinity
        var index = 0
        var eight = 0
        while index < count {
            let end = Swift.min(index + 8, count)
            var pair = SIMD2(repeating: Double.infinity)
            while index + 2 <= end {
                let next = SIMD2(self[index], self[index + 1])
                pair.replace(with: next, where: next .< pair)
                index += 2
            }
            var a = pair.y < pair.x ? pair.y : pair.x
            if index < end {
                a = self[index] < a ? self[index] : a
                index += 1
            }
            eights[eight] = a
            eight += 1
            smallest = a < smallest ? a : smallest
        }
        return smallest
    }
}
