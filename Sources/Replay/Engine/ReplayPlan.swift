import Domain
import History
import Lanes
import Storage

/// A dataset, settings and strategies, compiled: what every trial of a scenario shares.
///
/// Immutable and safe to use from many threads at once. ``replay(world:strategies:recorder:)`` may be called for any
/// world and any run of strategies in any order: a trial's outcome depends on (dataset, settings, strategy, world) alone.
public final class ReplayPlan: Sendable {
    /// The dataset.
    public let dataset: Dataset
    /// Horizon, screening, money.
    public let settings: ReplaySettings
    /// The strategies, by index.
    public let strategies: [StrategySpecification]
    /// What outcomes are cut by.
    public let cuts: [Cut]
    /// The dataset, flattened.
    public let tables: ReplayTables
    /// The orders placed within the horizon.
    public let visits: Range<Int>
    /// How many worlds will be replayed, as far as is known.
    let worldCount: Int
    /// Whether strategies may be decided in lockstep; off, every one decides by itself, to the same outcome.
    let allowsLockstep: Bool
    /// The loops of strategies in lockstep.
    private let loops: LaneLoops
    /// The loop of strategies whose orders it replays from end to end.
    private let fusedLoop: FusedLoop
    /// The dataset as that loop reads it; nil where it cannot replay it.
    let fused: FusedTables?
    /// The nodes of every visit ranked for all worlds, by strategy; nil where that is not possible or not worthwhile.
    private let rankedLanes: [RankedLanes?]
    /// The nodes by distance, for each strategy whose search in that order may end early.
    private let nearNodes: [NearNodes?]

    /// Compiles a plan.
    ///
    /// `worldCount` is how many worlds will be replayed, as far as is known: it decides what is worth computing
    /// beforehand, and changes no outcome. Nor does `allowsLockstep`, without which every strategy decides by itself, nor
    /// `vectorUnit`, with which several are scored in lockstep.
    ///
    /// Throws where the horizon holds no order, a strategy's name is used twice, or history is asked for and missing.
    public init(
        dataset: Dataset, settings: ReplaySettings, strategies: [StrategySpecification], cuts: [Cut] = [],
        worldCount: Int = 1, allowsLockstep: Bool = true, vectorUnit: VectorUnit = .widest
    ) throws(InputError) {
        self.dataset = dataset
        self.settings = settings
        self.strategies = strategies
        self.cuts = cuts
        self.worldCount = worldCount
        self.allowsLockstep = allowsLockstep
        loops = LaneLoops(vectorUnit)
        fusedLoop = FusedLoop(vectorUnit)
        var names: Set<String> = []
        for strategy in strategies {
            guard names.insert(strategy.name).inserted else {
                throw InputError(
                    found: "two strategies named '\(strategy.name)'", expected: "a name of its own for each strategy")
            }
            if case .asHappened = strategy.assignment, dataset.history == nil {
                throw InputError(
                    found: "strategy '\(strategy.name)' on dataset '\(dataset.description.name)' without history",
                    expected: "a dataset with the table history")
            }
        }
        let placed = dataset.orders.placedAt
        let first = Self.firstOrder(placed, notBefore: settings.from)
        visits = first..<max(first, Self.firstOrder(placed, notBefore: settings.to))
        guard !visits.isEmpty else {
            throw InputError(
                found: "a horizon without orders", expected: "a horizon in which the dataset has orders")
        }
        let tables = try ReplayTables(dataset: dataset, settings: settings)
        self.tables = tables
        fused = allowsLockstep && cuts.isEmpty ? FusedTables(tables, keepsBook: worldCount > 1) : nil
        let served = strategies.map { RankedLanes.serves($0) }
        let isWorthKeeping = RankedLanes.isWorthKeeping(
            worlds: worldCount, strategies: served.count { $0 }, orders: visits.count)
        let near = NearNodes(tables: tables)
        // As far as the first order can tell, in a world without weather.
        let context = ReplayContext(tables: tables, world: World(replication: 0, seed: 0, dataset: dataset))
        let facts = context.facts(ofOrder: visits.lowerBound, visit: 0)
        let nearNodes = strategies.map { strategy -> NearNodes? in
            guard CompiledStrategy.decidesAtOnce(strategy), case .scored(let rules) = strategy.assignment else {
                return nil
            }
            return CompiledRuleSet(rules[0]).lowerLine(facts, near: near, in: context) == nil ? nil : near
        }
        self.nearNodes = nearNodes
        let hasManyLanes = tables.largestZone >= NearNodes.manyLanes
        rankedLanes = strategies.indices.map { [visits] index in
            guard served[index], isWorthKeeping || (hasManyLanes && nearNodes[index] != nil),
                case .scored(let rules) = strategies[index].assignment
            else { return nil }
            return RankedLanes(
                rules: CompiledRuleSet(rules[0]), tables: tables, near: near, orders: visits, isKept: isWorthKeeping)
        }
    }

    /// The orders placed within the horizon in a world: rows of its orders.
    public func visits(in world: World) -> Range<Int> { world.book.map { 0..<$0.copies.count } ?? visits }

