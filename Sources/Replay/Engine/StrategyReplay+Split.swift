import Domain
import History

/// A node and its lanes to the zone at hand: rows of the lane table in a run.
struct NodeLanes {
    var node: Int
    var rows: Range<Int>
}

extension StrategyReplay {
    /// Repeatedly the best-scoring of the candidates that cover the most remaining lines; returns the sum of scores.
    mutating func planMostLines(_ slot: Int, nodes: [NodeLanes], rules: CompiledRuleSet, splits: Int) -> Double {
        var sum = 0.0
        while scratch.remaining.contains(where: { $0 > 0 }) {
            // A merged shipment is no further one, but only existing lanes may still merge when all are used.
            let mayAdd = scratch.plan.count <= splits
            guard mayAdd, let choice = bestCover(slot, nodes: nodes, rules: rules) else { return sum }
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
    private mutating func bestCover(_ slot: Int, nodes: [NodeLanes], rules: CompiledRuleSet) -> Cover? {
        let cover =
            !rules.hasRules && isPlain(slot)
            ? bestPlainCover(slot, nodes: nodes, rules: rules) : bestRuledCover(slot, nodes: nodes, rules: rules)
        if cover != nil || !rules.split.dividesLines { return cover }
        for line in scratch.remaining.indices where scratch.remaining[line] > 0 {
            if let cover = bestDivided(slot, line: line, nodes: nodes, rules: rules) { return cover }
        }
        return nil
    }

    /// Whether stock and tags alone, line by line, decide what a candidate can carry: no product is asked for twice.
    private func isPlain(_ slot: Int) -> Bool {
        let table = context.tables.orders
        let first = table.lines(of: orders[slot].order).lowerBound
        guard scratch.remaining.count < 64 else { return false }
        for line in scratch.remaining.indices where scratch.remaining[line] > 0 {
            for earlier in 0..<line
            where scratch.remaining[earlier] > 0
                && table.lineProducts[first + earlier] == table.lineProducts[first + line]
            {
                return false
            }
        }
        return true
    }

    /// Whether a node is up and below its limit.
    private func isOpenForMore(_ node: Int) -> Bool {
        !state.isDown[node] && state.assignedToday[node] < context.tables.dailyLimits[node]
    }

    /// The best cover where no rule binds: what each lane covers is a set of lines, and lanes that cover the same set are
    /// scored together.
    private mutating func bestPlainCover(_ slot: Int, nodes: [NodeLanes], rules: CompiledRuleSet) -> Cover? {
        let most = markCoveredSets(slot, nodes: nodes, rules: rules)
        guard most > 0 else { return nil }
        var best: Cover?
        var isLeft = true
        while isLeft {
            // One set after the other, by the first lane that covers it.
            isLeft = false
            var set: UInt64 = 0
            var count = 0
            for entry in nodes {
                for row in entry.rows where scratch.coveredSets[row - nodes[0].rows.lowerBound] != 0 {
                    let covered = scratch.coveredSets[row - nodes[0].rows.lowerBound]
                    guard covered.nonzeroBitCount == most else { continue }
                    if set == 0 { set = covered }
                    guard covered == set else {
                        isLeft = true
                        continue
                    }
                    scratch.exactRows[count] = Int32(row)
                    count += 1
                    scratch.coveredSets[row - nodes[0].rows.lowerBound] = 0
                }
            }
            improve(&best, set: set, count: count, rules: rules)
        }
        return best
    }

    /// Notes the set of remaining lines that each lane covers, bit i for the line at position i; returns the size of the
    /// largest.
    private func markCoveredSets(_ slot: Int, nodes: [NodeLanes], rules: CompiledRuleSet) -> Int {
        guard let origin = nodes.first?.rows.lowerBound else { return 0 }
        let table = context.tables.orders
        let first = table.lines(of: orders[slot].order).lowerBound
        var most = 0
        for entry in nodes {
            var covered: UInt64 = 0
            var tagged: UInt64 = 0
            if isOpenForMore(entry.node) {
                for line in scratch.remaining.indices where scratch.remaining[line] > 0 {
                    let product = Int(table.lineProducts[first + line])
                    guard
                        units(node: entry.node, product: product, usesSafetyStock: rules.usesSafetyStock)
                            >= scratch.remaining[line]
                    else { continue }
                    let required = context.tables.requiredTags[product]
                    if required.bits != 0 {
                        guard context.tables.nodes[entry.node].tags.isSuperset(of: required) else { continue }
                        tagged |= 1 << UInt64(line)
                    }
                    covered |= 1 << UInt64(line)
                }
            }
            for row in entry.rows {
                var set = covered
                if tagged != 0 {
                    let tags = context.tables.services[context.tables.lanes[row].service].tags
                    for line in scratch.remaining.indices where tagged >> UInt64(line) & 1 == 1 {
                        let product = Int(table.lineProducts[first + line])
                        if !tags.isSuperset(of: context.tables.requiredTags[product]) { set &= ~(1 << UInt64(line)) }
                    }
                }
                scratch.coveredSets[row - origin] = set
                most = max(most, set.nonzeroBitCount)
            }
        }
        return most
    }

    /// Improves the best cover by the lanes in `scratch.exactRows`, which cover the same lines; ties go to the lower row.
    private mutating func improve(_ best: inout Cover?, set: UInt64, count: Int, rules: CompiledRuleSet) {
        var parts: [ShipmentOutcome.ShipmentLine] = []
        parts.reserveCapacity(set.nonzeroBitCount)
        for (line, quantity) in scratch.remaining.enumerated() where set >> UInt64(line) & 1 == 1 {
            parts.append(ShipmentOutcome.ShipmentLine(line: line, quantity: quantity))
        }
        var facts = scratch.facts
        facts.parcel = parcel(of: parts, order: facts.order)
        setExactScores(count: count, facts: facts, rules: rules)
        var chosen: (row: Int, score: Double)?
        for index in 0..<count where scratch.exact[index] < (chosen?.score ?? .infinity) {
            chosen = (Int(scratch.exactRows[index]), scratch.exact[index])
        }
        guard let chosen else { return }
        if let best, !(chosen.score < best.score || (chosen.score == best.score && chosen.row < best.lane.lane)) {
            return
        }
        best = Cover(lane: context.lane(chosen.row, for: facts), parts: parts, score: chosen.score)
    }

    /// The best cover where rules bind, or a product is asked for twice: candidate by candidate.
    private mutating func bestRuledCover(_ slot: Int, nodes: [NodeLanes], rules: CompiledRuleSet) -> Cover? {
        // A node covers no more lines than it has the stock of, so that most need not be looked at.
        var most: Int32 = 0
        for entry in nodes {
            let count = isOpenForMore(entry.node) ? coveredAtMost(slot, node: entry.node, rules: rules) : 0
            scratch.covered[entry.node] = Int32(count)
            most = max(most, Int32(count))
        }
        while most > 0 {
            var best: Cover?
            for entry in nodes where scratch.covered[entry.node] >= most {
                improve(&best, slot, entry, lines: Int(most), rules: rules)
            }
            if let best { return best }
            most -= 1
        }
        return nil
    }

    /// Improves the best cover by those lanes of a node that can carry a number of lines, each asked for by itself.
    private mutating func improve(
        _ best: inout Cover?, _ slot: Int, _ entry: NodeLanes, lines: Int, rules: CompiledRuleSet
    ) {
        var facts = scratch.facts
        for row in entry.rows {
            let lane = context.lane(row, for: facts)
            let parts = coveredLines(lane, facts: &facts, rules: rules)
            guard parts.count == lines else { continue }
            let score = exactScore(lane, facts: facts, rules: rules)
            if score < (best?.score ?? .infinity) { best = Cover(lane: lane, parts: parts, score: score) }
        }
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
    private mutating func bestDivided(_ slot: Int, line: Int, nodes: [NodeLanes], rules: CompiledRuleSet) -> Cover? {
        var best: Cover?
        let table = context.tables.orders
        for row in nodes.lazy.flatMap(\.rows) {
            var facts = scratch.facts
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
        let nodes = usefulNodes(slot, lanes: lanes, rules: rules)
        let masks = nodes.map { lineMask(slot, node: $0.node, rules: rules) }
        let all = masks.reduce(0, |)
        guard all == lineMaskOfRemaining() else { return false }
        for size in stride(from: 1, through: min(splits + 1, nodes.count), by: 1) {
            var search = NodeSetSearch(masks: masks, wanted: all, size: size)
            var best: (sum: Double, nodes: [NodeLanes])?
            while let set = search.next() {
                let members = set.map { nodes[$0] }
                let sum = trial(slot, nodes: members, rules: rules, splits: splits)
                if let sum, sum < (best?.sum ?? .infinity) { best = (sum, members) }
            }
            if let best {
                _ = planMostLines(slot, nodes: best.nodes, rules: rules, splits: splits)
                return true
            }
        }
        return false
    }

    /// Nodes whose stock can carry a remaining line (or, with divided lines, a unit of one), with their lanes.
    func usefulNodes(_ slot: Int, lanes: Range<Int>, rules: CompiledRuleSet) -> [NodeLanes] {
        var nodes: [NodeLanes] = []
        var first = lanes.lowerBound
        while first < lanes.upperBound {
            let node = context.tables.lanes[first].node
            var end = first + 1
            while end < lanes.upperBound, context.tables.lanes[end].node == node { end += 1 }
            if lineMask(slot, node: node, rules: rules) != 0 { nodes.append(NodeLanes(node: node, rows: first..<end)) }
            first = end
        }
        return nodes
    }

    /// Remaining lines of which a node has the whole quantity, each asked for by itself.
    private func coveredAtMost(_ slot: Int, node: Int, rules: CompiledRuleSet) -> Int {
        let table = context.tables.orders
        let first = table.lines(of: orders[slot].order).lowerBound
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
        let table = context.tables.orders
        let first = table.lines(of: orders[slot].order).lowerBound
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
    private mutating func trial(_ slot: Int, nodes: [NodeLanes], rules: CompiledRuleSet, splits: Int) -> Double? {
        let wanted = scratch.remaining
        let sum = planMostLines(slot, nodes: nodes, rules: rules, splits: splits)
        let isComplete = scratch.remaining.allSatisfy { $0 == 0 }
        dropPlan(wanted)
        return isComplete ? sum : nil
    }
}

/// The sets of a number of nodes that have the stock of all lines between them, in lexicographic order.
private struct NodeSetSearch {
    private let masks: [UInt64]
    private let wanted: UInt64
    private var set: [Int]
    /// What the members before each position cover.
    private var covered: [UInt64]
    private var isDone: Bool
    private var isFirst = true

    init(masks: [UInt64], wanted: UInt64, size: Int) {
        self.masks = masks
        self.wanted = wanted
        set = Array(0..<size)
        covered = [UInt64](repeating: 0, count: size)
        isDone = size == 0 || size > masks.count
        for position in 1..<max(1, size) where !isDone {
            covered[position] = covered[position - 1] | masks[set[position - 1]]
        }
    }

    /// The next set; nil after the last.
    mutating func next() -> [Int]? {
        let last = set.count - 1
        while !isDone {
            // The last member runs through all nodes after its predecessor; most sets are passed over here.
            var member = isFirst ? set[last] : set[last] + 1
            isFirst = false
            let base = covered[last]
            while member < masks.count, base | masks[member] != wanted { member += 1 }
            if member < masks.count {
                set[last] = member
                return set
            }
            advance()
        }
        return nil
    }

    /// Moves the members before the last to their next combination.
    private mutating func advance() {
        var position = set.count - 2
        while position >= 0, set[position] == masks.count - set.count + position { position -= 1 }
        guard position >= 0 else {
            isDone = true
            return
        }
        set[position] += 1
        for later in (position + 1)..<set.count {
            set[later] = set[later - 1] + 1
            covered[later] = covered[later - 1] | masks[set[later - 1]]
        }
        isFirst = true
    }
}
