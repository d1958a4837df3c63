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
        for row in lanes {
            var facts = orders[slot].facts
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
    /// O(C(n, splits + 1)) sets, n the nodes that can carry at least one remaining line.
    mutating func planFewestShipments(
        _ slot: Int, lanes: Range<Int>, rules: CompiledRuleSet, splits: Int
    ) -> Bool {
        let nodes = usefulNodes(slot, lanes: lanes, rules: rules)
        for size in stride(from: 1, through: min(splits + 1, nodes.count), by: 1) {
            var best: (sum: Double, lanes: [Int])?
            var set = Array(0..<size)
            repeat {
                let members = set.map { nodes[$0] }
                let rows = lanes.filter { members.contains(Int(context.dataset.lanes.nodes[$0])) }
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

    /// Nodes of the zone that can carry a line (or, with divided lines, a unit) of what remains.
    private func usefulNodes(_ slot: Int, lanes: Range<Int>, rules: CompiledRuleSet) -> [Int] {
        var nodes: [Int] = []
        let table = context.dataset.orders
        let first = table.lines(of: orders[slot].facts.order).lowerBound
        for row in lanes where nodes.last != Int(context.dataset.lanes.nodes[row]) {
            let node = Int(context.dataset.lanes.nodes[row])
            let canHelp = scratch.remaining.enumerated().contains { line, quantity in
                quantity > 0
                    && units(
                        node: node, product: Int(table.lineProducts[first + line]),
                        usesSafetyStock: rules.usesSafetyStock) >= (rules.split.dividesLines ? 1 : quantity)
            }
            if canHelp { nodes.append(node) }
        }
        return nodes
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
