import Domain
import Storage

/// The instant before a decision: the network as the strategy finds it. The decision can be taken here as often as one
/// likes, as things are or changed; the replay goes on as if nobody had asked.
public struct DecisionMoment {
    private var replay: StrategyReplay
    private let slot: Int
    private let time: Double
    private let splitsUsed: Int
    /// Which decision of the order it is, from 0.
    public let number: Int

    init(replay: StrategyReplay, slot: Int, time: Double, splitsUsed: Int, number: Int) {
        self.replay = replay
        self.slot = slot
        self.time = time
        self.splitsUsed = splitsUsed
        self.number = number
    }

    /// Tables and world.
    public var context: ReplayContext { replay.context }
    /// The strategy.
    public var strategy: StrategySpecification { replay.strategy.specification }
    /// What the strategy has done to the network so far. It shares its memory with the replay: read it, and keep no copy.
    public var state: NetworkState { replay.state }
    /// How many scorings the state has seen, from which ratings tell what they have kept.
    var scoring: Int { replay.state.scoring }

    /// What is chosen, as things are or changed.
    public mutating func plan(under change: DecisionChange = DecisionChange()) -> DecisionPlan {
        withChange(change) { [slot, time, splitsUsed] in
            $0.watchedPlan(slot: slot, time: time, splitsUsed: splitsUsed)
        }
    }

    /// What is chosen and how, as things are or changed.
    public mutating func record(under change: DecisionChange = DecisionChange()) -> DecisionRecord {
        withChange(change) { [slot, time, splitsUsed, number] in
            $0.watchedRecord(slot: slot, time: time, splitsUsed: splitsUsed, number: number)
        }
    }

    /// Does something to the replay under changed circumstances, and brings them back.
    private mutating func withChange<Result>(
        _ change: DecisionChange, _ body: (inout StrategyReplay) -> Result
    ) -> Result {
        var changed = replay
        var tables = replay.context.tables
        for entry in change.freight {
            tables = ReplayTables(tables, freightOf: entry.service, times: entry.factor)
        }
        if change.world != nil || !change.freight.isEmpty {
            changed.context = ReplayContext(tables: tables, world: change.world ?? replay.context.world)
        }
        if let ruleSets = change.ruleSets, !replay.strategy.isAsHappened {
            var specification = strategy
            specification.assignment = .scored(ruleSets)
            changed.strategy = CompiledStrategy(specification)
        }
        // The buffers are the replay's own: what is changed in them is put back.
        let state = replay.state
        let stock = change.stock.map { state.available[$0.product * state.nodeCount + $0.node] }
        let queues = change.queues.map { state.waiting[$0.node] }
        for entry in change.stock {
            state.available[entry.product * state.nodeCount + entry.node] = Int32(clamping: entry.available)
        }
        for entry in change.queues { state.waiting[entry.node] = Int32(clamping: entry.waiting) }
        state.calendar.forgetSlowness()
        let result = body(&changed)
        for (entry, units) in zip(change.stock, stock).reversed() {
            state.available[entry.product * state.nodeCount + entry.node] = units
        }
        for (entry, waiting) in zip(change.queues, queues).reversed() { state.waiting[entry.node] = waiting }
        state.calendar.forgetSlowness()
        // What ratings have kept is of scorings that nobody else may take for theirs.
        replay.state.scoring = changed.state.scoring + 1
        return result
    }
}

extension CalendarMemory {
    /// Forgets whose hour's slowness it holds: that of another world is another.
    func forgetSlowness() { slownessHour[0] = .min }
}
