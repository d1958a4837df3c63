import Domain
import History

extension StrategyReplay {
    /// Puts all lines of an order up for decision.
    mutating func loadAllLines(_ slot: Int) {
        let lines = context.tables.orders.lines(of: orders[slot].order)
        scratch.remaining.removeAll(keepingCapacity: true)
        for line in lines { scratch.remaining.append(Int(context.tables.orders.lineQuantities[line])) }
    }

    /// Takes an order's waiting units and puts them up for decision.
    mutating func loadWaitingLines(_ slot: Int) {
        let first = orders[slot].waitingQuantities
        scratch.remaining.removeAll(keepingCapacity: true)
        for position in 0..<lineCount(of: slot) {
            scratch.remaining.append(quantities[first + position])
            quantities[first + position] = 0
        }
    }

    /// Number of lines of an order.
    func lineCount(of slot: Int) -> Int { context.tables.orders.lines(of: orders[slot].order).count }

    /// Decides the units in `scratch.remaining`: plans, commits, and hands what is left to the unmet action.
    ///
    /// `triesWhole` false = the first rule set is known to have no candidate for all lines. `splitsUsed` live shipments of the order count against the splits (after an outage); they also make
    /// a part placeable by itself.
    mutating func decide(_ slot: Int, time: Double, splitsUsed: Int, triesWhole: Bool = true) {
        loadFacts(slot, time: time)
        let allowsPart = strategy.specification.partial || splitsUsed > 0
        let wanted = scratch.remaining
        scratch.plan.removeAll(keepingCapacity: true)
        scratch.committedBefore.removeAll(keepingCapacity: true)
        if strategy.isAsHappened {
            planAsHappened(slot)
            if !isPlaced, !allowsPart { dropPlan(wanted) }
        } else {
            for index in strategy.ruleSets.indices {
                let splits = max(0, strategy.ruleSets[index].split.maximumSplits - splitsUsed)
                plan(slot, rules: strategy.ruleSets[index], splits: splits, triesWhole: triesWhole || index > 0)
                if isPlaced || (allowsPart && !scratch.plan.isEmpty) { break }
                dropPlan(wanted)
            }
        }
        // The commit may settle the order, so what is left is dealt with first.
        let leftover = scratch.remaining
        let isAllPlaced = isPlaced
        let planned = scratch.plan
        if !isAllPlaced { beUnmet(slot, leftover: leftover, time: time) } else { stopWaitingIfEmpty(slot) }
        commit(slot, planned: planned, time: time)
        settleIfComplete(slot)
    }

    /// Loads what is known of the order that is to be decided.
    private mutating func loadFacts(_ slot: Int, time: Double) {
        scratch.facts = context.facts(ofOrder: orders[slot].order, visit: orders[slot].visit)
        scratch.facts.time = time
    }

    /// Whether every unit is planned.
    private var isPlaced: Bool { scratch.remaining.allSatisfy { $0 == 0 } }

    /// Queue lengths as of an instant: before or after the picks that start at it.
    @inline(__always)
    mutating func bringStateTo(_ time: Double, picksHaveStarted: Bool) {
        state.time = time
        guard !usesStationQueues else { return }
        queues.advance(to: picksHaveStarted ? time : time.nextDown, waiting: state.waiting)
    }

    /// Gives back what a plan has reserved.
    mutating func dropPlan(_ wanted: [Int]) {
        for planned in scratch.plan {
            addStock(of: planned, sign: 1)
            state.assignedToday[planned.lane.node] -= 1
            state.assignedTodayByService[planned.lane.node * context.dataset.services.count + planned.lane.service] -= 1
        }
        // Restored, not subtracted, so that a dropped plan leaves no rounding behind.
        for entry in scratch.committedBefore.reversed() { state.committedSecondsToday[entry.node] = entry.seconds }
        scratch.committedBefore.removeAll(keepingCapacity: true)
        scratch.plan.removeAll(keepingCapacity: true)
        scratch.remaining = wanted
    }

