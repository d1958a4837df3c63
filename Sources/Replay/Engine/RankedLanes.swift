import Domain
import History
import Storage
import Synchronization

/// For a strategy whose scores neither the world nor what it did before changes: the best nodes of every visit, ranked once
/// for all worlds.
///
/// A replay then only asks, node after node, which one is possible. Ranked are the best lanes of the nodes by the score
/// that decides, float64 and one by one; of equals the first row, as everywhere.
final class RankedLanes: Sendable {
    /// Nodes kept for a visit: a cache line of rows.
    static let depth = 16
    /// Visits ranked at once, by whichever thread comes first.
    private static let chunkLength = 2_048
    /// The most memory for all strategies of a plan, bytes; larger books are scored world by world.
    static let largestSize = 256 << 20
    /// Below this many worlds ranking costs more than it saves.
    static let fewestWorlds = 3

    /// The ranked rows of a run of visits, by visit and rank; -1 after the last.
    struct Chunk {
        /// Visit numbers.
        let visits: Range<Int>
        private let rows: Buffer<Int32>

        /// No visits.
        init(in arena: Arena) {
            visits = 0..<0
            rows = arena.buffer(repeating: -1, count: 0)
        }

        fileprivate init(visits: Range<Int>, rows: Buffer<Int32>) {
            self.visits = visits
            self.rows = rows
        }

        /// The row of a visit's lane at a rank.
        @inline(__always)
        subscript(visit: Int, rank: Int) -> Int32 { rows[(visit - visits.lowerBound) * RankedLanes.depth + rank] }
    }

    /// What has been ranked.
    private struct Ranked {
        let arena = Arena()
        var chunks: [Chunk?]
    }
    private let context: ReplayContext
    private let rules: CompiledRuleSet
    private let orders: Range<Int>
    private let ranked: Mutex<Ranked>

    /// The ranking of a rule set for the orders of a plan; each run of visits is ranked when it is first asked for.
    init(rules: CompiledRuleSet, tables: ReplayTables, orders: Range<Int>) {
        context = ReplayContext(tables: tables, world: World(replication: 0, seed: 0, dataset: tables.dataset))
        self.rules = rules
        self.orders = orders
        let count = (orders.count + Self.chunkLength - 1) / Self.chunkLength
        ranked = Mutex(Ranked(chunks: [Chunk?](repeating: nil, count: count)))
    }

    /// Whether a strategy's first decision on an order can be ranked beforehand: exogenous ratings that are the same in
    /// every world, no price on a broken constraint, decided as it is placed.
    static func serves(_ specification: StrategySpecification) -> Bool {
        guard CompiledStrategy.decidesAtOnce(specification), case .scored(let rules) = specification.assignment,
            let first = rules.first
        else { return false }
        return first.ratings.allSatisfy { use in
            (use.rating as? any ExogenousRating)?.dependence.isOfEveryWorld ?? false
        }
    }

    /// Whether the rankings of some strategies are worth their memory.
    static func isWorthwhile(worlds: Int, strategies: Int, orders: Int) -> Bool {
        worlds >= fewestWorlds && orders * strategies * depth * MemoryLayout<Int32>.stride <= largestSize
    }

    /// The rankings of the run of visits that holds a visit.
    func chunk(ofVisit visit: Int) -> Chunk {
        ranked.withLock { ranked in
            let number = visit / Self.chunkLength
            if let chunk = ranked.chunks[number] { return chunk }
            let first = number * Self.chunkLength
            let visits = first..<min(first + Self.chunkLength, orders.count)
            let chunk = rank(visits, in: ranked.arena)
            ranked.chunks[number] = chunk
            return chunk
        }
    }

    /// Ranks a run of visits.
    private func rank(_ visits: Range<Int>, in arena: Arena) -> Chunk {
        let rows = arena.buffer(repeating: Int32(-1), count: visits.count * Self.depth)
        let scratch = Arena()
        let largest = context.tables.largestZone
        let candidates = scratch.buffer(repeating: Int32(0), count: largest)
        let scores = scratch.buffer(repeating: 0.0, count: largest)
        let kept = scratch.buffer(repeating: 0.0, count: Self.depth)
        for visit in visits {
            let facts = context.facts(ofOrder: orders.lowerBound + visit, visit: visit)
            let lanes = context.dataset.lanes.rows(ofZone: facts.zone)
            for offset in 0..<lanes.count {
                candidates[offset] = Int32(lanes.lowerBound + offset)
                scores[offset] = 0
            }
            for term in rules.exogenous {
                _ = term.rating.add(
                    weight: term.weight, offset: term.offset, scale: term.scale, order: facts,
                    candidates: CandidateRows(candidates, count: lanes.count), in: context, to: scores)
            }
            rank(
                lanes, scores: scores, required: facts.parcel.requiredTags, kept: kept,
                into: rows.from((visit - visits.lowerBound) * Self.depth))
        }
        return Chunk(visits: visits, rows: rows)
    }

