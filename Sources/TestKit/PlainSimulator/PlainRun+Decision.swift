import Domain
import Replay

/// A shipment that a decision is about to make.
struct PlannedShipment {
    let candidate: PlainCandidate
    var parts: [PlainPart]
}

/// What a rule set offers for some lines.
struct PlainPlan {
    var shipments: [PlannedShipment] = []
    /// What no shipment carries.
    var rest: [PlainPart]
    /// Stock and daily counts once the shipments are assigned.
    var ledger: PlainLedger
    /// Scores of all choices, added in order.
    var score = 0.0
    /// What the choices brought into play.
    var features: Set<ReplayFeature> = []
}

extension PlainRun {
    /// "Decision": assigns lines of an order now; what cannot be placed follows the unmet action.
    ///
    /// `otherLiveShipments` are those of an order that is decided again after an outage: with one, it is decided as if
    /// the strategy were partial.
    mutating func decide(_ visit: Int, lines: [PlainPart], otherLiveShipments: Int = 0) {
        let plans = plans(visit, lines: lines, otherLiveShipments: otherLiveShipments)
        let isPartial = strategy.partial || otherLiveShipments > 0
        for (index, plan) in plans.enumerated()
        where plan.rest.isEmpty || (isPartial && !plan.shipments.isEmpty) {
            assign(visit, plan)
            noteFeatures(of: plan, rulesIndex: index)
            leaveUnmet(visit, lines: plan.rest)
            return
        }
        leaveUnmet(visit, lines: lines)
    }

    /// The plans to try, in order.
    private func plans(_ visit: Int, lines: [PlainPart], otherLiveShipments: Int) -> [PlainPlan] {
        switch strategy.assignment {
        case .asHappened: return [planAsHappened(visit, lines: lines)]
        case .scored(let ruleSets):
            return ruleSets.map { rules in
                plan(
                    visit, lines: lines, rules: rules,
                    splits: max(0, rules.split.maximumSplits - otherLiveShipments))
            }
        }
    }

    /// Steps 1 and 2 of a rule set.
    private func plan(_ visit: Int, lines: [PlainPart], rules: RuleSet, splits: Int) -> PlainPlan {
        let candidates = orders[visit].candidates
        let nothing = PlainPlan(rest: lines, ledger: ledger)
        // 1. "The best candidate possible for all lines takes them all."
        let whole = candidates.filter { isPossible($0, for: lines, of: visit, rules: rules, ledger: ledger) }
        if let best = bestScore(whole.map { ($0, lines) }, of: visit, rules: rules, ledger: ledger) {
            return adding(best, to: nothing, of: visit)
        }
        // 2. "Otherwise, if `max_splits > 0` and more than one line is decided (or `divide_lines`)".
        guard splits > 0, lines.count > 1 || rules.split.dividesLines else { return nothing }
        if rules.split.mode == .fewestShipments,
            let plan = planOfFewestNodes(visit, lines: lines, rules: rules, splits: splits)
        {
            return plan
        }
        return planOfMostLines(visit, lines: lines, rules: rules, splits: splits, candidates: candidates)
    }

    /// "`most_lines`, repeatedly".
    private func planOfMostLines(
        _ visit: Int, lines: [PlainPart], rules: RuleSet, splits: Int, candidates: [PlainCandidate]
    ) -> PlainPlan {
        var plan = PlainPlan(rest: lines, ledger: ledger)
        while !plan.rest.isEmpty, plan.shipments.count < splits + 1 {
            if let choice = bestCover(visit, plan: plan, rules: rules, candidates: candidates) {
                plan = adding(choice, to: plan, of: visit)
            } else if rules.split.dividesLines,
                let choice = bestDivision(visit, plan: plan, rules: rules, candidates: candidates)
            {
                plan = adding(choice, to: plan, of: visit)
                plan.features.insert(.dividedLine)
            } else {
                break
            }
        }
        return plan
    }

