import Domain
import Storage

/// Up to eight strategies of a world whose first decisions on an order are taken together: SIMD lanes are strategies.
///
/// They share the order, its candidates, its noise and its exogenous features; scores are found for all of them at once.
/// What is decided, and what becomes of it, is left to each strategy's own ``StrategyReplay``, whose stock and queues are
/// mirrored here side by side. Scores only preselect, as in ``StrategyReplay/bestLane(_:block:index:column:)``: where the
/// second best is within the rounding bound of the best, the strategy decides by itself, so that choices are the same.
struct LockstepGroup {
    /// An endogenous rating and what each strategy makes of it.
    private struct Term {
        let rating: any LockstepRating
        /// Weight / scale, 0 where a strategy does not weigh it.
        var factors = SIMD8<Double>()
        /// Absolute offset.
        var offsets = SIMD8<Double>()
    }
    private typealias Eight = SIMD8<Double>
    /// The strategies, as positions among the replays.
    let members: [Int]
    /// Their columns in the block scores.
    private let columns: [Int]
    /// Whether any of them has terms that no other strategy shares.
    private let hasOwnTerms: Bool
    private let context: ReplayContext
    private var state: LockstepState
    /// Whether the counts of the day matter.
    private let looksAtDay: Bool
    private var terms: [Term] = []
    /// Four times gamma_n for the number of terms, see ``StrategyReplay/bestLane(_:block:index:column:)``.
    private let slackFactor: Double
    private let rows: Buffer<Int32>
    private let scores: Buffer<Double>
    private let values: Buffer<Double>
    /// +infinity for members that could not ship from a candidate's node, else 0.
    private let bars: Buffer<Double>
    /// Scores by a strategy's own terms, which are added candidate by candidate.
    private let own: Buffer<Double>
    /// What was chosen, by member.
    private let choices: Buffer<Int32>
    private let arena = Arena()
    /// Fewer are faster by themselves.
    static let fewestMembers = 5
    /// In place of a row: no candidate can carry all of the order; the strategy has to decide by itself.
    private static let nothing: Int32 = -1
    private static let unsure: Int32 = -2
    private static let touched: Int32 = -3

    /// A group of some of the replays, whose stock and queues it mirrors from now on.
    init(members: [Int], replays: inout [StrategyReplay], features: FeaturePlan, context: ReplayContext) {
        precondition((1...LockstepState.width).contains(members.count), "no more strategies than lanes")
        self.members = members
        columns = members.compactMap { replays[$0].strategy.column }
        precondition(columns.count == members.count, "strategies that are decided from a block")
        hasOwnTerms = columns.contains { !features.ownTerms[$0].isEmpty }
        self.context = context
        let width = LockstepState.width
        let tables = context.tables
        let lanes = tables.largestZone
        let state = LockstepState(
            nodeCount: tables.nodes.count, serviceCount: tables.services.count,
            stockCount: tables.nodes.count * tables.products.count, candidates: lanes, memberCount: members.count,
            arena: arena)
        self.state = state
        var termCount = 0
        for (member, index) in members.enumerated() {
            let rules = replays[index].strategy.ruleSets[0]
            termCount = max(termCount, rules.exogenous.count + rules.endogenous.count)
            replays[index].state.mirror = NetworkMirror(
                available: state.available, waiting: state.waiting, member: member)
            state.copy(replays[index].state, member: member)
            for term in rules.endogenous {
                guard let rating = term.rating as? any LockstepRating else { continue }
                let number = terms.firstIndex { $0.rating.key == rating.key } ?? terms.count
                if number == terms.count { terms.append(Term(rating: rating)) }
                terms[number].factors[member] += term.weight / term.scale
                terms[number].offsets[member] = max(terms[number].offsets[member], abs(term.offset))
            }
        }
        // Weights take in the scale here, and values are a few roundings off: half as many terms again, and a few more.
        let count = Double(2 * termCount + 16)
        slackFactor = 4 * count * 0x1p-53 / (1 - count * 0x1p-53)
        looksAtDay = tables.hasDailyLimits || terms.contains { $0.rating.looksAtDay }
        rows = arena.buffer(repeating: 0, count: lanes)
        scores = arena.buffer(repeating: 0, count: lanes * width)
        values = arena.buffer(repeating: 0, count: lanes * width)
        bars = arena.buffer(repeating: 0, count: lanes * width)
        own = arena.buffer(repeating: 0, count: lanes)
        choices = arena.buffer(repeating: 0, count: width)
    }

    /// Whether a strategy that takes its decisions from a block can be a member: nothing but stock binds it, and what it
    /// weighs of the network can be asked for eight strategies at once.
    static func serves(_ strategy: StrategySpecification) -> Bool {
        guard CompiledStrategy.decidesAtOnce(strategy),
            case .scored(let ruleSets) = strategy.assignment, let rules = ruleSets.first
        else { return false }
        return rules.constraints.isEmpty && !rules.usesSafetyStock
            && rules.ratings.allSatisfy { $0.rating is any ExogenousRating || $0.rating is any LockstepRating }
    }