    /// Adds (or takes) the stock of a planned shipment.
    private mutating func addStock(of planned: PlannedShipment, sign: Int32) {
        let orderLines = context.tables.orders
        let first = orderLines.lines(of: orders[plannedSlot].order).lowerBound
        for part in planned.parts {
            let product = Int(orderLines.lineProducts[first + part.line])
            state.available[product * state.nodeCount + planned.lane.node] += sign * Int32(part.quantity)
        }
    }

    /// Plans by one rule set: whole, else split.
    private mutating func plan(_ slot: Int, rules: CompiledRuleSet, splits: Int, triesWhole: Bool) {
        plannedSlot = slot
        var facts = scratch.facts
        let lanes = context.dataset.lanes.rows(ofZone: facts.zone)
        let whole = scratch.remaining.enumerated().compactMap {
            $1 > 0 ? ShipmentOutcome.ShipmentLine(line: $0, quantity: $1) : nil
        }
        if triesWhole {
            facts.parcel = parcel(of: whole, order: facts.order)
            markNodes(parts: whole, order: facts.order, usesSafetyStock: rules.usesSafetyStock)
            var count = 0
            for row in lanes where scratch.isPossible[context.tables.lanes[row].node] != 0 {
                let lane = context.lane(row, for: facts)
                guard isPossible(lane, parts: nil, facts: facts, rules: rules) else { continue }
                scratch.exactRows[count] = Int32(row)
                count += 1
            }
            setExactScores(count: count, facts: facts, rules: rules)
            var best: (score: Double, lane: LaneFacts)?
            for index in 0..<count where scratch.exact[index] < (best?.score ?? .infinity) {
                best = (scratch.exact[index], context.lane(Int(scratch.exactRows[index]), for: facts))
            }
            if let best {
                take(best.lane, parts: whole)
                return
            }
        }
        guard splits > 0, whole.count > 1 || rules.split.dividesLines else { return }
        if rules.split.mode == .fewestShipments,
            planFewestShipments(slot, lanes: lanes, rules: rules, splits: splits)
        {
            return
        }
        let useful = usefulNodes(slot, lanes: lanes, rules: rules)
        if !useful.isEmpty { _ = planMostLines(slot, nodes: useful, rules: rules, splits: splits) }
    }

    /// Whether a candidate can carry parts of an order: down, limits, temperature, stock (`parts` nil = known to be there),
    /// hard constraints.
    func isPossible(
        _ lane: LaneFacts, parts: [ShipmentOutcome.ShipmentLine]?, facts: OrderFacts, rules: CompiledRuleSet
    ) -> Bool {
        let node = lane.node
        if state.isDown[node] { return false }
        if state.assignedToday[node] >= context.tables.dailyLimits[node] { return false }
        let required = facts.parcel.requiredTags
        if required.bits != 0 {
            guard context.tables.nodes[node].tags.isSuperset(of: required),
                context.tables.services[lane.service].tags.isSuperset(of: required)
            else { return false }
        }
        if let parts,
            !hasStock(node: node, parts: parts, order: facts.order, usesSafetyStock: rules.usesSafetyStock)
        {
            return false
        }
        if let parts, !scratch.plan.isEmpty, !mergerKeepsHardRules(lane, parts: parts, facts: facts, rules: rules) {
            return false
        }
        return keepsHardRules(lane, facts: facts, rules: rules)
    }

    /// Whether the shipment of this decision on the same lane, if there is one, would keep the hard exogenous constraints
    /// with the lines of `facts` merged in: a limit on a parcel holds for the shipment.
    private func mergerKeepsHardRules(
        _ lane: LaneFacts, parts: [ShipmentOutcome.ShipmentLine], facts: OrderFacts, rules: CompiledRuleSet
    ) -> Bool {
        guard !rules.exogenousRules.isEmpty, let planned = scratch.plan.first(where: { $0.lane.lane == lane.lane })
        else { return true }
        var merged = facts
        merged.parcel = parcel(of: merge(planned.parts, parts), order: facts.order)
        return rules.exogenousRules.allSatisfy {
            $0.softPrice != nil || $0.constraint.allows(order: merged, lane: lane, in: context)
        }
    }