    /// The best of the candidates that cover the largest number of remaining lines; nil if none covers a line.
    private func bestCover(
        _ visit: Int, plan: PlainPlan, rules: RuleSet, candidates: [PlainCandidate]
    ) -> Choice? {
        let covers = candidates.map { candidate in
            var taken: [PlainPart] = []
            for part in plan.rest
            where canCarry(candidate, taken + [part], of: visit, plan: plan, rules: rules) {
                taken.append(part)
            }
            return (candidate, taken)
        }
        let most = covers.map { $0.1.count }.max() ?? 0
        if most == 0 { return nil }
        return bestScore(covers.filter { $0.1.count == most }, of: visit, rules: rules, ledger: plan.ledger)
    }

    /// Whether a candidate is possible for some units and, if it carries others of this decision already, the exogenous
    /// hard constraints allow both together.
    private func canCarry(
        _ candidate: PlainCandidate, _ parts: [PlainPart], of visit: Int, plan: PlainPlan, rules: RuleSet
    ) -> Bool {
        guard isPossible(candidate, for: parts, of: visit, rules: rules, ledger: plan.ledger) else { return false }
        let same = plan.shipments.first {
            $0.candidate.node == candidate.node && $0.candidate.service == candidate.service
        }
        guard let same else { return true }
        let together = union(same.parts, parts)
        return rules.constraints.allSatisfy { use in
            use.softPrice != nil || !(use.constraint is any ExogenousConstraint)
                || allows(use.constraint, candidate, orders[visit], together, plan.ledger)
        }
    }

    /// "With `divide_lines`, when no candidate covers a whole remaining line".
    private func bestDivision(
        _ visit: Int, plan: PlainPlan, rules: RuleSet, candidates: [PlainCandidate]
    ) -> Choice? {
        for part in plan.rest {
            var covers: [(PlainCandidate, [PlainPart])] = []
            for candidate in candidates {
                let product = orders[visit].lines[part.line].product
                var units = min(
                    part.quantity, available(node: candidate.node, product: product, rules: rules, ledger: plan.ledger))
                func some() -> [PlainPart] { [PlainPart(line: part.line, quantity: units)] }
                while units > 0, !canCarry(candidate, some(), of: visit, plan: plan, rules: rules) { units -= 1 }
                if units > 0 { covers.append((candidate, some())) }
            }
            if let most = covers.map({ $0.1[0].quantity }).max() {
                return bestScore(
                    covers.filter { $0.1[0].quantity == most }, of: visit, rules: rules, ledger: plan.ledger)
            }
        }
        return nil
    }

    /// "With `fewest_shipments`, sets of 1, 2 ... `max_splits + 1` nodes are searched"; nil if no set carries all.
    private func planOfFewestNodes(
        _ visit: Int, lines: [PlainPart], rules: RuleSet, splits: Int
    ) -> PlainPlan? {
        let candidates = orders[visit].candidates
        for size in 1...(splits + 1) {
            var best: PlainPlan?
            // Sets come in lexicographic order: the first of equal scores is the one of the lower nodes.
            for set in subsets(of: Array(nodes.indices), size: size) {
                let plan = planOfMostLines(
                    visit, lines: lines, rules: rules, splits: splits,
                    candidates: candidates.filter { set.contains($0.node) })
                if plan.rest.isEmpty, plan.score < best?.score ?? .infinity { best = plan }
            }
            if var best {
                if size > 1 { best.features.insert(.splitOfFewestNodes) }
                return best
            }
        }
        return nil
    }

    /// All subsets of a size, each rising, in lexicographic order.
    private func subsets(of elements: [Int], size: Int) -> [[Int]] {
        if size == 0 { return [[]] }
        var sets: [[Int]] = []
        for (index, first) in elements.enumerated() {
            for rest in subsets(of: Array(elements[(index + 1)...]), size: size - 1) { sets.append([first] + rest) }
        }
        return sets
    }

    /// A candidate with lines to carry and its score.
    private typealias Choice = (candidate: PlainCandidate, parts: [PlainPart], score: Double)

