import Domain
import History
import Storage
import Synchronization

/// For a strategy whose scores neither the world nor what it did before changes: the best nodes of every visit, ranked once
/// for all worlds.
///
/// A replay then only asks, node after node, which one is possible. Ranked are the best lanes of the nodes by the score
/// that decides, float64 and one by one; of equals the first row, as everywhere. Where the ratings know a line over the
/// kilometres that no lane goes below (``ExogenousRating/lowerLine(order:in:)``), near nodes come first and the search ends
/// where no farther one can be better.
final class RankedLanes: Sendable {
    /// Nodes kept for a visit: a cache line of rows.
    static let depth = 16
    /// Visits ranked at once, by whichever thread comes first; fewer where they are not kept for other worlds.
    private static let keptLength = 2_048
    private static let passingLength = 64
    /// The most memory for all strategies of a plan, bytes; in larger books every world ranks for itself.
    static let largestSize = 256 << 20
    /// Below this many worlds ranking costs more than it saves, unless the search ends early.
    static let fewestWorlds = 3

    /// The ranked rows of a run of visits, by visit and rank; -1 after the last.
    struct Chunk {
        /// Visit numbers.
        let visits: Range<Int>
        fileprivate let rows: Buffer<Int32>

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

    /// A run of visits that is ranked once, by whichever thread comes first.
    private final class Run: Sendable {
        let visits: Range<Int>
        /// Nil until it is ranked.
        let chunk = Mutex<Chunk?>(nil)
        let arena = Arena()

        init(visits: Range<Int>) { self.visits = visits }
    }
    private let context: ReplayContext
    private let rules: CompiledRuleSet
    private let orders: Range<Int>
    /// Whether rankings are kept for other worlds.
    private let isKept: Bool
    /// Empty where they are not.
    private let runs: [Run]
    private let near: NearNodes

