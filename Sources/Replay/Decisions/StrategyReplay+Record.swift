import Domain
import History
import Storage

// What each candidate of a decision came to: asked again one by one, with the functions that decide.
extension StrategyReplay {
    /// The decision on the units in `scratch.remaining`, with everything asked of every candidate; reserves nothing.
    mutating func watchedRecord(slot: Int, time: Double, splitsUsed: Int, number: Int) -> DecisionRecord {
        var facts = context.facts(ofOrder: orders[slot].order, visit: orders[slot].visit)
        facts.time = time
        let plan = watchedPlan(slot: slot, time: time, splitsUsed: splitsUsed)
        let all = appendRemaining()
        setParcel(of: all, facts: &facts)
        var record = DecisionRecord(
            order: facts, number: number, day: state.day, isAsHappened: strategy.isAsHappened, attempts: [], plan: plan)
        scratch.parts.removeAll()
        guard !strategy.isAsHappened else { return record }
        for index in 0...(plan.ruleSet ?? strategy.ruleSets.count - 1) {
            record.attempts.append(wholeAttempt(facts, ruleSet: index))
        }
        guard let ruleSet = plan.ruleSet else { return record }
        let last = record.attempts.count - 1
        if record.attempts[last].candidates.contains(where: \.isScored) {
            record.attempts[last].chosen = position(of: plan.steps.first, in: record.attempts[last])
            return record
        }
        for (number, step) in plan.steps.enumerated() {
            record.attempts.append(splitAttempt(facts, plan: plan, step: number))
            guard take(step: step, slot, facts: &facts, usesSafetyStock: strategy.ruleSets[ruleSet].usesSafetyStock)
            else { break }
        }
        dropPlan()
        scratch.parts.removeAll()
        return record
    }

    /// The candidate that a step chose.
    private func position(of step: DecisionStep?, in attempt: DecisionAttempt) -> Int? {
        step.flatMap { step in attempt.candidates.firstIndex { $0.lane.lane == step.lane } }
    }

    /// An attempt without its candidates.
    private func attempt(ruleSet: Int, splitStep: Int?, lines: [ShipmentOutcome.ShipmentLine]) -> DecisionAttempt {
        DecisionAttempt(
            ruleSet: ruleSet, splitStep: splitStep, lines: lines, ratings: ratings(ofRuleSet: ruleSet),
            softConstraints: strategy.ruleSets[ruleSet].softKeys, candidates: [], chosen: nil)
    }

    /// One candidate was to take all that remains.
    private mutating func wholeAttempt(_ order: OrderFacts, ruleSet: Int) -> DecisionAttempt {
        let rules = strategy.ruleSets[ruleSet]
        var facts = order
        let run = appendRemaining()
        setParcel(of: run, facts: &facts)
        var attempt = attempt(ruleSet: ruleSet, splitStep: nil, lines: lines(of: run))
        for row in context.dataset.lanes.rows(ofZone: facts.zone) {
            let removals = removals(row, run: run, facts: facts, rules: rules)
            attempt.candidates.append(
                candidate(row, lines: attempt.lines, removals: removals, facts: facts, rules: rules))
        }
        scratch.parts.removeLast(run.count)
        return attempt
    }