    /// The smallest score; candidates stand by node and service, so the first of equals is the lower.
    private func bestScore(
        _ offers: [(PlainCandidate, [PlainPart])], of visit: Int, rules: RuleSet, ledger: PlainLedger
    ) -> Choice? {
        var best: Choice?
        for (candidate, parts) in offers {
            let score = score(candidate, for: parts, of: visit, rules: rules, ledger: ledger)
            if best?.score == score { tally.note(.equalScores) }
            if let known = best, known.score <= score { continue }
            best = (candidate, parts, score)
        }
        return best
    }

    /// A plan with one more choice: a new shipment, or lines merged into the one of the same node and service.
    private func adding(_ choice: Choice, to plan: PlainPlan, of visit: Int) -> PlainPlan {
        var plan = plan
        for part in choice.parts {
            plan.ledger.unreserved[choice.candidate.node][orders[visit].lines[part.line].product] -= part.quantity
        }
        func meanSeconds(of parts: [PlainPart]) -> Double {
            meanServiceSeconds(dataset.nodes[choice.candidate.node], parcel(of: orders[visit], parts))
        }
        let merged = plan.shipments.firstIndex {
            $0.candidate.node == choice.candidate.node && $0.candidate.service == choice.candidate.service
        }
        var before = 0.0
        var carried = choice.parts
        if let merged {
            before = meanSeconds(of: plan.shipments[merged].parts)
            carried = union(plan.shipments[merged].parts, choice.parts)
            plan.shipments[merged].parts = carried
            plan.features.insert(.mergedShipment)
        } else {
            plan.shipments.append(PlannedShipment(candidate: choice.candidate, parts: choice.parts))
            plan.ledger.assignedToday[choice.candidate.node] += 1
        }
        plan.ledger.secondsToday[choice.candidate.node] += meanSeconds(of: carried) - before
        plan.rest = difference(plan.rest, choice.parts)
        plan.score += choice.score
        return plan
    }

    /// Reserves the stock of a plan and lets its shipments join their queues: rules 4 and 5.
    private mutating func assign(_ visit: Int, _ plan: PlainPlan) {
        ledger = plan.ledger
        for planned in plan.shipments {
            let candidate = planned.candidate
            nodes[candidate.node].queue.append(shipments.count)
            orders[visit].shipments.append(shipments.count)
            shipments.append(
                PlainShipment(
                    visit: visit, ordinal: orders[visit].shipments.count - 1, node: candidate.node,
                    service: candidate.service, candidate: candidate, parts: planned.parts, assignedAt: now))
            if freightMultiplier(candidate, at: now) != 1 { tally.note(.premiumPaid) }
            if case .asHappened = strategy.assignment { continue }
            // "Failed picks": what the node really has does not cover what is reserved.
            shipments[shipments.count - 1].isShort = planned.parts.contains { part in
                let product = orders[visit].lines[part.line].product
                let missing = ledger.missing[candidate.node][product]
                return missing > 0 && ledger.unreserved[candidate.node][product] < missing
            }
        }
    }

    /// Counts what a plan that is carried out brought into play.
    private func noteFeatures(of plan: PlainPlan, rulesIndex: Int) {
        if case .asHappened = strategy.assignment { tally.note(.recordedAssignment) }
        tally.note(plan.shipments.count > 1 ? .splitOrder : .wholeOrder)
        if rulesIndex > 0 { tally.note(.laterRuleSet) }
        if !plan.rest.isEmpty { tally.note(.partialPlan) }
        for feature in ReplayFeature.allCases where plan.features.contains(feature) { tally.note(feature) }
        let products = dataset.products.count
        for planned in plan.shipments {
            let node = planned.candidate.node
            let usesSafetyStock = (0..<products).contains {
                ledger.unreserved[node][$0] < Int(dataset.inventory.safetyStock[node * products + $0])
                    && ledger.unreserved[node][$0] < Int(dataset.inventory.onHand[node * products + $0])
            }
            if usesSafetyStock { tally.note(.safetyStockUsed) }
        }
    }
}