    /// Whether a strategy is decided in lockstep with others, in a replay of all strategies together.
    func isLockstep(strategy: Int) -> Bool { lockstepStrategies(among: Array(strategies.indices)).contains(strategy) }

    /// Whether all of some threads can share any world's strategies evenly: the fused loop replays all of them, in a world of the
    /// dataset as it is recorded.
    public func sharesWorlds(_ world: World) -> Bool { isFusable(world) && strategies.allSatisfy { isFusable($0) } }

    /// The strategies that are decided in lockstep, cut for some threads that share a world: in parts as like as can be, one a
    /// thread unless fewer would go in lockstep.
    public func lockstepParts(threads: Int) -> [[Int]] {
        let served = lockstepStrategies(among: Array(strategies.indices))
        return Self.evenParts(of: served, count: min(threads, served.count / LockstepGroup.fewestMembers))
    }

    /// Cuts a list into parts of sizes as like as can be.
    private static func evenParts(of list: [Int], count: Int) -> [[Int]] {
        (0..<count).map { Array(list[($0 * list.count / count)..<(($0 + 1) * list.count / count)]) }
    }

    /// The strategies of some that are decided in lockstep.
    private func lockstepStrategies(among run: [Int]) -> [Int] {
        guard allowsLockstep else { return [] }
        let served = run.filter {
            !isRanked(strategy: $0) && !isNearFirst(strategy: $0) && CompiledStrategy.decidesAtOnce(strategies[$0])
        }
        return served.count >= LockstepGroup.fewestMembers ? served : []
    }

    /// Whether a strategy's nodes are ranked once for all worlds.
    public func isRanked(strategy: Int) -> Bool { rankedLanes[strategy] != nil }

    /// Whether the search for a strategy's best nodes may end before all lanes are scored.
    public func isPruned(strategy: Int) -> Bool { isRanked(strategy: strategy) && nearNodes[strategy] != nil }

    /// Whether a strategy looks at near nodes first as it decides, until no farther one can be better.
    public func isNearFirst(strategy: Int) -> Bool {
        !isRanked(strategy: strategy) && nearNodes[strategy] != nil && tables.largestZone >= NearNodes.manyLanes
    }

