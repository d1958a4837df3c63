import Domain
import History
import Storage

extension StrategyReplay {
    /// Repeatedly the best-scoring of the candidates of the members that cover the most remaining lines; returns the sum of
    /// scores.
    mutating func planMostLines(_ facts: inout OrderFacts, _ search: SplitSearch) -> Double {
        var sum = 0.0
        while !isPlaced {
            // A merged shipment is no further one, but only existing lanes may still merge when all are used.
            guard scratch.plan.count <= search.splits, let choice = bestCover(&facts, search) else { return sum }
            sum += choice.score
            setParcel(of: choice.parts, facts: &facts)
            take(context.lane(choice.row, for: facts), run: choice.parts, parcel: facts.parcel)
        }
        return sum
    }

    /// The best-scoring of the candidates that cover the most remaining lines, or, with divided lines, the most units of
    /// the first line of which any can carry a unit.
    private mutating func bestCover(_ facts: inout OrderFacts, _ search: SplitSearch) -> Cover? {
        if search.isPlain { return bestPlainCover(&facts, search) }
        let cover =
            scratch.remaining.count < 64
            ? bestRuledCover(&facts, search.rules) : bestListedCover(&facts, search.rules)
        if cover != nil || !search.rules.split.dividesLines { return cover }
        for line in 0..<scratch.remaining.count where scratch.remaining[line] > 0 {
            if let cover = bestDivided(&facts, line: line, rules: search.rules) { return cover }
        }
        return nil
    }

    /// The best cover where no rule binds: lanes that could carry the same lines are scored together.
    private mutating func bestPlainCover(_ facts: inout OrderFacts, _ search: SplitSearch) -> Cover? {
        let remaining = remainingLines()
        let groups = scratch.groups
        var most = 0
        for member in 0..<scratch.memberCount {
            let entry = scratch.nodes[Int(scratch.members[member])]
            let isOpen = isOpenForMore(entry.node)
            for group in entry.groups {
                var set = isOpen ? groups[group].set & remaining : 0
                if search.hasTwins, set != 0 {
                    set = stocked(set, node: entry.node, order: facts.order, rules: search.rules)
                }
                groups[group].covered = set
                if set != 0 { most = max(most, set.nonzeroBitCount) }
            }
        }
        guard most > 0 else { return nil }
        // The last shipment takes all that is left, or the plan is none.
        if search.mustBeAll, scratch.plan.count == search.splits, most < remaining.nonzeroBitCount { return nil }
        return bestCovered(&facts, lines: most, rules: search.rules)
    }

    /// The best of the members' groups that cover a number of lines; one set of lines after the other is scored.
    private mutating func bestCovered(_ facts: inout OrderFacts, lines: Int, rules: CompiledRuleSet) -> Cover? {
        let (groups, members, nodes) = (scratch.groups, scratch.members, scratch.nodes)
        let (rows, scores) = (scratch.exactRows, scratch.exact)
        var best = SetChoice()
        var isLeft = true
        while isLeft {
            isLeft = false
            var set: UInt64 = 0
            var count = 0
            for member in 0..<scratch.memberCount {
                for group in nodes[Int(members[member])].groups {
                    let covered = groups[group].covered
                    guard covered != 0 else { continue }
                    if set == 0, covered.nonzeroBitCount == lines { set = covered }
                    guard covered == set else {
                        isLeft = true
                        continue
                    }
                    groups[group].covered = 0
                    count = addExactRows(of: groups[group], at: count)
                }
            }
            guard count > 0 else { break }
            setParcel(ofSet: set, facts: &facts)
            setExactScores(count: count, facts: facts, rules: rules)
            for index in 0..<count where scores[index] <= best.score {
                best.improve(row: rows[index], score: scores[index], set: set)
            }
        }
        guard best.row >= 0 else { return nil }
        return Cover(row: Int(best.row), parts: appendSet(best.set), score: best.score)
    }

    /// Puts the lanes of a group among those to be scored; returns how many there are then.
    @inline(__always)
    func addExactRows(of group: LaneGroup, at count: Int) -> Int {
        let rows = scratch.exactRows
        var count = count
        for row in group.rows {
            rows[count] = Int32(truncatingIfNeeded: row)
            count += 1
        }
        return count
    }

    /// The best cover where rules bind or lines may be divided: what each candidate takes is found out by asking.
    private mutating func bestRuledCover(_ facts: inout OrderFacts, _ rules: CompiledRuleSet) -> Cover? {
        var most = countCoverable(facts.order, rules: rules)
        while most > 0 {
            for member in 0..<scratch.memberCount where Int(scratch.covered[Int(scratch.members[member])]) == most {
                for group in scratch.nodes[Int(scratch.members[member])].groups {
                    let run = coveredLines(scratch.groups[group].firstRow, facts: &facts, rules: rules)
                    var set: UInt64 = 0
                    for index in run.indices { set |= 1 << UInt64(scratch.parts[index].line) }
                    scratch.parts.removeLast(run.count)
                    scratch.groups[group].covered = set
                }
            }
            if let best = bestCovered(&facts, lines: most, rules: rules) { return best }
            most -= 1
        }
        return nil
    }

    /// The same where an order has more lines than a set can hold: candidate by candidate.
    private mutating func bestListedCover(_ facts: inout OrderFacts, _ rules: CompiledRuleSet) -> Cover? {
        var most = countCoverable(facts.order, rules: rules)
        while most > 0 {
            var best: Cover?
            for member in 0..<scratch.memberCount where Int(scratch.covered[Int(scratch.members[member])]) >= most {
                for row in scratch.nodes[Int(scratch.members[member])].rows {
                    let run = coveredLines(row, facts: &facts, rules: rules)
                    let score =
                        run.count == most
                        ? exactScore(context.lane(row, for: facts), facts: facts, rules: rules) : .infinity
                    if score < (best?.score ?? .infinity) {
                        best = Cover(row: row, parts: run, score: score)
                    } else {
                        scratch.parts.removeLast(run.count)
                    }
                }
            }
            if let best { return best }
            most -= 1
        }
        return nil
    }

