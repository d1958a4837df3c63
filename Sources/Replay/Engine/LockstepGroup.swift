import Domain
import Lanes
import Storage

/// Up to eight strategies of a world whose first decisions on an order are taken together: SIMD lanes are strategies.
///
/// They share the order, its candidates, its noise and its exogenous features; scores are found for all of them at once.
/// What is decided, and what becomes of it, is left to each strategy's own ``StrategyReplay``, whose stock, queues and counts
/// of the day are mirrored here side by side. Scores only preselect, as in
/// ``StrategyReplay/bestLane(_:block:index:column:)``: where the second best is within the rounding bound of the best, or a
/// constraint forbids the best, the strategy goes on by itself from the same scores, so that choices are the same.
struct LockstepGroup {
    /// A rating, so that to take a term out of its array counts one reference and copies nothing.
    private final class Holder<Rating> {
        let rating: Rating

        init(_ rating: Rating) { self.rating = rating }
    }
    /// An endogenous rating and what each strategy makes of it.
    private struct Term {
        let holder: Holder<any LockstepRating>
        /// Asked once a node, not once a lane.
        let isByNode: Bool
        /// Weight / scale, 0 where a strategy does not weigh it.
        var factors = SIMD8<Double>()
        /// Absolute offset.
        var offsets = SIMD8<Double>()
    }
    /// A feature of the order that several strategies of the run weigh, and what each strategy makes of it.
    private struct SharedTerm {
        let holder: Holder<any ExogenousRating>
        /// Weight / scale, 0 where a strategy does not weigh it.
        var factors = SIMD8<Double>()
        /// The largest absolute offset.
        let offset: Double
    }
    /// A strategy of the group.
    private struct Member {
        /// Position among the replays.
        let index: Int
        /// Column in the block scores.
        let column: Int
        let rules: CompiledRuleSet
        /// Endogenous ratings that are asked for one strategy at a time.
        let aloneTerms: [CompiledRuleSet.EndogenousTerm]
        /// Whether it has these, or exogenous ones that no other strategy shares.
        let hasOwnTerms: Bool
        /// Whether it weighs anything of the lane, alone or with the hour.
        let weighsLanes: Bool
    }
    private typealias Eight = SIMD8<Double>
    private let members: [Member]
    /// Their positions among the replays, by themselves: to copy a member counts references.
    private let places: [Int]
    /// All bits for members that may use safety stock, else none.
    private let safety: SIMD8<Int32>
    private let usesSafetyStock: Bool
    private let context: ReplayContext
    private let loops: LaneLoops
    private var state: LockstepState
    private var terms: [Term] = []
    /// The features of the order, where the group asks for them by itself: for its candidates only, all at once.
    private var sharedTerms: [SharedTerm] = []
    /// Whether it does not, because there are so many that the block's matrix product is faster.
    let takesOrderScores: Bool
    /// Four times gamma_n for the number of terms, see ``StrategyReplay/bestLane(_:block:index:column:)``.
    private let slackFactor: Double
    private let rows: Buffer<Int32>
    /// By candidate, without what its node adds.
    private let scores: Buffer<Double>
    private let values: Buffer<Double>
    /// A candidate of each node, the end of the node's candidates, and what its state adds to the score of each: +infinity for
    /// members that could not ship from it.
    private let nodeRows: Buffer<Int32>
    private let nodeEnds: Buffer<Int>
    private let nodeScores: Buffer<Double>
    /// Scores by a strategy's own terms, which are added candidate by candidate.
    private let own: Buffer<Double>
    private let arena = Arena()
    /// What was read only to have it at hand.
    private var touched: Int32 = 0
    /// Fewer are faster by themselves.
    static let fewestMembers = 5