    /// The first order placed at or after an instant.
    private static func firstOrder(_ placed: Column<Double>, notBefore time: Double) -> Int {
        var low = 0
        var high = placed.count
        while low < high {
            let middle = (low + high) / 2
            if placed[middle] < time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Replays one world under some strategies, of rising indices; one outcome a strategy, in order.
    ///
    /// `recorder`, if given, is called once per order of each strategy, by visit number, after the replay of that
    /// strategy. Where several `threads` are given, strategies whose orders the fused loop replays share them.
    public func replay(
        world: World, strategies: some Sequence<Int>, threads: Int = 1,
        recorder: ((_ strategy: Int, _ outcome: OrderOutcome) -> Void)? = nil
    ) -> [TrialOutcome] {
        let run = Array(strategies)
        let replays = self.replays(world: world, strategies: run, isRecording: recorder != nil, threads: threads)
        return zip(run, replays).map { strategy, replay in
            if let recorder {
                for outcome in recordedOutcomes(of: replay) { recorder(strategy, outcome) }
            }
            return outcome(of: replay, strategy: strategy)
        }
    }

    /// What became of every order of a finished replay, by visit number.
    func recordedOutcomes(of replay: StrategyReplay) -> [OrderOutcome] {
        var outcomes = replay.outcomes.sorted { $0.visit < $1.visit }
        guard let book = replay.context.world.book else { return outcomes }
        for index in outcomes.indices { outcomes[index].copy = Int(book.copies[outcomes[index].order].copy) }
        return outcomes
    }

    /// The figures of a finished replay.
    func outcome(of replay: StrategyReplay, strategy: Int) -> TrialOutcome {
        TrialOutcome(
            strategy: strategies[strategy].name, replication: replay.context.world.replication,
            measures: replay.measures, cells: replay.cellFacts())
    }

    /// Replays one world under some strategies to the end. With a `watch` every decision is asked, candidate by
    /// candidate, as an order is placed: the choices are the same.
    func replays(
        world: World, strategies run: [Int], isRecording: Bool, watch: DecisionWatch? = nil, threads: Int = 1
    ) -> [StrategyReplay] {
        let tables = world.book?.tables ?? tables
        let visits = visits(in: world)
        // What was ranked or bounded by the tariffs does not hold where there are premiums, and what was ranked for all worlds
        // was ranked for the recorded orders.
        let hasPremiums = world.freightMultiplier.hourCount > 0
        let holds = strategies.map { !(hasPremiums && $0.paysFreight) }
        let rankedLanes = zip(rankedLanes, holds).map { $1 && world.book == nil ? $0 : nil }
        let nearNodes = zip(nearNodes, holds).map { $1 ? $0 : nil }
        let context = ReplayContext(tables: tables, world: world)
        let availability = Availability(tables: tables, world: world)
        let exogenous = ExogenousEvents(context: context)
        let bans = BanCalendar(world.bans)
        let cellPlan = CellPlan(cuts: cuts, dataset: dataset)
        let isFused = allowsLockstep && !isRecording && watch == nil && isFusable(world)
        let places = isFused ? run.indices.filter { isFusable(strategies[run[$0]]) } : []
        var columns = 0
        let compiled = run.enumerated().map { place, index in
            let takesBlock =
                watch == nil && !places.contains(place) && rankedLanes[index] == nil
                && CompiledStrategy.decidesAtOnce(strategies[index])
            let looksNear = watch == nil && (rankedLanes[index] != nil || tables.largestZone >= NearNodes.manyLanes)
            defer { columns += takesBlock ? 1 : 0 }
            return CompiledStrategy(
                strategies[index], column: takesBlock ? columns : nil,
                rankedLanes: watch == nil ? rankedLanes[index] : nil, nearNodes: looksNear ? nearNodes[index] : nil)
        }
        let features = FeaturePlan(strategies: compiled, hasOrderPlaces: tables.hasOrderPlaces)
        func start(_ strategy: CompiledStrategy, forcesStationQueues: Bool) -> StrategyReplay {
            StrategyReplay(
                context: context, strategy: strategy, availability: availability, exogenous: exogenous,
                bans: bans, cellPlan: cellPlan, isRecording: isRecording, watch: watch,
                forcesStationQueues: forcesStationQueues)
        }
        var block = VisitBlock(plan: features, context: context)
        var replays = compiled.map { start($0, forcesStationQueues: false) }
        let fused = FusedReplay(
            places, replays: replays, visits: visits, tables: fusedTables(world), context: context,
            exogenous: exogenous, loop: fusedLoop, threads: threads)
        fused?.replay(&replays, threads: threads)
        var groups =
            isRecording ? [] : lockstepGroups(of: run, but: places, &replays, features: features, context: context)
        replayAll(visits, &replays, but: places, groups: &groups, block: &block, context: context)
        // Where the recursion could not tell, the trial is replayed event by event.
        let left = replays.indices.filter { replays[$0].needsStationQueues }
        if !left.isEmpty {
            watch?.restart()
            var again = left.map { start(compiled[$0], forcesStationQueues: true) }
            var none: [LockstepGroup] = []
            replayAll(visits, &again, but: [], groups: &none, block: &block, context: context)
            for (position, index) in left.enumerated() { replays[index] = again[position] }
        }
        return replays
    }
}

extension ReplayPlan {
    /// Groups of strategies that are decided in lockstep: as few as there can be, of sizes as like as can be.
    private func lockstepGroups(
        of run: [Int], but fused: [Int], _ replays: inout [StrategyReplay], features: FeaturePlan,
        context: ReplayContext
    ) -> [LockstepGroup] {
        let others = run.indices.filter { !fused.contains($0) }
        let lockstep = Set(lockstepStrategies(among: others.map { run[$0] }))
        let served = others.filter { lockstep.contains(run[$0]) }
        let count = (served.count + LockstepState.width - 1) / LockstepState.width
        return Self.evenParts(of: served, count: count).map { members in
            LockstepGroup(
                members: members, replays: &replays, features: features, context: context, loops: loops)
        }
    }

    /// Replays all visits under some strategies, in lockstep by blocks.
    private func replayAll(
        _ visits: Range<Int>, _ replays: inout [StrategyReplay], but fused: [Int], groups: inout [LockstepGroup],
        block: inout VisitBlock, context: ReplayContext
    ) {
        let alone = replays.indices.filter { index in
            !fused.contains(index) && !groups.contains { $0.contains(index) }
        }
        var placed = PlacedOrders()
        var next = visits.lowerBound
        while next < visits.upperBound, !alone.isEmpty || !groups.isEmpty {
            let end = block.end(from: next, upTo: visits.upperBound, context: context)
            var takesOrderScores = groups.contains { $0.takesOrderScores }
            for index in alone {
                replays[index].nearSearch.beginBlock()
                if replays[index].strategy.column != nil, !replays[index].nearSearch.isOn { takesOrderScores = true }
            }
            block.fill(
                orders: next..<end, firstVisit: next - visits.lowerBound, context: context,
                isScored: takesOrderScores || !groups.isEmpty, takesOrderScores: takesOrderScores)
            for index in alone {
                for visit in 0..<(end - next) {
                    if visit % VisitBlock.fetchedVisits == 0 { replays[index].fetchStock(of: block, from: visit) }
                    replays[index].visit(block: block, index: visit)
                }
            }
            placed.add(block)
            for group in groups.indices { groups[group].replay(block, replays: &replays) }
            next = end
        }
        // The fused loop has counted them by itself.
        for index in replays.indices where !replays[index].needsStationQueues {
            replays[index].finish(placed: fused.contains(index) ? PlacedOrders() : placed)
        }
    }
}

extension StrategyReplay {
    /// The cells with an order in them, in order.
    func cellFacts() -> [CellFacts] {
        cells.indices.compactMap { cell in
            cells[cell].map { CellFacts(labels: cellPlan.labels(ofCell: cell), facts: FactSums(sums: $0.array)) }
        }
    }
}
