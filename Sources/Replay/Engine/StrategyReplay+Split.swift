import Domain
import History

extension StrategyReplay {
    /// Repeatedly the best-scoring of the candidates that cover the most remaining lines; returns the sum of scores.
    mutating func planMostLines(_ slot: Int, lanes: [Int], rules: CompiledRuleSet, splits: Int) -> Double {
        var sum = 0.0
        while scratch.remaining.contains(where: { $0 > 0 }) {
            // A merged shipment is no further one, but only existing lanes may still merge when all are used.
            let mayAdd = scratch.plan.count <= splits
            guard mayAdd, let choice = bestCover(slot, lanes: lanes, rules: rules) else { return sum }
            sum += choice.score
            take(choice.lane, parts: choice.parts)
        }
        return sum
    }

    /// A candidate with the parts it would take.
    private struct Cover {
        var lane: LaneFacts
        var parts: [ShipmentOutcome.ShipmentLine]
        var score: Double
    }

    /// The best-scoring of the candidates that cover the most remaining lines, or, with divided lines, the most units of
    /// the first line of which any can carry a unit.
    private func bestCover(_ slot: Int, lanes: [Int], rules: CompiledRuleSet) -> Cover? {
        var best: Cover?
        var facts = orders[slot].facts
        var node = -1
        var atMost = 0
        for row in lanes {
            // A node covers no more lines than it has the stock of: the rest need not be looked at.
            if context.tables.lanes[row].node != node {
                node = context.tables.lanes[row].node
                atMost = coveredAtMost(slot, node: node, rules: rules)
            }
            guard atMost >= (best?.parts.count ?? 1) else { continue }
            let lane = context.lane(row, for: facts)
            let parts = coveredLines(lane, facts: &facts, rules: rules)
            guard !parts.isEmpty, parts.count >= (best?.parts.count ?? 1) else { continue }
            let score = exactScore(lane, facts: facts, rules: rules)
            if parts.count > (best?.parts.count ?? 0) || score < (best?.score ?? .infinity) {
                best = Cover(lane: lane, parts: parts, score: score)
            }
        }
        if best != nil || !rules.split.dividesLines { return best }
        for line in scratch.remaining.indices where scratch.remaining[line] > 0 {
            if let cover = bestDivided(slot, line: line, lanes: lanes, rules: rules) { return cover }
        }
        return nil
    }

    /// The remaining lines a candidate takes, in line order; `facts` gets their parcel.
    private func coveredLines(
        _ lane: LaneFacts, facts: inout OrderFacts, rules: CompiledRuleSet
    ) -> [ShipmentOutcome.ShipmentLine] {
        var parts: [ShipmentOutcome.ShipmentLine] = []
        facts.parcel = Parcel()
        for (line, quantity) in scratch.remaining.enumerated() where quantity > 0 {
            let before = facts.parcel
            parts.append(ShipmentOutcome.ShipmentLine(line: line, quantity: quantity))
            facts.parcel = parcel(of: parts, order: facts.order)
            if !isPossible(lane, parts: parts, facts: facts, rules: rules) {
                parts.removeLast()
                facts.parcel = before
            }
        }
        return parts
    }

    /// The candidate that can carry the most units of a line, best score among equals.
    private func bestDivided(_ slot: Int, line: Int, lanes: [Int], rules: CompiledRuleSet) -> Cover? {
        var best: Cover?
        let table = context.dataset.orders
        for row in lanes {
            var facts = orders[slot].facts
            let lane = context.lane(row, for: facts)
            let product = Int(table.lineProducts[table.lines(of: facts.order).lowerBound + line])
            let stock = units(node: lane.node, product: product, usesSafetyStock: rules.usesSafetyStock)
            var quantity = min(stock, scratch.remaining[line])
            // A constraint may allow fewer units than there are: the most it allows are sought downwards.
            while quantity > 0 {
                let parts = [ShipmentOutcome.ShipmentLine(line: line, quantity: quantity)]
                facts.parcel = parcel(of: parts, order: facts.order)
                if isPossible(lane, parts: parts, facts: facts, rules: rules) { break }
                quantity -= 1
            }
            guard quantity > 0, quantity >= (best?.parts[0].quantity ?? 1) else { continue }
            let score = exactScore(lane, facts: facts, rules: rules)
            if quantity > (best?.parts[0].quantity ?? 0) || score < (best?.score ?? .infinity) {
                best = Cover(
                    lane: lane, parts: [ShipmentOutcome.ShipmentLine(line: line, quantity: quantity)], score: score)
            }
        }
        return best
    }