    /// Whether every hard constraint allows a candidate.
    func keepsHardRules(_ lane: LaneFacts, facts: OrderFacts, rules: CompiledRuleSet) -> Bool {
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
    func hasStock(node: Int, parts: [ShipmentOutcome.ShipmentLine], order: Int, usesSafetyStock: Bool) -> Bool {
        let table = context.tables.orders
        let first = table.lines(of: order).lowerBound
        for (index, part) in parts.enumerated() {
            let product = table.lineProducts[first + part.line]
            var needed = part.quantity
            for earlier in parts[..<index] where table.lineProducts[first + earlier.line] == product {
                needed += earlier.quantity
            }
            if units(node: node, product: Int(product), usesSafetyStock: usesSafetyStock) < needed { return false }
        }
        return true
    }

    /// Units of a product a node may give.
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
    private func addSoftPrices(
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

    /// What parts of an order weigh and are worth; parts by position.
    func parcel(of parts: [ShipmentOutcome.ShipmentLine], order: Int) -> Parcel {
        let first = context.tables.orders.lines(of: order).lowerBound
        var parcel = Parcel()
        parcel.lineSet = 0
        for part in parts {
            parcel.lineSet |= 1 << UInt64(min(part.line, 63))
            context.add(line: first + part.line, quantity: part.quantity, to: &parcel)
        }
        return parcel
    }

    /// Adds parts to the plan: reserves stock and counts, merging into a shipment on the same lane.
    mutating func take(_ lane: LaneFacts, parts: [ShipmentOutcome.ShipmentLine]) {
        for part in parts { scratch.remaining[part.line] -= part.quantity }
        let committed = state.committedSecondsToday[lane.node]
        scratch.committedBefore.append((node: lane.node, seconds: committed))
        let order = orders[plannedSlot].order
        if let index = plannedIndex(lane: lane.lane) {
            let before = context.meanServiceSeconds(node: lane.node, parcel: scratch.plan[index].parcel)
            let merged = merge(scratch.plan[index].parts, parts)
            scratch.plan[index].parts = merged
            scratch.plan[index].parcel = parcel(of: merged, order: order)
            state.committedSecondsToday[lane.node] +=
                context.meanServiceSeconds(node: lane.node, parcel: scratch.plan[index].parcel) - before
        } else {
            let load = parcel(of: parts, order: order)
            scratch.plan.append(PlannedShipment(lane: lane, parts: parts, parcel: load))
            countAssignment(lane, parcel: load)
        }
        addStock(of: PlannedShipment(lane: lane, parts: parts, parcel: Parcel()), sign: -1)
    }

    /// The planned shipment on a lane.
    private func plannedIndex(lane: Int) -> Int? {
        for index in scratch.plan.indices where scratch.plan[index].lane.lane == lane { return index }
        return nil
    }

    /// Counts a shipment in its node's day.
    mutating func countAssignment(_ lane: LaneFacts, parcel: Parcel) {
        state.assignedToday[lane.node] += 1
        state.assignedTodayByService[lane.node * context.dataset.services.count + lane.service] += 1
        state.committedSecondsToday[lane.node] += context.meanServiceSeconds(node: lane.node, parcel: parcel)
    }

    /// Parts of two sets by position, units of one line added up.
    private func merge(
        _ left: [ShipmentOutcome.ShipmentLine], _ right: [ShipmentOutcome.ShipmentLine]
    ) -> [ShipmentOutcome.ShipmentLine] {
        var merged = left
        for part in right {
            if let index = merged.firstIndex(where: { $0.line == part.line }) {
                merged[index].quantity += part.quantity
            } else {
                merged.append(part)
            }
        }
        return merged.sorted { $0.line < $1.line }
    }
}
