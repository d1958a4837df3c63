import Domain
import HeapModule
import History
import Storage

/// One trial in progress: the network under one strategy in one world.
///
/// Visits come in by ``visit(block:index:)`` in order; ``finish()`` drains. See <doc:ReplaySemantics>.
///
/// Methods that every decision calls are mutating even where they only read: others are handed a copy of the whole struct,
/// which costs more than most of them do, unless they are inlined.
struct StrategyReplay {
    /// Another one only where a decision is taken again under changed circumstances; so is ``strategy``.
    var context: ReplayContext
    var strategy: CompiledStrategy
    let availability: Availability
    let exogenous: ExogenousEvents
    /// Which bans are in force when.
    let bans: BanCalendar
    /// Those in force at the last decision, and when they change next.
    var bansInForce: [Ban] = []
    var nextBanChange: Double
    /// Whether queues run event by event; see ``StationQueues``.
    let usesStationQueues: Bool
    let cellPlan: CellPlan
    let isRecording: Bool
    /// Whose decisions somebody looks at or forces; nil where nobody does.
    let watch: DecisionWatch?
    /// What all buffers of the trial live in.
    let arena: Arena
    /// The last instant of the replay.
    let end: Double
    /// What goes wrong costs this.
    let money: MoneyRules

    var state: NetworkState
    var queues: PickQueues
    var stations: StationQueues
    var handOver: HandOver
    var events = Heap<Event>()
    var nextExogenous = 0
    /// Nothing happens before this instant.
    var nextEventAt = -Double.infinity
    var orders: GrowingBuffer<LiveOrder>
    /// The place in the pool that was freed last, from where the others are linked; -1 if none is free.
    var freeOrder = -1
    var shipments: GrowingBuffer<LiveShipment>
    var freeShipment: Int32 = -1
    /// Orders that wait for nothing but their collection, as they were handed over.
    var singles: GrowingBuffer<SingleOrder>
    /// Parts of shipments that do not carry a whole order.
    var parts: GrowingBuffer<LinePart>
    /// Waiting units by line of orders that wait.
    var quantities: [Int] = []
    /// Units on record that are not there, product x node; empty where the record is true.
    let missing: Buffer<Int32>
    /// Whether a pick may fail for them.
    let hasMissing: Bool
    /// Orders with a waiting line, by visit number.
    var waitingOrders: [Int] = []
    /// Orders that wait for each product; may hold entries that are out of date.
    var waitingByProduct: [[Int]]
    /// Shipments that will be decided again at their node's next detected outage, by node, in order of joining.
    var held: [[Int32]]
    /// When each node's next outage is detected that empties its queue; +infinity if none.
    let nextDetection: Buffer<Double>
    /// Whether the recursion cannot tell what happens: the trial has to be replayed event by event.
    var needsStationQueues = false

    var measures: Measures
    /// Sums of facts, by raw value.
    let sums: Buffer<Double>
    /// Service hours by node.
    let busyHours: Buffer<Double>
    var peakQueue: Int32 = 0
    /// Sums of facts by cell, where an order fell in it.
    var cells: [Buffer<Double>?]
    var outcomes: [OrderOutcome] = []
    var scratch: DecisionScratch
    /// The order that is being planned.
    var plannedSlot = 0
    /// Whether looking at near nodes first pays.
    var nearSearch: NearSearch
    /// The ranked nodes of the visits around the one that is being decided.
    var rankedChunk: RankedLanes.Chunk
    /// The noise of the visit that is being decided, by block; nil for later decisions, which draw for themselves.
    var visitNoise: VisitNoise?
    var lanesWithHistory = 0.0
    var lanesCounted = 0.0

    /// Orders and shipments for which there is room at first: what a day's backlog comes to.
    private static let roomInPools = 4_096