    /// The smallest set of nodes that can carry all lines, the smallest sum of scores among those of its size; false if
    /// no set of at most `splits + 1` nodes can.
    ///
    /// O(C(n, splits + 1)) sets, n the nodes that can carry at least one remaining line; only those whose stock covers every
    /// line between them are tried.
    mutating func planFewestShipments(
        _ slot: Int, lanes: Range<Int>, rules: CompiledRuleSet, splits: Int
    ) -> Bool {
        let rows = usefulLanes(slot, lanes: lanes, rules: rules)
        var nodes: [Int] = []
        for row in rows where nodes.last != context.tables.lanes[row].node {
            nodes.append(context.tables.lanes[row].node)
        }
        let masks = nodes.map { lineMask(slot, node: $0, rules: rules) }
        let all = masks.reduce(0, |)
        guard all == lineMaskOfRemaining() else { return false }
        for size in stride(from: 1, through: min(splits + 1, nodes.count), by: 1) {
            var best: (sum: Double, lanes: [Int])?
            var set = Array(0..<size)
            repeat {
                guard set.reduce(0, { $0 | masks[$1] }) == all else { continue }
                let members = set.map { nodes[$0] }
                let rows = rows.filter { members.contains(context.tables.lanes[$0].node) }
                if let sum = trial(slot, lanes: rows, rules: rules, splits: splits), sum < (best?.sum ?? .infinity) {
                    best = (sum, rows)
                }
            } while advance(&set, count: nodes.count)
            if let best {
                _ = planMostLines(slot, lanes: best.lanes, rules: rules, splits: splits)
                return true
            }
        }
        return false
    }

    /// Lanes of nodes whose stock can carry a remaining line (or, with divided lines, a unit of one).
    func usefulLanes(_ slot: Int, lanes: Range<Int>, rules: CompiledRuleSet) -> [Int] {
        var rows: [Int] = []
        var node = -1
        var isUseful = false
        for row in lanes {
            if context.tables.lanes[row].node != node {
                node = context.tables.lanes[row].node
                isUseful = lineMask(slot, node: node, rules: rules) != 0
            }
            if isUseful { rows.append(row) }
        }
        return rows
    }

    /// Remaining lines of which a node has the whole quantity, each asked for by itself.
    private func coveredAtMost(_ slot: Int, node: Int, rules: CompiledRuleSet) -> Int {
        let table = context.dataset.orders
        let first = table.lines(of: orders[slot].facts.order).lowerBound
        var count = 0
        for line in scratch.remaining.indices where scratch.remaining[line] > 0 {
            let stock = units(
                node: node, product: Int(table.lineProducts[first + line]), usesSafetyStock: rules.usesSafetyStock)
            if stock >= scratch.remaining[line] { count += 1 }
        }
        return count
    }

    /// Bit i = the node has the stock of the i-th line that remains (bit 63: of any beyond).
    private func lineMask(_ slot: Int, node: Int, rules: CompiledRuleSet) -> UInt64 {
        let table = context.dataset.orders
        let first = table.lines(of: orders[slot].facts.order).lowerBound
        var mask: UInt64 = 0
        for (line, quantity) in scratch.remaining.enumerated() where quantity > 0 {
            let stock = units(
                node: node, product: Int(table.lineProducts[first + line]), usesSafetyStock: rules.usesSafetyStock)
            if stock >= (rules.split.dividesLines ? 1 : quantity) { mask |= 1 << UInt64(min(line, 63)) }
        }
        return mask
    }

    /// The mask of a node that has everything.
    private func lineMaskOfRemaining() -> UInt64 {
        var mask: UInt64 = 0
        for (line, quantity) in scratch.remaining.enumerated() where quantity > 0 { mask |= 1 << UInt64(min(line, 63)) }
        return mask
    }

    /// The sum of scores if candidates of these lanes can carry all that remains, else nil; leaves nothing reserved.
    private mutating func trial(_ slot: Int, lanes: [Int], rules: CompiledRuleSet, splits: Int) -> Double? {
        let wanted = scratch.remaining
        let sum = planMostLines(slot, lanes: lanes, rules: rules, splits: splits)
        let isComplete = scratch.remaining.allSatisfy { $0 == 0 }
        dropPlan(wanted)
        return isComplete ? sum : nil
    }

    /// The next combination in lexicographic order; false after the last.
    private func advance(_ set: inout [Int], count: Int) -> Bool {
        var position = set.count - 1
        while position >= 0, set[position] == count - set.count + position { position -= 1 }
        guard position >= 0 else { return false }
        set[position] += 1
        for later in (position + 1)..<max(position + 1, set.count) { set[later] = set[later - 1] + 1 }
        return true
    }
}
