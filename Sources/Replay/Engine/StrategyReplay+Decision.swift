import Domain
import History
import Storage

extension StrategyReplay {
    /// Puts all lines of an order up for decision.
    mutating func loadAllLines(_ slot: Int) {
        let quantities = context.tables.orders.lineQuantities
        scratch.remaining.removeAll()
        for line in context.tables.orders.lines(of: orders[slot].order) {
            scratch.remaining.append(quantities[line], in: arena)
        }
    }

    /// Takes an order's waiting units and puts them up for decision.
    mutating func loadWaitingLines(_ slot: Int) {
        let first = orders[slot].waitingQuantities
        scratch.remaining.removeAll()
        for position in 0..<lineCount(of: slot) {
            scratch.remaining.append(Int32(quantities[first + position]), in: arena)
            quantities[first + position] = 0
        }
    }

    /// Puts units up for decision, by line.
    mutating func loadLines(_ units: [Int]) {
        scratch.remaining.removeAll()
        for quantity in units { scratch.remaining.append(Int32(quantity), in: arena) }
    }

    /// Number of lines of an order.
    func lineCount(of slot: Int) -> Int { context.tables.orders.lines(of: orders[slot].order).count }

    /// Decides the units in `scratch.remaining`: plans, commits, and hands what is left to the unmet action.
    ///
    /// `triesWhole` false = the first rule set is known to have no candidate for all lines. `splitsUsed` live shipments
    /// of the order count against the splits (after an outage); they also make a part placeable by itself.
    mutating func decide(_ slot: Int, time: Double, splitsUsed: Int, triesWhole: Bool = true) {
        plannedSlot = slot
        bringBansTo(time)
        loadStock(order: orders[slot].order)
        if let watch {
            makeWatchedPlan(watch, slot, time: time, splitsUsed: splitsUsed)
        } else {
            makePlan(slot, time: time, splitsUsed: splitsUsed, triesWhole: triesWhole)
        }
        // The commit may settle the order, so what is left is dealt with first.
        if !isPlaced { beUnmet(slot, time: time) } else { stopWaitingIfEmpty(slot) }
        commit(slot, time: time)
        settleIfComplete(slot)
    }

    /// Plans the units in `scratch.remaining` and reserves what the plan takes; returns the number of the rule set that
    /// placed something, nil where none did, or where the record decides.
    @discardableResult
    mutating func makePlan(_ slot: Int, time: Double, splitsUsed: Int, triesWhole: Bool) -> Int? {
        let allowsPart = strategy.specification.partial || splitsUsed > 0
        scratch.plan.removeAll()
        scratch.parts.removeAll()
        scratch.steps.removeAll()
        if strategy.isAsHappened {
            planAsHappened(slot)
            if !isPlaced, !allowsPart { dropPlan() }
            return nil
        }
        for index in strategy.ruleSets.indices {
            let rules = strategy.ruleSets[index]
            let splits = max(0, rules.split.maximumSplits - splitsUsed)
            plan(
                slot, time: time, rules: rules, splits: splits, triesWhole: triesWhole || index > 0,
                allowsPart: allowsPart)
            if isPlaced || (allowsPart && scratch.plan.count > 0) { return index }
            dropPlan()
        }
        return nil
    }

    /// Whether every unit is planned.
    @inline(__always)
    var isPlaced: Bool {
        for line in 0..<scratch.remaining.count where scratch.remaining[line] != 0 { return false }
        return true
    }

    /// Queue lengths as of an instant: before or after the picks that start at it.
    @inline(__always)
    mutating func bringStateTo(_ time: Double, picksHaveStarted: Bool) {
        state.time = time
        guard !usesStationQueues else { return }
        let limit = picksHaveStarted ? time : time.nextDown
        while let started = queues.removeFirstStarted(by: limit) {
            state.addWaiting(-started.count, node: started.node)
        }
    }

