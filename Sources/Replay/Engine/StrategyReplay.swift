import Domain
import HeapModule
import History

/// One trial in progress: the network under one strategy in one world.
///
/// Visits come in by ``visit(block:index:)`` in order; ``finish()`` drains. See <doc:ReplaySemantics>.
struct StrategyReplay {
    let context: ReplayContext
    let strategy: CompiledStrategy
    let availability: Availability
    let exogenous: ExogenousEvents
    /// Whether queues run event by event; see ``StationQueues``.
    let usesStationQueues: Bool
    let cellPlan: CellPlan
    let isRecording: Bool

    var state: NetworkState
    var queues: PickQueues
    var stations: StationQueues
    var handOver: HandOver
    var events = Heap<Event>()
    var nextExogenous = 0
    var orders: [LiveOrder] = []
    var freeOrders: [Int] = []
    var shipments: [LiveShipment] = []
    var freeShipments: [Int] = []
    /// Parts of shipments that do not carry a whole order.
    var parts: [ShipmentOutcome.ShipmentLine] = []
    /// Waiting units by line of orders that wait.
    var quantities: [Int] = []
    /// Orders with a waiting line, by visit number.
    var waitingOrders: [Int] = []
    /// Orders that wait for each product; may hold entries that are out of date.
    var waitingByProduct: [[Int]]
    var measures: Measures
    var cells: [FactSums?]
    var outcomes: [OrderOutcome] = []
    var scratch = DecisionScratch()
    /// The order that is being planned.
    var plannedSlot = 0
    var lanesWithHistory = 0.0
    var lanesCounted = 0.0

    init(
        context: ReplayContext, strategy: CompiledStrategy, availability: Availability, exogenous: ExogenousEvents,
        cellPlan: CellPlan, isRecording: Bool
    ) {
        self.context = context
        self.strategy = strategy
        self.availability = availability
        self.exogenous = exogenous
        self.cellPlan = cellPlan
        self.isRecording = isRecording
        let dataset = context.dataset
        let nodeCount = dataset.nodes.count
        let mayCancel =
            context.world.cancellationHazardPerHour > 0
            || (context.world.replaysRecordedCancellations
                && context.tables.recordedCancellations.contains { $0 < .infinity })
        let mayReroute =
            strategy.specification.reroutesOnOutage && context.world.outages.contains { !$0.isEmpty }
        usesStationQueues =
            mayReroute || (mayCancel && strategy.specification.partial && strategy.waitSeconds != nil)
        state = NetworkState(
            nodeCount: nodeCount, time: context.settings.from, available: context.tables.openingAvailable,
            waiting: [Int32](repeating: 0, count: nodeCount), assignedToday: [Int32](repeating: 0, count: nodeCount),
            committedSecondsToday: [Double](repeating: 0, count: nodeCount),
            assignedTodayByService: [Int32](repeating: 0, count: nodeCount * dataset.services.count),
            isDown: [Bool](repeating: false, count: nodeCount))
        let stationCounts = dataset.nodes.map(\.stations)
        queues = PickQueues(stations: stationCounts, from: context.settings.from)
        stations = StationQueues(stations: stationCounts)
        handOver = HandOver(nodeCount: nodeCount, capacities: dataset.services.map(\.dailyCapacity))
        measures = Measures(nodeCount: nodeCount)
        waitingByProduct = [[Int]](repeating: [], count: dataset.products.count)
        cells = [FactSums?](repeating: nil, count: cellPlan.cellCount)
        scratch.prepare(nodeCount: nodeCount)
        open()
    }

    /// What happened before the horizon, and the orders under way at its start.
    private mutating func open() {
        for row in exogenous.earlierReplenishments { receive(row) }
        for node in exogenous.initiallyDown { state.isDown[node] = true }
        openUnderWay()
    }