    /// Candidates for a shipment of a split; the shipments before it are planned.
    private mutating func splitAttempt(_ order: OrderFacts, plan: DecisionPlan, step number: Int) -> DecisionAttempt {
        let ruleSet = plan.ruleSet ?? 0
        let rules = strategy.ruleSets[ruleSet]
        let step = plan.steps[number]
        let rows = context.dataset.lanes.rows(ofZone: order.zone)
        let remaining = appendRemaining()
        var attempt = attempt(ruleSet: ruleSet, splitStep: number, lines: lines(of: remaining))
        scratch.parts.removeLast(remaining.count)
        // A set of nodes that carries everything was sought first; where there is none, all nodes compete.
        let chosenNodes = rules.split.mode == .fewestShipments && plan.isComplete ? Set(plan.nodes) : nil
        let isDivided = step.lines.count == 1 && step.lines[0].quantity < Int(scratch.remaining[step.lines[0].line])
        var most = 0
        var covers: [(covered: Int, lines: [ShipmentOutcome.ShipmentLine], parcel: Parcel)] = []
        for row in rows {
            var facts = order
            let run =
                isDivided
                ? dividedCover(row, line: step.lines[0].line, facts: &facts, rules: rules)
                : coveredLines(row, facts: &facts, rules: rules)
            let covered = isDivided ? scratch.parts[run.first].quantity : Int32(run.count)
            covers.append((Int(covered), covered > 0 ? lines(of: run) : [], facts.parcel))
            scratch.parts.removeLast(run.count)
            let node = Int(context.tables.laneNodes[row])
            if isOpenForMore(node), chosenNodes?.contains(node) ?? true { most = max(most, Int(covered)) }
        }
        for (row, cover) in zip(rows, covers) {
            var facts = order
            facts.parcel = cover.parcel
            let node = Int(context.tables.laneNodes[row])
            var removals: [CandidateRemoval] = []
            var lines = cover.lines
            if cover.covered == 0 || !isOpenForMore(node) {
                (removals, lines, facts.parcel) = firstLineRemovals(row, facts: facts, rules: rules)
            } else if let chosenNodes, !chosenNodes.contains(node) {
                removals = [.outsideChosenNodes]
            } else if cover.covered < most {
                removals = [.coversLess(covered: cover.covered, most: most)]
            }
            attempt.candidates.append(
                candidate(row, lines: lines, removals: removals, facts: facts, rules: rules))
        }
        attempt.chosen = position(of: step, in: attempt)
        return attempt
    }

    /// Why a candidate that covers nothing could not carry the first of the lines that remain.
    private mutating func firstLineRemovals(
        _ row: Int, facts: OrderFacts, rules: CompiledRuleSet
    ) -> ([CandidateRemoval], [ShipmentOutcome.ShipmentLine], Parcel) {
        var facts = facts
        guard let line = (0..<scratch.remaining.count).first(where: { scratch.remaining[$0] > 0 }) else {
            return ([.world], [], facts.parcel)
        }
        let run = PartRun(first: scratch.parts.count, count: 1)
        appendPart(line: line)
        setParcel(of: run, facts: &facts)
        var removals = removals(row, run: run, facts: facts, rules: rules)
        // What it could carry by itself, its shipment of this decision could not carry too.
        if removals.isEmpty { removals = [.world] }
        let lines = lines(of: run)
        scratch.parts.removeLast(1)
        return (removals, lines, facts.parcel)
    }

    /// Everything that speaks against a candidate for parts, the parcel of `facts`, in the order in which it is asked.
    private mutating func removals(
        _ row: Int, run: PartRun, facts: OrderFacts, rules: CompiledRuleSet
    ) -> [CandidateRemoval] {
        let lane = context.lane(row, for: facts)
        var found: [CandidateRemoval] = []
        if state.isDown[lane.node] { found.append(.nodeDown) }
        let limit = context.tables.dailyLimits[lane.node]
        let assigned = state.assignedToday[lane.node]
        if assigned >= limit { found.append(.dailyLimit(assigned: Int(assigned), limit: Int(limit))) }
        let required = facts.parcel.requiredTags
        if !context.tables.nodes[lane.node].tags.isSuperset(of: required) { found.append(.nodeLacksTag) }
        if !context.tables.services[lane.service].tags.isSuperset(of: required) { found.append(.serviceLacksTag) }
        if isBanned(row, facts: facts) { found.append(.banned) }
        found += stockRemovals(node: lane.node, run: run, order: facts.order, rules: rules)
        for rule in rules.exogenousRules
        where rule.softPrice == nil && !rule.constraint.allows(order: facts, lane: lane, in: context) {
            found.append(.constraint(name: rule.constraint.declaration.name, key: rule.constraint.key))
        }
        for rule in rules.endogenousRules
        where rule.softPrice == nil && !rule.constraint.allows(order: facts, lane: lane, in: context, state: state) {
            found.append(.constraint(name: rule.constraint.declaration.name, key: rule.constraint.key))
        }
        if found.isEmpty, !isPossible(row, facts: facts, rules: rules) { found.append(.world) }
        return found
    }