    /// Sets `scratch.covered` to how many remaining lines each member has the stock of, each asked for by itself: it covers no
    /// more, so that most need not be looked at. Returns the largest.
    private mutating func countCoverable(_ order: Int, rules: CompiledRuleSet) -> Int {
        let first = context.tables.orders.lines(of: order).lowerBound
        let products = context.tables.orders.lineProducts
        var most: Int32 = 0
        for member in 0..<scratch.memberCount {
            let position = Int(scratch.members[member])
            let entry = scratch.nodes[position]
            for group in entry.groups { scratch.groups[group].covered = 0 }
            var count: Int32 = 0
            if isOpenForMore(entry.node) {
                for line in 0..<scratch.remaining.count where scratch.remaining[line] > 0 {
                    let stock = units(
                        node: entry.node, product: Int(products[first + line]),
                        usesSafetyStock: rules.usesSafetyStock)
                    if stock >= Int(scratch.remaining[line]) { count += 1 }
                }
            }
            scratch.covered[position] = count
            most = max(most, count)
        }
        return Int(most)
    }

    /// Appends the remaining lines that a candidate takes, in line order; `facts` gets their parcel.
    mutating func coveredLines(_ row: Int, facts: inout OrderFacts, rules: CompiledRuleSet) -> PartRun {
        let node = Int(context.tables.laneNodes[row])
        var run = PartRun(first: scratch.parts.count, count: 0)
        facts.parcel = Parcel()
        facts.parcel.lineSet = 0
        for line in 0..<scratch.remaining.count where scratch.remaining[line] > 0 {
            appendPart(line: line)
            let last = PartRun(first: scratch.parts.count - 1, count: 1)
            run.count += 1
            if hasStock(node: node, run: run, last: last.first, order: facts.order, rules: rules) {
                let before = facts.parcel
                add(last, order: facts.order, to: &facts.parcel)
                if isAllowed(row, run: run, facts: facts, rules: rules) { continue }
                facts.parcel = before
            }
            scratch.parts.removeLast(1)
            run.count -= 1
        }
        return run
    }

    /// Whether a candidate that has the stock can carry parts, the parcel of `facts`.
    mutating func isAllowed(_ row: Int, run: PartRun, facts: OrderFacts, rules: CompiledRuleSet) -> Bool {
        isPossible(row, facts: facts, rules: rules)
            && mergerKeepsHardRules(row, run: run, facts: facts, rules: rules)
    }

    /// Whether the shipment of this decision on the same lane, if there is one, would keep the hard exogenous constraints
    /// with these parts merged in: a limit on a parcel holds for the shipment.
    private mutating func mergerKeepsHardRules(
        _ row: Int, run: PartRun, facts: OrderFacts, rules: CompiledRuleSet
    ) -> Bool {
        guard !rules.exogenousRules.isEmpty, let index = plannedIndex(lane: row) else { return true }
        let parts = appendMerged(scratch.plan[index].parts, run)
        var merged = facts
        setParcel(of: parts, facts: &merged)
        scratch.parts.removeLast(parts.count)
        let lane = context.lane(row, for: facts)
        return rules.exogenousRules.allSatisfy {
            $0.softPrice != nil || $0.constraint.allows(order: merged, lane: lane, in: context)
        }
    }

    /// Appends the most units of a line that a candidate can carry, with the parcel of `facts` set to them; 0 units where none.
    mutating func dividedCover(
        _ row: Int, line: Int, facts: inout OrderFacts, rules: CompiledRuleSet
    ) -> PartRun {
        let first = context.tables.orders.lines(of: facts.order).lowerBound
        let product = Int(context.tables.orders.lineProducts[first + line])
        let node = Int(context.tables.laneNodes[row])
        let stock = units(node: node, product: product, usesSafetyStock: rules.usesSafetyStock)
        var quantity = max(0, min(Int32(clamping: stock), scratch.remaining[line]))
        let run = PartRun(first: scratch.parts.count, count: 1)
        scratch.parts.append(LinePart(line: Int32(line), quantity: quantity), in: arena)
        // A constraint may allow fewer units than there are: the most it allows are sought downwards.
        while quantity > 0 {
            scratch.parts[run.first].quantity = quantity
            setParcel(of: run, facts: &facts)
            if isAllowed(row, run: run, facts: facts, rules: rules) { break }
            quantity -= 1
        }
        scratch.parts[run.first].quantity = quantity
        return run
    }

    /// The candidate that can carry the most units of a line, best score among equals.
    private mutating func bestDivided(_ facts: inout OrderFacts, line: Int, rules: CompiledRuleSet) -> Cover? {
        var best: Cover?
        var most: Int32 = 0
        for member in 0..<scratch.memberCount {
            for row in scratch.nodes[Int(scratch.members[member])].rows {
                let run = dividedCover(row, line: line, facts: &facts, rules: rules)
                let quantity = scratch.parts[run.first].quantity
                if quantity > 0, quantity >= most {
                    let score = exactScore(context.lane(row, for: facts), facts: facts, rules: rules)
                    if quantity > most || score < (best?.score ?? .infinity) {
                        best = Cover(row: row, parts: run, score: score)
                        most = quantity
                        continue
                    }
                }
                scratch.parts.removeLast(1)
            }
        }
        return best
    }
}