    /// Replays one visit of a block.
    mutating func visit(block: VisitBlock, index: Int) {
        let facts = block.facts[index]
        let cancellation = block.cancellationTimes[index]
        process(before: Event(time: facts.placedAt, rank: .decision, key: facts.visit, subject: 0, generation: 0))
        measures.decisions += 1
        var decisionTime = facts.time
        if let wave = strategy.specification.waveSeconds {
            decisionTime = (decisionTime / wave).rounded(.up) * wave
        }
        let slot = allocate(facts, cancellationTime: cancellation)
        orders[slot].wasReviewed = block.wasReviewed[index]
        orders[slot].isMeasured = facts.placedAt >= context.settings.from + context.settings.warmUp
        orders[slot].facts.time = decisionTime
        if cancellation <= decisionTime, cancellation <= context.settings.end {
            orders[slot].cancelledAt = cancellation
            settle(slot, status: .cancelled)
        } else if decisionTime > context.settings.end {
            settle(slot, status: .open)
        } else if decisionTime > facts.placedAt {
            push(time: decisionTime, rank: .decision, slot: slot)
        } else {
            decideAtOnce(slot, block: block, index: index, time: decisionTime)
        }
    }

    /// Decides a visit at the moment it is placed: by the block's scores where the strategy's form allows it.
    private mutating func decideAtOnce(_ slot: Int, block: VisitBlock, index: Int, time: Double) {
        bringStateTo(time, picksHaveStarted: true)
        guard let column = strategy.column, block.isSound(column) else {
            decideNew(slot, time: time)
            return
        }
        if let lane = bestLane(block: block, index: index, column: column) {
            orders[slot].decidedAt = time
            assignWhole(slot, lane: lane, time: time)
        } else {
            decideNew(slot, time: time, triesWhole: false)
        }
    }

    /// Drains events up to the end of the replay and settles what is left.
    mutating func finish() {
        process(before: Event(time: context.settings.end.nextUp, rank: .midnight, key: 0, subject: 0, generation: 0))
        settleHandOvers(upTo: context.settings.end)
        for slot in orders.indices where orders[slot].isLive {
            let status = statusAtEnd(slot)
            settle(slot, status: status)
        }
        finishMeasures()
    }

    /// Adds an order to the pool.
    mutating func allocate(_ facts: OrderFacts, cancellationTime: Double) -> Int {
        if let slot = freeOrders.popLast() {
            orders[slot] = LiveOrder(
                facts: facts, generation: orders[slot].generation &+ 1, cancellationTime: cancellationTime)
            return slot
        }
        orders.append(LiveOrder(facts: facts, generation: 0, cancellationTime: cancellationTime))
        return orders.count - 1
    }

    /// Plans an event of an order, unless it lies beyond the end.
    mutating func push(time: Double, rank: Event.Rank, slot: Int) {
        guard time <= context.settings.end else { return }
        events.insert(
            Event(
                time: time, rank: rank, key: orders[slot].facts.visit, subject: slot,
                generation: orders[slot].generation))
    }
}

/// Arrays that every decision uses anew.
struct DecisionScratch {
    /// Units per line still to place, by position in the order's lines.
    var remaining: [Int] = []
    /// Scores by lane of the order's zone.
    var scores: [Double] = []
    /// Lines of the order that each node can carry.
    var coverage: [Int32] = []
    /// The plan so far.
    var plan: [PlannedShipment] = []
    /// Committed seconds of nodes before each step of the plan.
    var committedBefore: [(node: Int, seconds: Double)] = []
    /// Hand-overs being settled.
    var handOvers: [(shipment: Int, at: Double)] = []

    mutating func prepare(nodeCount: Int) {
        coverage = [Int32](repeating: 0, count: nodeCount)
    }
}

/// A shipment of a plan that is not committed yet; its stock is reserved.
struct PlannedShipment {
    var lane: LaneFacts
    var parts: [ShipmentOutcome.ShipmentLine]
    var parcel: Parcel
}
