import Domain
import History
import Storage

// Which lines of an order each node could carry, as sets: bit i for the line at position i, bit 63 for any from there on.
extension StrategyReplay {
    /// What is known of the nodes once their lines are marked.
    struct LineMarks {
        /// Lines that any node could carry.
        var union: UInt64 = 0
        /// Lines whose product asks for a tag or is banned somewhere.
        var tagged: UInt64 = 0
        /// Whether a node could carry every line.
        var isAnyWhole = false
    }

    /// The lines that remain.
    @inline(__always)
    func remainingLines() -> UInt64 {
        var set: UInt64 = 0
        for line in 0..<scratch.remaining.count where scratch.remaining[line] > 0 { set |= 1 << UInt64(min(line, 63)) }
        return set
    }

    /// Whether more than one line remains.
    @inline(__always)
    var isSeveralLines: Bool {
        var count = 0
        for line in 0..<scratch.remaining.count where scratch.remaining[line] > 0 { count += 1 }
        return count > 1
    }

    /// Whether two of the lines that remain ask for the same product.
    mutating func hasTwins(_ slot: Int) -> Bool {
        let first = context.tables.orders.lines(of: orders[slot].order).lowerBound
        let products = context.tables.orders.lineProducts
        for line in 0..<scratch.remaining.count where scratch.remaining[line] > 0 {
            for earlier in 0..<line
            where scratch.remaining[earlier] > 0 && products[first + earlier] == products[first + line] {
                return true
            }
        }
        return false
    }

    /// Sets `scratch.lineMasks` to the lines that each node could carry, each asked for by itself: up, below its limit, with
    /// the tags, with the stock of the whole line or, where `divides`, with a unit of it.
    mutating func markLines(_ slot: Int, rules: CompiledRuleSet, wanted: UInt64, divides: Bool) -> LineMarks {
        var marks = LineMarks()
        let masks = scratch.lineMasks
        masks.fill(0)
        let first = context.tables.orders.lines(of: orders[slot].order).lowerBound
        for line in 0..<scratch.remaining.count where scratch.remaining[line] > 0 {
            let product = Int(context.tables.orders.lineProducts[first + line])
            let needed = divides ? 1 : scratch.remaining[line]
            let bit: UInt64 = 1 << UInt64(min(line, 63))
            let required = context.tables.products[product].requiredTags
            if !bansInForce.isEmpty, bansInForce.contains(where: { $0.products.contains(product) }) {
                marks.tagged |= bit
            }
            if required.bits != 0 || rules.usesSafetyStock {
                if required.bits != 0 { marks.tagged |= bit }
                for node in 0..<masks.count
                where units(node: node, product: product, usesSafetyStock: rules.usesSafetyStock) >= Int(needed)
                    && context.tables.nodes[node].tags.isSuperset(of: required)
                {
                    masks[node] |= bit
                }
            } else {
                // No branch, so that several nodes are looked at in one step.
                let available = state.available.from(product * state.nodeCount)
                for node in 0..<masks.count { masks[node] |= available[node] >= needed ? bit : 0 }
            }
        }
        for node in 0..<masks.count where masks[node] != 0 {
            if isOpenForMore(node) {
                marks.union |= masks[node]
                if masks[node] == wanted { marks.isAnyWhole = true }
            } else {
                masks[node] = 0
            }
        }
        return marks
    }

    /// Lists the nodes with a lane to the zone that could carry a line.
    mutating func findUsefulNodes(lanes: Range<Int>) {
        let laneNodes = context.tables.laneNodes
        let (nodes, masks) = (scratch.nodes, scratch.lineMasks)
        var count = 0
        var first = lanes.lowerBound
        while first < lanes.upperBound {
            let node = laneNodes[first]
            var end = first + 1
            while end < lanes.upperBound, laneNodes[end] == node { end += 1 }
            let mask = masks[Int(node)]
            if mask != 0 {
                nodes[count] = NodeLanes(node: Int(node), rows: first..<end, mask: mask)
                count += 1
            }
            first = end
        }
        scratch.nodeCount = count
    }

    /// Groups each node's lanes by the lines they could carry: all alike, unless a service lacks a tag.
    mutating func findPlainGroups(_ slot: Int, tagged: UInt64) {
        let (nodes, groups) = (scratch.nodes, scratch.groups)
        var count = 0
        for index in 0..<scratch.nodeCount {
            let entry = nodes[index]
            nodes[index].firstGroup = count
            var row = entry.firstRow
            while row < entry.endRow {
                var set = entry.mask
                var end = entry.endRow
                if set & tagged != 0 {
                    set = carried(entry.mask, tagged: tagged, slot, row: row)
                    end = row + 1
                    while end < entry.endRow, carried(entry.mask, tagged: tagged, slot, row: end) == set { end += 1 }
                }
                groups[count] = LaneGroup(position: index, node: entry.node, rows: row..<end, set: set)
                count += 1
                row = end
            }
            nodes[index].endGroup = count
        }
    }

    /// Makes every lane a group by itself: where rules bind, what it carries is found out step by step.
    mutating func findRowGroups() {
        var count = 0
        for index in 0..<scratch.nodeCount {
            let entry = scratch.nodes[index]
            scratch.nodes[index].firstGroup = count
            for row in entry.rows {
                scratch.groups[count] = LaneGroup(position: index, node: entry.node, rows: row..<(row + 1), set: 0)
                count += 1
            }
            scratch.nodes[index].endGroup = count
        }
    }

    /// The lines of a set of which a node has the stock if it takes one after the other; those of one product add up.
    mutating func stocked(_ set: UInt64, node: Int, order: Int, rules: CompiledRuleSet) -> UInt64 {
        let first = context.tables.orders.lines(of: order).lowerBound
        let products = context.tables.orders.lineProducts
        var taken: UInt64 = 0
        var left = set
        while left != 0 {
            let line = left.trailingZeroBitCount
            left &= left - 1
            let product = products[first + line]
            var needed = Int(scratch.remaining[line])
            var earlier = taken
            while earlier != 0 {
                let other = earlier.trailingZeroBitCount
                earlier &= earlier - 1
                if products[first + other] == product { needed += Int(scratch.remaining[other]) }
            }
            if units(node: node, product: Int(product), usesSafetyStock: rules.usesSafetyStock) >= needed {
                taken |= 1 << UInt64(line)
            }
        }
        return taken
    }

    /// The lines of a set whose tags a lane's service has and that no ban keeps from the lane.
    private mutating func carried(_ mask: UInt64, tagged: UInt64, _ slot: Int, row: Int) -> UInt64 {
        let first = context.tables.orders.lines(of: orders[slot].order).lowerBound
        let tags = context.tables.services[Int(context.tables.laneServices[row])].tags
        var set = mask
        var left = mask & tagged
        while left != 0 {
            let line = left.trailingZeroBitCount
            let product = Int(context.tables.orders.lineProducts[first + line])
            if !tags.isSuperset(of: context.tables.products[product].requiredTags)
                || (!bansInForce.isEmpty
                    && isBanned(row, product: product, region: Int(orders[slot].region)))
            {
                set &= ~(1 << UInt64(line))
            }
            left &= left - 1
        }
        return set
    }

    /// Plans may use every useful node.
    mutating func useAllNodes() {
        for index in 0..<scratch.nodeCount { scratch.members[index] = Int32(index) }
        scratch.memberCount = scratch.nodeCount
    }
}