    /// A group of some of the replays, whose networks it mirrors from now on.
    init(
        members indices: [Int], replays: inout [StrategyReplay], features: FeaturePlan, context: ReplayContext,
        loops: LaneLoops
    ) {
        precondition((1...LockstepState.width).contains(indices.count), "no more strategies than lanes")
        self.context = context
        self.loops = loops
        let width = LockstepState.width
        let tables = context.tables
        let lanes = tables.largestZone
        let state = LockstepState(
            nodeCount: tables.nodes.count, serviceCount: tables.services.count,
            stockCount: tables.nodes.count * tables.products.count, candidates: lanes, memberCount: indices.count,
            arena: arena)
        self.state = state
        var termCount = 0
        var members: [Member] = []
        var safety = SIMD8<Int32>()
        for (number, index) in indices.enumerated() {
            let rules = replays[index].strategy.ruleSets[0]
            guard let column = replays[index].strategy.column else {
                preconditionFailure("strategies that are decided from a block")
            }
            termCount = max(termCount, rules.exogenous.count + rules.endogenous.count)
            state.mirror(&replays[index].state, member: number)
            safety[number] = rules.usesSafetyStock ? -1 : 0
            let aloneTerms = rules.endogenous.filter { !($0.rating is any LockstepRating) }
            members.append(
                Member(
                    index: index, column: column, rules: rules, aloneTerms: aloneTerms,
                    hasOwnTerms: !features.ownTerms[column].isEmpty || !aloneTerms.isEmpty,
                    weighsLanes: features.weighsLanes(column)))
            for term in rules.endogenous {
                guard let rating = term.rating as? any LockstepRating else { continue }
                let place = terms.firstIndex { $0.holder.rating.key == rating.key } ?? terms.count
                if place == terms.count { terms.append(Term(holder: Holder(rating), isByNode: rating.isByNode)) }
                terms[place].factors[number] += term.weight / term.scale
                terms[place].offsets[number] = max(terms[place].offsets[number], abs(term.offset))
            }
        }
        self.members = members
        takesOrderScores = features.orderPart.features.count >= VisitBlock.fewFeatures
        sharedTerms = takesOrderScores ? [] : Self.sharedTerms(of: members, in: features.orderPart)
        places = indices
        self.safety = safety
        usesSafetyStock = members.contains { $0.rules.usesSafetyStock }
        // Weights take in the scale here, and values are a few roundings off: half as many terms again, and a few more.
        let count = Double(2 * termCount + 16)
        slackFactor = 4 * count * 0x1p-53 / (1 - count * 0x1p-53)
        rows = arena.buffer(repeating: 0, count: lanes)
        scores = arena.buffer(repeating: 0, count: lanes * width)
        values = arena.buffer(repeating: 0, count: lanes * width)
        nodeRows = arena.buffer(repeating: 0, count: lanes)
        nodeEnds = arena.buffer(repeating: 0, count: lanes)
        nodeScores = arena.buffer(repeating: 0, count: lanes * width)
        own = arena.buffer(repeating: 0, count: lanes)
    }

    /// The features of the order that any member weighs.
    private static func sharedTerms(of members: [Member], in part: FeaturePlan.Part) -> [SharedTerm] {
        part.features.indices.compactMap { feature in
            let rating = part.features[feature]
            var term = SharedTerm(holder: Holder(rating.rating), offset: rating.largestOffset)
            for (number, member) in members.enumerated() where part.position[member.column] >= 0 {
                term.factors[number] = part.weights[part.position[member.column] * part.features.count + feature]
            }
            return term.factors == SIMD8() ? nil : term
        }
    }

    /// Whether a strategy that takes its decisions from a block is a member, by position among the replays.
    func contains(_ index: Int) -> Bool { places.contains(index) }

    /// Replays the visits of a block under all members.
    mutating func replay(_ block: VisitBlock, replays: inout [StrategyReplay]) {
        for index in 0..<block.count {
            if index % VisitBlock.fetchedVisits == 0 {
                // As StrategyReplay.fetchStock: the processor waits for memory once.
                touched = block.touch(
                    state.available, rowLength: state.nodeCount * LockstepState.width, from: index,
                    in: context.tables.orders)
            }
            var leader: Int?
            for member in places where !replays[member].needsStationQueues {
                // Screening, cancellation and the end of the replay are the same for all: so is whether they decide now.
                if replays[member].begin(block.visits[index]) { leader = member }
            }
            guard let leader else { continue }
            state.day = replays[leader].state.day
            state.scoring += 1
            // Bans are the same for all; those they touch are decided by themselves.
            if replays[leader].isTouchedByBan(block.facts[index], at: block.visits[index].placedAt) {
                for member in places where !replays[member].needsStationQueues {
                    replays[member].carryOut(.unknown, block: block, index: index)
                }
                continue
            }
            let candidates = findCandidates(
                block.facts[index], needs: block.needs(index), isUp: replays[leader].state.isUp)
            let (best, slack) = score(block, index: index, candidates: candidates, replays: &replays)
            for (lane, member) in places.enumerated() where !replays[member].needsStationQueues {
                let choice = choice(
                    lane, best: best, slack: slack[lane], candidates: candidates, facts: block.facts[index],
                    replay: &replays[member])
                replays[member].carryOut(choice, block: block, index: index)
            }
        }
    }