    init(
        context: ReplayContext, strategy: CompiledStrategy, availability: Availability, exogenous: ExogenousEvents,
        bans: BanCalendar, cellPlan: CellPlan, isRecording: Bool, watch: DecisionWatch? = nil,
        forcesStationQueues: Bool = false
    ) {
        self.context = context
        self.strategy = strategy
        self.availability = availability
        self.exogenous = exogenous
        self.bans = bans
        nextBanChange = bans.firstChange
        self.cellPlan = cellPlan
        self.isRecording = isRecording
        self.watch = watch
        end = context.settings.end
        money = context.settings.money
        let dataset = context.dataset
        let nodeCount = dataset.nodes.count
        let mayCancel =
            context.world.cancellationHazardPerHour > 0
            || (context.world.replaysRecordedCancellations && context.tables.hasRecordedCancellations)
        usesStationQueues =
            forcesStationQueues || (mayCancel && strategy.specification.partial && strategy.waitSeconds != nil)
        state = NetworkState(
            nodeCount: nodeCount, time: context.settings.from, day: context.calendar.day(of: context.settings.from),
            available: context.tables.openingAvailable,
            waiting: [Int32](repeating: 0, count: nodeCount), assignedToday: [Int32](repeating: 0, count: nodeCount),
            committedSecondsToday: [Double](repeating: 0, count: nodeCount),
            assignedTodayByService: [Int32](repeating: 0, count: nodeCount * dataset.services.count),
            isDown: [Bool](repeating: false, count: nodeCount), candidates: context.tables.largestZone)
        arena = state.arena
        missing = arena.buffer(Self.missingByProduct(in: context))
        // What has happened was there to be picked.
        hasMissing = missing.count > 0 && !strategy.isAsHappened
        rankedChunk = RankedLanes.Chunk(in: arena)
        nearSearch = NearSearch(isOn: strategy.nearNodes != nil && strategy.rankedLanes == nil)
        let stationCounts = dataset.nodes.map(\.stations)
        queues = PickQueues(stations: stationCounts, from: context.settings.from, arena: arena)
        stations = StationQueues(stations: stationCounts)
        handOver = HandOver(nodeCount: nodeCount, capacities: dataset.services.map(\.dailyCapacity), arena: arena)
        let room = min(context.tables.orders.placedAt.count, Self.roomInPools)
        orders = GrowingBuffer(in: arena, capacity: room)
        shipments = GrowingBuffer(in: arena, capacity: room)
        parts = GrowingBuffer(in: arena)
        singles = GrowingBuffer(in: arena, capacity: room)
        measures = Measures(nodeCount: nodeCount)
        sums = arena.buffer(repeating: 0, count: Fact.count)
        busyHours = arena.buffer(repeating: 0, count: nodeCount)
        waitingByProduct = [[Int]](repeating: [], count: dataset.products.count)
        held = [[Int32]](repeating: [], count: nodeCount)
        nextDetection = arena.buffer(repeating: .infinity, count: nodeCount)
        cells = [Buffer<Double>?](repeating: nil, count: cellPlan.cellCount)
        scratch = DecisionScratch(context: context, arena: arena)
        open()
    }

    /// What happened before the horizon, and the orders under way at its start.
    private mutating func open() {
        for row in exogenous.earlierReplenishments { receive(row) }
        for node in exogenous.initiallyDown { state.setDown(true, node: node) }
        openUnderWay()
        guard strategy.specification.reroutesOnOutage, !usesStationQueues else { return }
        for node in 0..<state.nodeCount { planDetection(node: node) }
    }

    /// Notes when a node's queue is emptied next.
    mutating func planDetection(node: Int) {
        let event = exogenous.events[nextExogenous...].first { $0.rank == .outageDetected && $0.key == node }
        nextDetection[node] = event?.time ?? .infinity
    }