    /// Plans by one rule set: whole, else split. A plan that may not be a part need not be made where it cannot be all.
    private mutating func plan(
        _ slot: Int, time: Double, rules: CompiledRuleSet, splits: Int, triesWhole: Bool, allowsPart: Bool
    ) {
        let wanted = remainingLines()
        let canSplit = splits > 0 && (rules.split.dividesLines || isSeveralLines)
        // With divided lines a node need not have all of a line, so that masks of whole lines prove nothing.
        var marks = markLines(slot, rules: rules, wanted: wanted, divides: false)
        if !(triesWhole && marks.isAnyWhole) {
            guard canSplit else { return }
            if rules.split.dividesLines { marks = markLines(slot, rules: rules, wanted: wanted, divides: true) }
            guard allowsPart || marks.union == wanted else { return }
        }
        var facts = context.facts(ofOrder: orders[slot].order, visit: orders[slot].visit)
        facts.time = time
        if triesWhole, marks.isAnyWhole {
            if planWhole(&facts, rules: rules, wanted: wanted) { return }
            guard canSplit else { return }
            if rules.split.dividesLines { marks = markLines(slot, rules: rules, wanted: wanted, divides: true) }
        }
        findUsefulNodes(lanes: context.dataset.lanes.rows(ofZone: facts.zone))
        guard scratch.nodeCount > 0 else { return }
        let search = SplitSearch(
            rules: rules, splits: splits, wanted: wanted,
            isPlain: !rules.hasRules && !rules.split.dividesLines && scratch.remaining.count < 64,
            hasTwins: hasTwins(slot), mustBeAll: !allowsPart)
        if search.isPlain { findPlainGroups(slot, tagged: marks.tagged) } else { findRowGroups() }
        if rules.split.mode == .fewestShipments {
            if planFewestShipments(&facts, search) { return }
            // Greedy choices that carry all with so few shipments would have been found, confined to their nodes.
            if search.mustBeAll { return }
        }
        useAllNodes()
        _ = planMostLines(&facts, search)
    }

    /// The best candidate possible for all that remains takes it; false if there is none.
    private mutating func planWhole(_ facts: inout OrderFacts, rules: CompiledRuleSet, wanted: UInt64) -> Bool {
        let run = appendRemaining()
        setParcel(of: run, facts: &facts)
        return takeWhole(run, facts: facts, rules: rules, wanted: wanted)
    }

    /// The best candidate possible for some parts, the parcel of `facts`, takes them; false if there is none.
    private mutating func takeWhole(
        _ run: PartRun, facts: OrderFacts, rules: CompiledRuleSet, wanted: UInt64
    ) -> Bool {
        let nodes = context.tables.laneNodes
        var count = 0
        var checked = -1
        var hasStock = false
        for row in context.dataset.lanes.rows(ofZone: facts.zone) where scratch.lineMasks[Int(nodes[row])] == wanted {
            let node = Int(nodes[row])
            if node != checked {
                checked = node
                hasStock = self.hasStock(node: node, run: run, order: facts.order, rules: rules)
            }
            guard hasStock, isPossible(row, facts: facts, rules: rules) else { continue }
            scratch.exactRows[count] = Int32(row)
            count += 1
        }
        setExactScores(count: count, facts: facts, rules: rules)
        var best = SetChoice()
        for index in 0..<count { best.improve(row: scratch.exactRows[index], score: scratch.exact[index], set: 0) }
        guard best.row >= 0 else { return false }
        take(context.lane(Int(best.row), for: facts), run: run, parcel: facts.parcel)
        return true
    }

    /// Whether a candidate whose stock is known to suffice can carry the parcel of `facts`: down, limits, temperature, bans,
    /// hard constraints.
    mutating func isPossible(_ row: Int, facts: OrderFacts, rules: CompiledRuleSet) -> Bool {
        let node = Int(context.tables.laneNodes[row])
        guard isOpenForMore(node) else { return false }
        let required = facts.parcel.requiredTags
        if required.bits != 0 {
            guard context.tables.nodes[node].tags.isSuperset(of: required),
                context.tables.services[Int(context.tables.laneServices[row])].tags.isSuperset(of: required)
            else { return false }
        }
        if !bansInForce.isEmpty, isBanned(row, facts: facts) { return false }
        return !rules.hasRules || keepsHardRules(context.lane(row, for: facts), facts: facts, rules: rules)
    }

    /// Whether a node is up and below its limit.
    @inline(__always)
    func isOpenForMore(_ node: Int) -> Bool {
        !state.isDown[node]
            && (!context.tables.hasDailyLimits || state.assignedToday[node] < context.tables.dailyLimits[node])
    }