    /// What a member chooses for a whole new order.
    private func choice(
        _ lane: Int, best: LaneMinima, slack: Double, candidates: LockstepCandidates, facts: OrderFacts,
        replay: inout StrategyReplay
    ) -> BlockChoice {
        // What is not finite proves nothing.
        guard slack.isFinite else { return .unknown }
        guard best.run[lane] >= 0 else { return .none }
        if best.second[lane] > best.smallest[lane] + slack {
            let row = candidates.rows[candidates.smallest(lane, ofNode: Int(best.run[lane]), scores: scores)]
            guard members[lane].rules.hasRules else { return .lane(row) }
            let rules = members[lane].rules
            if !rules.endogenousRules.isEmpty { replay.loadStock(order: facts.order) }
            if replay.keepsHardRules(context.lane(row, for: facts), facts: facts, rules: rules) { return .lane(row) }
        }
        replay.loadStock(order: facts.order)
        return replay.nearest(
            candidates: candidates, facts: facts, eights: scores, ofNodes: nodeScores, lane: lane, slack: slack)
    }

    /// Scores all candidates for all members and finds each member's best, and how far scores may be off.
    private func score(
        _ block: VisitBlock, index: Int, candidates: LockstepCandidates, replays: inout [StrategyReplay]
    ) -> (best: LaneMinima, slack: SIMD8<Double>) {
        let facts = block.facts[index]
        let rows = candidates.rows
        var magnitude = takesOrderScores ? Eight() : addShared(facts, candidates: rows)
        for lane in members.indices {
            let column = members[lane].column
            if takesOrderScores {
                magnitude[lane] = block.magnitude(column, visit: index)
                block.spread(column, visit: index, candidates: rows, into: scores, from: lane)
            } else if members[lane].weighsLanes {
                magnitude[lane] += block.laneMagnitude(column, visit: index)
                block.addLaneScores(column, candidates: rows, to: scores, from: lane)
            }
        }
        for lane in members.indices where members[lane].hasOwnTerms {
            magnitude[lane] += addOwn(lane, block, index: index, candidates: rows, replays: &replays)
        }
        for term in terms.indices {
            let asked = terms[term].isByNode ? candidates.nodes : rows
            let sums = terms[term].isByNode ? nodeScores : scores
            terms[term].holder.rating.fill(order: facts, candidates: asked, in: context, state: state, into: values)
            let largest = loops.accumulate(values, factors: terms[term].factors, count: asked.count, into: sums)
            magnitude += terms[term].factors.magnitudes * (largest.squareRoots + terms[term].offsets)
        }
        let best = loops.findMinima(
            of: scores, plus: nodeScores, ends: candidates.ends, runs: candidates.nodes.count)
        // A square may vanish where its root would not.
        return (best, slackFactor * (magnitude + 1e-150))
    }

    /// Sets the scores to what the members make of the order's features, each of which is asked for once a candidate;
    /// returns bounds of the absolute sums.
    private func addShared(_ facts: OrderFacts, candidates: CandidateRows) -> Eight {
        var magnitude = Eight()
        if sharedTerms.isEmpty {
            for candidate in 0..<candidates.count { scores[eight: candidate] = Eight() }
        }
        for number in sharedTerms.indices {
            for candidate in 0..<candidates.count { own[candidate] = 0 }
            let largest = sharedTerms[number].holder.rating.add(
                weight: 1, offset: 0, scale: 1, order: facts, candidates: candidates, in: context, to: own)
            let factors = sharedTerms[number].factors
            // What is not finite is nothing to those who do not weigh it.
            let isLeftOut = factors .== 0
            if number == 0 {
                for candidate in 0..<candidates.count {
                    scores[eight: candidate] = (factors * own[candidate]).replacing(with: 0, where: isLeftOut)
                }
            } else {
                for candidate in 0..<candidates.count {
                    scores[eight: candidate] += (factors * own[candidate]).replacing(with: 0, where: isLeftOut)
                }
            }
            let bound = largest + sharedTerms[number].offset
            magnitude += (factors.magnitudes * bound).replacing(with: 0, where: isLeftOut)
        }
        return magnitude
    }