    /// The products of which a node has too little, each once.
    private mutating func stockRemovals(
        node: Int, run: PartRun, order: Int, rules: CompiledRuleSet
    ) -> [CandidateRemoval] {
        let first = context.tables.orders.lines(of: order).lowerBound
        var needed: [(product: Int, units: Int)] = []
        for part in run.indices.map({ scratch.parts[$0] }) {
            let product = Int(context.tables.orders.lineProducts[first + Int(part.line)])
            if let known = needed.firstIndex(where: { $0.product == product }) {
                needed[known].units += Int(part.quantity)
            } else {
                needed.append((product, Int(part.quantity)))
            }
        }
        return needed.compactMap { product, wanted in
            let available = units(node: node, product: product, usesSafetyStock: rules.usesSafetyStock)
            return available < wanted ? .stock(product: product, needed: wanted, available: available) : nil
        }
    }

    /// A candidate with its score, term by term.
    private mutating func candidate(
        _ row: Int, lines: [ShipmentOutcome.ShipmentLine], removals: [CandidateRemoval], facts: OrderFacts,
        rules: CompiledRuleSet
    ) -> CandidateRecord {
        let lane = context.lane(row, for: facts)
        scratch.exactRows[0] = Int32(row)
        let rows = CandidateRows(scratch.exactRows, count: 1)
        var terms: [ScoreTerm] = []
        for term in rules.exogenous {
            scratch.exact[0] = 0
            _ = term.rating.add(
                weight: term.weight, offset: term.offset, scale: term.scale, order: facts, candidates: rows,
                in: context, to: scratch.exact)
            let value = term.rating.value(order: facts, lane: lane, in: context)
            terms.append(ScoreTerm(value: value, weighted: scratch.exact[0]))
        }
        state.scoring += 1
        for term in rules.endogenous {
            scratch.exact[0] = 0
            _ = term.rating.add(
                weight: term.weight, offset: term.offset, scale: term.scale, order: facts, candidates: rows,
                in: context, state: state, to: scratch.exact)
            let value = term.rating.value(order: facts, lane: lane, in: context, state: state)
            terms.append(ScoreTerm(value: value, weighted: scratch.exact[0]))
        }
        var prices: [Double] = []
        for rule in rules.exogenousRules {
            guard let price = rule.softPrice else { continue }
            prices.append(rule.constraint.allows(order: facts, lane: lane, in: context) ? 0 : price)
        }
        for rule in rules.endogenousRules {
            guard let price = rule.softPrice else { continue }
            prices.append(rule.constraint.allows(order: facts, lane: lane, in: context, state: state) ? 0 : price)
        }
        return CandidateRecord(
            lane: lane, lines: lines, removals: removals, terms: terms, softPrices: prices,
            score: exactScore(lane, facts: facts, rules: rules))
    }

    /// The ratings of a rule set in the order of the score.
    private func ratings(ofRuleSet index: Int) -> [DecisionRating] {
        guard case .scored(let ruleSets) = strategy.specification.assignment else { return [] }
        let all = ruleSets[index].ratings.enumerated().map { position, use in
            DecisionRating(
                declaration: use.rating.declaration, key: use.rating.key, position: position, weight: use.weight,
                offset: use.offset, scale: use.scale, isEndogenous: !(use.rating is any ExogenousRating))
        }
        return all.filter { !$0.isEndogenous } + all.filter(\.isEndogenous)
    }
}

extension CompiledRuleSet {
    /// The keys of the constraints whose breach has a price, in the order of the score.
    var softKeys: [String] {
        exogenousRules.filter { $0.softPrice != nil }.map(\.constraint.key)
            + endogenousRules.filter { $0.softPrice != nil }.map(\.constraint.key)
    }
}