    /// Whether every hard constraint allows a candidate.
    mutating func keepsHardRules(_ lane: LaneFacts, facts: OrderFacts, rules: CompiledRuleSet) -> Bool {
        guard rules.hasRules else { return true }
        for rule in rules.exogenousRules where rule.softPrice == nil {
            if !rule.constraint.allows(order: facts, lane: lane, in: context) { return false }
        }
        for rule in rules.endogenousRules where rule.softPrice == nil {
            if !rule.constraint.allows(order: facts, lane: lane, in: context, state: state) { return false }
        }
        return true
    }

    /// Whether a node has the stock for parts of an order; parts of one product add up.
    mutating func hasStock(node: Int, run: PartRun, order: Int, rules: CompiledRuleSet) -> Bool {
        for index in run.indices where !hasStock(node: node, run: run, last: index, order: order, rules: rules) {
            return false
        }
        return true
    }

    /// Whether a node has the stock for one of some parts, together with those of its product before it.
    mutating func hasStock(node: Int, run: PartRun, last: Int, order: Int, rules: CompiledRuleSet) -> Bool {
        let first = context.tables.orders.lines(of: order).lowerBound
        let products = context.tables.orders.lineProducts
        let product = products[first + Int(scratch.parts[last].line)]
        var needed = 0
        for index in run.first...last where products[first + Int(scratch.parts[index].line)] == product {
            needed += Int(scratch.parts[index].quantity)
        }
        return units(node: node, product: Int(product), usesSafetyStock: rules.usesSafetyStock) >= needed
    }

    /// Units of a product a node may give.
    @inline(__always)
    func units(node: Int, product: Int, usesSafetyStock: Bool) -> Int {
        let position = product * state.nodeCount + node
        return Int(state.available[position]) + (usesSafetyStock ? Int(context.tables.safetyStock[position]) : 0)
    }

    /// The score that decides: exogenous, then endogenous ratings in declared order, then soft prices; float64, one by one.
    mutating func exactScore(_ lane: LaneFacts, facts: OrderFacts, rules: CompiledRuleSet) -> Double {
        scratch.exactRows[0] = Int32(lane.lane)
        setExactScores(count: 1, facts: facts, rules: rules)
        return scratch.exact[0]
    }

    /// Sets `scratch.exact` to the scores that decide for the first rows in `scratch.exactRows`, which rise.
    ///
    /// Each rating is asked once for all candidates; every sum has the order of terms and so the bits of one taken alone.
    mutating func setExactScores(count: Int, facts: OrderFacts, rules: CompiledRuleSet) {
        guard count > 0 else { return }
        let candidates = CandidateRows(scratch.exactRows, count: count)
        for index in 0..<count { scratch.exact[index] = 0 }
        for term in rules.exogenous {
            _ = term.rating.add(
                weight: term.weight, offset: term.offset, scale: term.scale, order: facts, candidates: candidates,
                in: context, to: scratch.exact)
        }
        state.scoring += 1
        for term in rules.endogenous {
            _ = term.rating.add(
                weight: term.weight, offset: term.offset, scale: term.scale, order: facts, candidates: candidates,
                in: context, state: state, to: scratch.exact)
        }
        guard rules.hasSoftRules else { return }
        for index in 0..<count {
            scratch.exact[index] = addSoftPrices(
                context.lane(candidates[index], for: facts), facts: facts, rules: rules, to: scratch.exact[index])
        }
    }

    /// A score and the prices of the soft constraints that the candidate breaks.
    private mutating func addSoftPrices(
        _ lane: LaneFacts, facts: OrderFacts, rules: CompiledRuleSet, to sum: Double
    ) -> Double {
        var score = sum
        for rule in rules.exogenousRules {
            guard let price = rule.softPrice else { continue }
            if !rule.constraint.allows(order: facts, lane: lane, in: context) { score += price }
        }
        for rule in rules.endogenousRules {
            guard let price = rule.softPrice else { continue }
            if !rule.constraint.allows(order: facts, lane: lane, in: context, state: state) { score += price }
        }
        return score
    }
}