    /// Replays one visit of a block.
    mutating func visit(block: VisitBlock, index: Int) {
        guard !needsStationQueues, begin(block.visits[index]) else { return }
        let needs = block.needs(index)
        let choice: BlockChoice
        if isTouchedByBan(block.facts[index], at: block.visits[index].placedAt) {
            choice = .unknown
        } else if strategy.rankedLanes != nil {
            choice = rankedLane(block, index: index, needs: needs)
        } else if nearSearch.isOn, let near = strategy.nearNodes {
            choice = nearFirstLane(block.facts[index], needs: needs, near: near)
        } else if let column = strategy.column {
            choice = bestLane(block.facts[index], block: block, index: index, column: column)
        } else if strategy.isAsHappened, watch == nil {
            choice = recordedChoice(order: block.visits[index].order, needs: needs)
        } else {
            choice = .unknown
        }
        carryOut(choice, block: block, index: index)
    }

    /// Brings the network up to a visit; false where its order is not decided as it is placed.
    mutating func begin(_ visit: VisitBlock.Visit) -> Bool {
        if mayHappen(before: visit.placedAt) {
            process(
                before: Event(time: visit.placedAt, rank: .decision, key: visit.visit, subject: 0, generation: 0))
        }
        var decisionTime = visit.readyAt
        if let wave = strategy.specification.waveSeconds {
            decisionTime = (decisionTime / wave).rounded(.up) * wave
        }
        let cancellation = visit.cancellationTime
        if cancellation <= decisionTime, cancellation <= end {
            let slot = enter(visit)
            orders[slot].cancelledAt = cancellation
            settle(slot, status: .cancelled)
        } else if decisionTime > end {
            settle(enter(visit), status: .open)
        } else if decisionTime > visit.placedAt {
            push(time: decisionTime, rank: .decision, slot: enter(visit))
        } else {
            bringStateTo(decisionTime, picksHaveStarted: true)
            return true
        }
        return false
    }

    /// Carries out what was chosen for a visit as it is placed.
    mutating func carryOut(_ choice: BlockChoice, block: VisitBlock, index: Int) {
        let visit = block.visits[index]
        let noise = VisitNoise(block: block, index: index)
        if case .lane(let lane) = choice, assignAtOnce(lane, block: block, index: index, noise: noise) { return }
        visitNoise = noise
        switch choice {
        case .lane(let lane):
            let slot = enter(visit)
            orders[slot].decidedAt = visit.placedAt
            assignWhole(slot, lane: lane, facts: block.facts[index], time: visit.placedAt)
        case .none: decideNew(enter(visit), time: visit.placedAt, triesWhole: false)
        case .unknown: decideNew(enter(visit), time: visit.placedAt)
        }
        visitNoise = nil
    }

    /// Adds a visit's order to the pool.
    private mutating func enter(_ visit: VisitBlock.Visit) -> Int {
        let slot = allocate(
            LiveOrder(
                order: visit.order, visit: visit.visit, entity: visit.entity, region: Int(visit.region),
                generation: 0, cancellationTime: visit.cancellationTime))
        orders[slot].wasReviewed = visit.wasReviewed
        orders[slot].isMeasured = visit.isMeasured
        return slot
    }

    /// Drains events up to the end of the replay, settles what is left, and counts the orders that were placed.
    mutating func finish(placed: PlacedOrders) {
        process(before: Event(time: context.settings.end.nextUp, rank: .midnight, key: 0, subject: 0, generation: 0))
        settleHandOvers(upTo: context.settings.end)
        for slot in 0..<orders.count where orders[slot].isLive {
            let status = statusAtEnd(slot)
            settle(slot, status: status)
        }
        placed.add(to: sums)
        measures.decisions += placed.decisions
        finishMeasures()
    }

    /// Adds an order to the pool.
    mutating func allocate(_ order: LiveOrder) -> Int {
        if freeOrder >= 0 {
            let slot = freeOrder
            freeOrder = orders[slot].nextFree
            let generation = orders[slot].generation &+ 1
            orders[slot] = order
            orders[slot].generation = generation
            return slot
        }
        orders.append(order, in: arena)
        return orders.count - 1
    }

    /// Plans an event of an order, unless it lies beyond the end.
    mutating func push(time: Double, rank: Event.Rank, slot: Int) {
        guard time <= end else { return }
        insert(
            Event(
                time: time, rank: rank, key: orders[slot].visit, subject: slot, generation: orders[slot].generation))
    }
}