    /// The ranking of a rule set for the orders of a plan; each run of visits is ranked when it is first asked for.
    init(rules: CompiledRuleSet, tables: ReplayTables, near: NearNodes, orders: Range<Int>, isKept: Bool) {
        context = ReplayContext(tables: tables, world: World(replication: 0, seed: 0, dataset: tables.dataset))
        self.rules = rules
        self.orders = orders
        self.isKept = isKept
        runs = stride(from: 0, to: isKept ? orders.count : 0, by: Self.keptLength).map { first in
            Run(visits: first..<min(first + Self.keptLength, orders.count))
        }
        self.near = near
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

    /// Whether keeping the rankings of some strategies is worth their memory.
    static func isWorthKeeping(worlds: Int, strategies: Int, orders: Int) -> Bool {
        worlds >= fewestWorlds && orders * strategies * depth * MemoryLayout<Int32>.stride <= largestSize
    }

    /// The rankings of a run of visits that holds a visit. `last` is the one before, whose memory may be taken, `arena` that
    /// of the trial.
    func chunk(ofVisit visit: Int, after last: Chunk, arena: Arena) -> Chunk {
        guard isKept else {
            let visits = visit..<min(visit + Self.passingLength, orders.count)
            let isRoomy = last.rows.count == Self.passingLength * Self.depth
            let rows = isRoomy ? last.rows : arena.buffer(repeating: -1, count: Self.passingLength * Self.depth)
            rank(visits, into: rows)
            return Chunk(visits: visits, rows: rows)
        }
        let wanted = runs[visit / Self.keptLength]
        // While another thread ranks what is wanted, the runs after it are ranked that nobody is at.
        for later in runs[(visit / Self.keptLength + 1)...] {
            if let chunk = wanted.chunk.withLockIfAvailable({ ranked(&$0, wanted) }) { return chunk }
            _ = later.chunk.withLockIfAvailable { ranked(&$0, later) }
        }
        return wanted.chunk.withLock { ranked(&$0, wanted) }
    }

    /// The rankings of a run, made if they are not there.
    private func ranked(_ chunk: inout Chunk?, _ run: Run) -> Chunk {
        if let chunk { return chunk }
        let made = Chunk(
            visits: run.visits, rows: run.arena.buffer(repeating: -1, count: run.visits.count * Self.depth))
        rank(run.visits, into: made.rows)
        chunk = made
        return made
    }

    /// Memory for ranking visit after visit.
    private struct Scratch {
        let arena = Arena()
        let candidates: Buffer<Int32>
        let scores: Buffer<Double>
        /// The best scores so far, and their lanes.
        let kept: Buffer<Double>
        var rows: Buffer<Int32>
        var count = 0

        init(largest: Int, rows: Buffer<Int32>) {
            candidates = arena.buffer(repeating: 0, count: largest)
            scores = arena.buffer(repeating: 0, count: largest)
            kept = arena.buffer(repeating: 0, count: RankedLanes.depth)
            self.rows = rows
        }

        /// Whether a lane with at least this score can no longer be among those kept.
        func rulesOut(_ score: Double) -> Bool { count == RankedLanes.depth && score > kept[count - 1] }

        /// Enters a node's best lane: by score, of equals the first row.
        mutating func enter(row: Int32, score: Double) {
            var place = count
            while place > 0, score < kept[place - 1] || (score == kept[place - 1] && row < rows[place - 1]) {
                place -= 1
            }
            guard place < RankedLanes.depth else { return }
            count = min(count + 1, RankedLanes.depth)
            var last = count - 1
            while last > place {
                kept[last] = kept[last - 1]
                rows[last] = rows[last - 1]
                last -= 1
            }
            kept[place] = score
            rows[place] = row
        }
    }

    /// Ranks a run of visits.
    private func rank(_ visits: Range<Int>, into rows: Buffer<Int32>) {
        var scratch = Scratch(largest: context.tables.largestZone, rows: rows)
        for visit in visits {
            scratch.rows = rows.from((visit - visits.lowerBound) * Self.depth)
            scratch.count = 0
            rank(context.facts(ofOrder: orders.lowerBound + visit, visit: visit), scratch: &scratch)
            for rank in scratch.count..<Self.depth { scratch.rows[rank] = -1 }
        }
    }

    /// Ranks the nodes of one visit by their best lanes that carry all required tags, batch after batch of lanes.
    private func rank(_ facts: OrderFacts, scratch: inout Scratch) {
        let lower = rules.lowerLine(facts, near: near, in: context)
        let required = facts.parcel.requiredTags
        let end = near.positions(zone: facts.zone).upperBound
        var next = near.positions(zone: facts.zone).lowerBound
        while next < end {
            // No lane of the nodes from here on is nearer, and so none is better than this.
            if let lower, scratch.rulesOut(lower.bound(kilometres: near[next].kilometres)) { return }
            let first = next
            var count = 0
            while next < end, lower == nil || count < NearNodes.batchLength {
                for row in near[next].firstRow..<near[next].endRow {
                    scratch.candidates[count] = Int32(row)
                    scratch.scores[count] = 0
                    count += 1
                }
                next += 1
            }
            for term in rules.exogenous {
                _ = term.rating.add(
                    weight: term.weight, offset: term.offset, scale: term.scale, order: facts,
                    candidates: CandidateRows(scratch.candidates, count: count), in: context, to: scratch.scores)
            }
            enterBest(of: first..<next, required: required, scratch: &scratch)
        }
    }

    /// Enters the best lane of each of some nodes, whose scores stand in the scratch.
    private func enterBest(of nodes: Range<Int>, required: TagSet, scratch: inout Scratch) {
        let isAnyTagFine = required.bits == 0
        var position = 0
        for run in nodes {
            var best = -1
            var score = Double.infinity
            for row in near[run].firstRow..<near[run].endRow {
                if scratch.scores[position] < score, isAnyTagFine || context.tables.carries(required, lane: row) {
                    best = row
                    score = scratch.scores[position]
                }
                position += 1
            }
            if best >= 0 { scratch.enter(row: Int32(best), score: score) }
        }
    }
}

extension StrategyReplay {
    /// The best lane for a whole new order, a visit of a block, from its ranked nodes.
    mutating func rankedLane(_ block: VisitBlock, index: Int, needs: OrderNeeds) -> BlockChoice {
        let visit = block.visits[index].visit
        if !rankedChunk.visits.contains(visit) { loadRankedChunk(ofVisit: visit) }
        let (usesSafetyStock, hasRules) = (strategy.usesSafetyStock, strategy.hasRules)
        for rank in 0..<RankedLanes.depth {
            let row = Int(rankedChunk[visit, rank])
            if row < 0 { return .none }
            let node = Int(context.tables.laneNodes[row])
            guard canShip(node: node, needs: needs, usesSafetyStock: usesSafetyStock) else { continue }
            guard hasRules else { return .lane(row) }
            let (facts, rules) = (block.facts[index], strategy.ruleSets[0])
            if keepsHardRules(context.lane(row, for: facts), facts: facts, rules: rules) { return .lane(row) }
            // Another lane of the node may keep what the best one breaks: then all lanes are looked at.
            if keepsHardRules(anyLaneOf: node, near: row, facts: facts, rules: rules) { break }
        }
        return strategy.nearNodes.map { nearFirstLane(block.facts[index], needs: needs, near: $0) } ?? .unknown
    }

    /// Asks for the best lanes of the next visits of a block, which most of them take; see ``fetchStock(of:from:)``.
    mutating func fetchRankedLanes(of block: VisitBlock, from first: Int) {
        var touched = 0
        for index in first..<min(first + VisitBlock.fetchedVisits, block.count) {
            let visit = block.visits[index].visit
            guard rankedChunk.visits.contains(visit) else { break }
            let row = Int(rankedChunk[visit, 0])
            if row >= 0 { touched ^= context.tables.lanes[row].node }
        }
        scratch.touched ^= Int32(truncatingIfNeeded: touched)
    }

    /// Looks up the rankings around a visit. All threads count references to them, so that this is done once a run of visits.
    private mutating func loadRankedChunk(ofVisit visit: Int) {
        guard let ranked = strategy.rankedLanes else { preconditionFailure("a ranked strategy") }
        rankedChunk = ranked.chunk(ofVisit: visit, after: rankedChunk, arena: arena)
    }

    /// Whether a node is up, below its limit, and has the stock for all lines of an order.
    mutating func canShip(node: Int, needs: OrderNeeds, usesSafetyStock: Bool) -> Bool {
        guard state.isUp[node] != 0 else { return false }
        if context.tables.hasDailyLimits, state.assignedToday[node] >= context.tables.dailyLimits[node] { return false }
        return hasStock(node: node, needs: needs, usesSafetyStock: usesSafetyStock)
    }

    /// Whether a node has the stock for all lines of an order.
    @inline(__always)
    mutating func hasStock(node: Int, needs: OrderNeeds, usesSafetyStock: Bool) -> Bool {
        for position in needs.range {
            let need = needs[position]
            if units(node: node, product: need.product, usesSafetyStock: usesSafetyStock) < Int(need.units) {
                return false
            }
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