    /// Adds a member's own terms to its scores; returns a bound of their absolute sum.
    private func addOwn(
        _ lane: Int, _ block: VisitBlock, index: Int, candidates: CandidateRows, replays: inout [StrategyReplay]
    ) -> Double {
        let member = members[lane]
        let facts = block.facts[index]
        var magnitude = 0.0
        for candidate in 0..<candidates.count { own[candidate] = 0 }
        for term in block.ownTerms(member.column) {
            magnitude += term.rating.add(
                weight: term.weight, offset: term.offset, scale: term.scale, order: facts, candidates: candidates,
                in: context, to: own)
        }
        if !member.aloneTerms.isEmpty {
            replays[member.index].loadStock(order: facts.order)
            replays[member.index].state.scoring += 1
            for term in member.aloneTerms {
                magnitude += term.rating.add(
                    weight: term.weight, offset: term.offset, scale: term.scale, order: facts, candidates: candidates,
                    in: context, state: replays[member.index].state, to: own)
            }
        }
        for candidate in 0..<candidates.count { scores[candidate * LockstepState.width + lane] += own[candidate] }
        return magnitude
    }

    /// Lists the lanes of nodes from which any member could ship all of an order.
    private func findCandidates(_ facts: OrderFacts, needs: OrderNeeds, isUp: Buffer<Int32>) -> LockstepCandidates {
        let tables = context.tables
        // Outages are found by all at the same time, and tags are the order's: they are the same for all members.
        let required = facts.parcel.requiredTags
        let nodes = tables.laneNodes
        let zone = context.dataset.lanes.rows(ofZone: facts.zone)
        var count = 0
        var nodeCount = 0
        var row = zone.lowerBound
        while row < zone.upperBound {
            let node = Int(nodes[row])
            let end = Int(tables.laneRunEnds[row])
            defer { row = end }
            guard isUp[node] != 0, setBars(node: node, needs: needs, at: nodeCount) else { continue }
            let first = count
            for lane in row..<end where required.bits == 0 || tables.carries(required, lane: lane) {
                rows[count] = Int32(truncatingIfNeeded: lane)
                count &+= 1
            }
            guard count > first else { continue }
            nodeRows[nodeCount] = rows[first]
            nodeEnds[nodeCount] = count
            nodeCount &+= 1
        }
        return LockstepCandidates(
            rows: CandidateRows(rows, count: count), nodes: CandidateRows(nodeRows, count: nodeCount), ends: nodeEnds)
    }

    /// Sets the scores of a node to 0 for the members that could ship all of an order from it, to +infinity for those
    /// that lack any product of it or have reached the node's daily limit; false if none could.
    @inline(__always)
    private func setBars(node: Int, needs: OrderNeeds, at place: Int) -> Bool {
        // What each member would have left of the product it lacks most.
        var spare = SIMD8<Int32>(repeating: .max)
        for need in needs.range {
            let position = needs[need].product &* state.nodeCount &+ node
            var left = state.available[eight: position] &- needs[need].units
            if usesSafetyStock { left &+= safety & SIMD8(repeating: context.tables.safetyStock[position]) }
            spare.replace(with: left, where: left .< spare)
        }
        guard spare.hasAnyNonNegative else { return false }
        var bars = spare.barsWhereNegative
        let limit = context.tables.nodes[node].dailyLimit
        if limit < .max {
            bars.replace(with: .infinity, where: state.assignedToday(node: node) .>= Double(limit))
            guard bars.smallest < .infinity else { return false }
        }
        nodeScores[eight: place] = bars
        return true
    }
}

/// What some strategies choose from together.
struct LockstepCandidates {
    let rows: CandidateRows
    /// The first of each node.
    let nodes: CandidateRows
    /// Where each node's candidates end.
    let ends: Buffer<Int>

    /// The candidate of a node with a strategy's smallest score.
    func smallest(_ lane: Int, ofNode node: Int, scores: Buffer<Double>) -> Int {
        let first = node == 0 ? 0 : ends[node - 1]
        var (best, smallest) = (first, Double.infinity)
        // What is not a number is never the smallest, as in the minima.
        for candidate in first..<ends[node] {
            let score = scores[candidate * LockstepState.width + lane]
            if score < smallest { (best, smallest) = (candidate, score) }
        }
        return best
    }
}

extension SIMD8<Int32> {
    /// Whether any value is 0 or more.
    @inline(__always)
    fileprivate var hasAnyNonNegative: Bool {
        // The sign of a conjunction is negative only where both are.
        let four = lowHalf & highHalf
        let two = four.lowHalf & four.highHalf
        return two.x & two.y >= 0
    }

    /// +infinity for values below 0, else 0.
    @inline(__always)
    fileprivate var barsWhereNegative: SIMD8<Double> {
        let values = SIMD8<Double>(
            Double(self[0]), Double(self[1]), Double(self[2]), Double(self[3]), Double(self[4]), Double(self[5]),
            Double(self[6]), Double(self[7]))
        return SIMD8<Double>().replacing(with: .infinity, where: values .< 0)
    }
}