    /// Replays the visits of a block under all members.
    mutating func replay(_ block: VisitBlock, replays: inout [StrategyReplay]) {
        for index in 0..<block.count {
            var leader: Int?
            for member in members where !replays[member].needsStationQueues {
                // Screening, cancellation and the end of the replay are the same for all: so is whether they decide now.
                let isDecided = replays[member].begin(block.visits[index], parcel: block.facts[index].parcel)
                if isDecided { leader = member }
            }
            guard let leader else { continue }
            state.day = replays[leader].state.day
            state.scoring += 1
            if looksAtDay {
                for (lane, member) in members.enumerated() { state.copyDay(replays[member].state, member: lane) }
            }
            // Bans are the same for all; those they touch are decided by themselves.
            let isTouched = replays[leader].isTouchedByBan(block.facts[index], at: block.visits[index].placedAt)
            if !isTouched { choose(block, index: index, isUp: replays[leader].state.isUp) }
            for (lane, member) in members.enumerated() where !replays[member].needsStationQueues {
                let choice: BlockChoice
                switch isTouched ? Self.touched : choices[lane] {
                case Self.touched: choice = .unknown
                case Self.nothing: choice = .none
                case Self.unsure:
                    replays[member].loadStock(order: block.facts[index].order)
                    choice = replays[member].bestLane(
                        block.facts[index], block: block, index: index, column: columns[lane])
                default: choice = .lane(Int(choices[lane]))
                }
                replays[member].carryOut(choice, block: block, index: index)
            }
        }
    }

    /// Finds each member's best lane for a whole new order.
    private func choose(_ block: VisitBlock, index: Int, isUp: Buffer<Int32>) {
        let facts = block.facts[index]
        let candidates = findCandidates(facts, isUp: isUp)
        var magnitude = setExogenous(block, index: index, candidates: candidates)
        for term in terms {
            term.rating.fill(order: facts, candidates: candidates, in: context, state: state, into: values)
            var largest = Eight()
            for candidate in 0..<candidates.count {
                let value = values[eight: candidate]
                scores[eight: candidate] += term.factors * value
                let size = value.magnitudes
                largest.replace(with: size, where: size .> largest)
            }
            magnitude += term.factors.magnitudes * (largest + term.offsets)
        }
        pick(candidates: candidates, slack: slackFactor * magnitude)
    }

    /// Lists the lanes of nodes from which any member could ship all of an order.
    private func findCandidates(_ facts: OrderFacts, isUp: Buffer<Int32>) -> CandidateRows {
        let tables = context.tables
        // Outages are found by all at the same time, and tags are the order's: they are the same for all members.
        let required = facts.parcel.requiredTags
        var count = 0
        var node: Int32 = -1
        var bar = Eight()
        var isOpen = false
        for row in context.dataset.lanes.rows(ofZone: facts.zone) {
            if tables.laneNodes[row] != node {
                node = tables.laneNodes[row]
                isOpen = isUp[Int(node)] != 0
                if isOpen {
                    bar = self.bar(order: facts.order, node: Int(node))
                    isOpen = (0..<members.count).contains { bar[$0] == 0 }
                }
            }
            guard isOpen, tables.carries(required, lane: row) else { continue }
            rows[count] = Int32(row)
            bars[eight: count] = bar
            count += 1
        }
        return CandidateRows(rows, count: count)
    }

    /// Sets the scores to their exogenous parts; returns bounds of the absolute sums behind them.
    private func setExogenous(_ block: VisitBlock, index: Int, candidates: CandidateRows) -> SIMD8<Double> {
        var magnitude = Eight()
        for (lane, column) in columns.enumerated() {
            magnitude[lane] = block.magnitude(column, visit: index)
            block.spread(column, visit: index, candidates: candidates, into: scores, from: lane)
        }
        guard hasOwnTerms else { return magnitude }
        for (lane, column) in columns.enumerated() {
            for candidate in 0..<candidates.count { own[candidate] = 0 }
            for term in block.ownTerms(column) {
                magnitude[lane] += term.rating.add(
                    weight: term.weight, offset: term.offset, scale: term.scale, order: block.facts[index],
                    candidates: candidates, in: context, to: own)
            }
            for candidate in 0..<candidates.count {
                scores[candidate * LockstepState.width + lane] += own[candidate]
            }
        }
        return magnitude
    }

    /// Picks each member's candidate with the smallest score among those from which it could ship.
    private func pick(candidates: CandidateRows, slack: SIMD8<Double>) {
        var best = Eight(repeating: .infinity)
        var second = best
        var position = Eight(repeating: -1)
        for candidate in 0..<candidates.count {
            let score = scores[eight: candidate] + bars[eight: candidate]
            let isBetter = score .< best
            let loser = score.replacing(with: best, where: isBetter)
            second.replace(with: loser, where: loser .< second)
            best.replace(with: score, where: isBetter)
            position.replace(with: Double(candidate), where: isBetter)
        }
        for lane in 0..<members.count {
            // What is not finite proves nothing.
            if !slack[lane].isFinite {
                choices[lane] = Self.unsure
            } else if position[lane] < 0 {
                choices[lane] = Self.nothing
            } else if second[lane] > best[lane] + slack[lane] {
                choices[lane] = Int32(candidates[Int(position[lane])])
            } else {
                choices[lane] = Self.unsure
            }
        }
    }

    /// +infinity for members under which a node lacks the stock for an order or has reached its daily limit, else 0.
    @inline(__always)
    private func bar(order: Int, node: Int) -> SIMD8<Double> {
        let table = context.tables.orders
        let lines = table.lines(of: order)
        var bar = Eight()
        for line in lines {
            var needed = Double(table.lineQuantities[line])
            for earlier in lines.lowerBound..<line where table.lineProducts[earlier] == table.lineProducts[line] {
                needed += Double(table.lineQuantities[earlier])
            }
            let available = state.available(node: node, product: Int(table.lineProducts[line]))
            bar.replace(with: .infinity, where: available .< needed)
        }
        if context.tables.hasDailyLimits {
            bar.replace(
                with: .infinity, where: state.assignedToday(node: node) .>= Double(context.tables.dailyLimits[node]))
        }
        return bar
    }
}