    /// Ranks the nodes of a zone by their best lanes that carry all required tags.
    private func rank(
        _ lanes: Range<Int>, scores: Buffer<Double>, required: TagSet, kept: Buffer<Double>, into rows: Buffer<Int32>
    ) {
        let nodes = context.tables.laneNodes
        let isAnyTagFine = required.bits == 0
        var count = 0
        var next = lanes.lowerBound
        while next < lanes.upperBound {
            let node = nodes[next]
            var best = -1
            var score = Double.infinity
            while next < lanes.upperBound, nodes[next] == node {
                if scores[next - lanes.lowerBound] < score, isAnyTagFine || context.tables.carries(required, lane: next)
                {
                    best = next
                    score = scores[next - lanes.lowerBound]
                }
                next += 1
            }
            guard best >= 0, count < Self.depth || score < kept[count - 1] else { continue }
            count = min(count + 1, Self.depth)
            var place = count - 1
            while place > 0, score < kept[place - 1] {
                kept[place] = kept[place - 1]
                rows[place] = rows[place - 1]
                place -= 1
            }
            kept[place] = score
            rows[place] = Int32(best)
        }
    }
}

extension StrategyReplay {
    /// The best lane for a whole new order, from its ranked nodes.
    mutating func rankedLane(_ facts: OrderFacts, ranked: RankedLanes) -> BlockChoice {
        let rules = strategy.ruleSets[0]
        if !rankedChunk.visits.contains(facts.visit) { rankedChunk = ranked.chunk(ofVisit: facts.visit) }
        for rank in 0..<RankedLanes.depth {
            let row = Int(rankedChunk[facts.visit, rank])
            if row < 0 { return .none }
            let node = Int(context.tables.laneNodes[row])
            guard canShip(node: node, order: facts.order, usesSafetyStock: rules.usesSafetyStock) else { continue }
            guard rules.hasRules else { return .lane(row) }
            if keepsHardRules(context.lane(row, for: facts), facts: facts, rules: rules) { return .lane(row) }
            // Another lane of the node may keep what the best one breaks: then all lanes are looked at.
            if keepsHardRules(anyLaneOf: node, near: row, facts: facts, rules: rules) { return .unknown }
        }
        return .unknown
    }

    /// Whether a node is up, below its limit, and has the stock for all lines of an order.
    private mutating func canShip(node: Int, order: Int, usesSafetyStock: Bool) -> Bool {
        guard state.isUp[node] != 0 else { return false }
        if context.tables.hasDailyLimits, state.assignedToday[node] >= context.tables.dailyLimits[node] { return false }
        let table = context.tables.orders
        let lines = table.lines(of: order)
        for line in lines {
            var needed = Int(table.lineQuantities[line])
            for earlier in lines.lowerBound..<line where table.lineProducts[earlier] == table.lineProducts[line] {
                needed += Int(table.lineQuantities[earlier])
            }
            let product = Int(table.lineProducts[line])
            if units(node: node, product: product, usesSafetyStock: usesSafetyStock) < needed { return false }
        }
        return true
    }

    /// Whether any lane of a node keeps the hard constraints; the lanes of a node are neighbours.
    private mutating func keepsHardRules(anyLaneOf node: Int, near row: Int, facts: OrderFacts, rules: CompiledRuleSet)
        -> Bool
    {
        let lanes = context.dataset.lanes.rows(ofZone: facts.zone)
        let nodes = context.tables.laneNodes
        var first = row
        while first > lanes.lowerBound, Int(nodes[first - 1]) == node { first -= 1 }
        for lane in first..<lanes.upperBound {
            if Int(nodes[lane]) != node { return false }
            if context.tables.carries(facts.parcel.requiredTags, lane: lane),
                keepsHardRules(context.lane(lane, for: facts), facts: facts, rules: rules)
            {
                return true
            }
        }
        return false
    }
}
