import Domain
import History
import Storage

// Decisions that somebody looks at or forces. Nothing here is called in an ordinary replay.
extension StrategyReplay {
    /// Plans the units in `scratch.remaining` of an order whose decisions may be watched.
    mutating func makeWatchedPlan(_ watch: DecisionWatch, _ slot: Int, time: Double, splitsUsed: Int) {
        if orders[slot].order == watch.order {
            let number = watch.next()
            if let look = watch.look {
                clearPlan()
                var moment = DecisionMoment(
                    replay: self, slot: slot, time: time, splitsUsed: splitsUsed, number: number)
                look(&moment)
                state.scoring = moment.scoring
            }
            if let plan = watch.forced[number] {
                clearPlan()
                if makeForcedPlan(plan, slot, time: time, splitsUsed: splitsUsed) { return }
                watch.noteFailure(number)
            }
        }
        makePlan(slot, time: time, splitsUsed: splitsUsed, triesWhole: true)
    }

    /// What is chosen for the units in `scratch.remaining`; reserves nothing.
    mutating func watchedPlan(slot: Int, time: Double, splitsUsed: Int) -> DecisionPlan {
        let ruleSet = makePlan(slot, time: time, splitsUsed: splitsUsed, triesWhole: true)
        let plan = DecisionPlan(ruleSet: ruleSet, steps: plannedSteps(), isComplete: isPlaced)
        dropPlan()
        clearPlan()
        return plan
    }

    /// No plan and no parts, whatever the last decision left.
    private mutating func clearPlan() {
        scratch.plan.removeAll()
        scratch.parts.removeAll()
        scratch.steps.removeAll()
    }

    /// The steps of the plan so far.
    private func plannedSteps() -> [DecisionStep] {
        (0..<scratch.steps.count).map { index in
            let step = scratch.steps[index]
            return DecisionStep(
                lane: step.lane, node: step.node, service: Int(context.tables.laneServices[step.lane]),
                lines: lines(of: step.parts))
        }
    }

    /// The lines of a run of parts.
    func lines(of run: PartRun) -> [ShipmentOutcome.ShipmentLine] {
        run.indices.map { index in
            ShipmentOutcome.ShipmentLine(
                line: Int(scratch.parts[index].line), quantity: Int(scratch.parts[index].quantity))
        }
    }

    /// Lets a step's lane take its lines, as far as they remain and the stock suffices; false if it does not.
    mutating func take(step: DecisionStep, _ slot: Int, facts: inout OrderFacts, usesSafetyStock: Bool) -> Bool {
        let first = context.tables.orders.lines(of: facts.order).lowerBound
        let run = PartRun(first: scratch.parts.count, count: step.lines.count)
        for part in step.lines {
            guard part.line < scratch.remaining.count, part.quantity <= Int(scratch.remaining[part.line]) else {
                return false
            }
            let product = Int(context.tables.orders.lineProducts[first + part.line])
            let needed = step.lines.reduce(0) { sum, other in
                Int(context.tables.orders.lineProducts[first + other.line]) == product ? sum + other.quantity : sum
            }
            guard units(node: step.node, product: product, usesSafetyStock: usesSafetyStock) >= needed else {
                return false
            }
            scratch.parts.append(LinePart(line: Int32(part.line), quantity: Int32(part.quantity)), in: arena)
        }
        setParcel(of: run, facts: &facts)
        take(context.lane(step.lane, for: facts), run: run, parcel: facts.parcel)
        return true
    }

    /// Plans as is forced: the steps, then what they leave by the plan's rule set. False, and nothing planned, where the
    /// stock does not suffice, or where not all is placed and a part may not ship.
    private mutating func makeForcedPlan(
        _ plan: DecisionPlan, _ slot: Int, time: Double, splitsUsed: Int
    ) -> Bool {
        var facts = context.facts(ofOrder: orders[slot].order, visit: orders[slot].visit)
        facts.time = time
        let rules = plan.ruleSet.flatMap { strategy.ruleSets.indices.contains($0) ? strategy.ruleSets[$0] : nil }
        for step in plan.steps {
            let usesSafetyStock = rules?.usesSafetyStock ?? strategy.isAsHappened
            guard take(step: step, slot, facts: &facts, usesSafetyStock: usesSafetyStock) else {
                dropPlan()
                return false
            }
        }
        if let rules, !isPlaced {
            let splits = max(0, rules.split.maximumSplits - splitsUsed)
            planRest(slot, time: time, rules: rules, splits: splits, facts: &facts)
        }
        if isPlaced || strategy.specification.partial || splitsUsed > 0 { return true }
        // A plan that never was complete leaves as much as it was chosen to leave.
        if !plan.isComplete, plan.steps.isEmpty { return true }
        dropPlan()
        return false
    }

    /// Places what remains, shipment by shipment.
    private mutating func planRest(
        _ slot: Int, time: Double, rules: CompiledRuleSet, splits: Int, facts: inout OrderFacts
    ) {
        let wanted = remainingLines()
        let marks = markLines(slot, rules: rules, wanted: wanted, divides: rules.split.dividesLines)
        findUsefulNodes(lanes: context.dataset.lanes.rows(ofZone: facts.zone))
        guard scratch.nodeCount > 0 else { return }
        let search = SplitSearch(
            rules: rules, splits: splits, wanted: wanted,
            isPlain: !rules.hasRules && !rules.split.dividesLines && scratch.remaining.count < 64,
            hasTwins: hasTwins(slot), mustBeAll: false)
        if search.isPlain { findPlainGroups(slot, tagged: marks.tagged) } else { findRowGroups() }
        useAllNodes()
        _ = planMostLines(&facts, search)
    }
}
