import History
import Replay

/// The article "What a replay means", written a second time: event by event, to be obviously right and not fast.
///
/// It shares with the engine the tables it reads and the type of its result, and no code that replays. Headings and
/// rule numbers in its comments are those of the article.
public enum PlainSimulator {
    /// Replays one world under one strategy.
    ///
    /// - Returns: what became of every order, by visit number.
    /// - Complexity: the square of the number of events and worse; meant for tens of orders.
    public static func replay(
        dataset: Dataset, settings: ReplaySettings, strategy: StrategySpecification, world: World
    ) -> [OrderOutcome] {
        replayCounting(dataset: dataset, settings: settings, strategy: strategy, world: world).outcomes
    }

    /// Replays one world under one strategy and counts how often each feature came into play.
    public static func replayCounting(
        dataset: Dataset, settings: ReplaySettings, strategy: StrategySpecification, world: World
    ) -> (outcomes: [OrderOutcome], features: [ReplayFeature: Int]) {
        var run = PlainRun(dataset: dataset, settings: settings, strategy: strategy, world: world)
        run.openBooks()
        while let event = run.takeNextEvent() { run.happen(event) }
        run.handOver()
        run.carry()
        return (run.orders.map(run.outcome(of:)), run.tally.counts)
    }
}

/// A replay in progress.
struct PlainRun {
    let dataset: Dataset
    let settings: ReplaySettings
    let strategy: StrategySpecification
    let world: World
    let calendar: PlainCalendar
    let tally = FeatureTally()

    /// The instant of the event that is happening.
    var now: Double
    /// What is still to happen, in no order; picks are asked of the nodes instead.
    var agenda: [PlainEvent] = []
    /// By visit number.
    var orders: [PlainOrder] = []
    /// In order of assignment, the opening state first.
    var shipments: [PlainShipment] = []
    var nodes: [PlainNode]
    var ledger: PlainLedger

    init(dataset: Dataset, settings: ReplaySettings, strategy: StrategySpecification, world: World) {
        self.dataset = dataset
        self.settings = settings
        self.strategy = strategy
        self.world = world
        calendar = PlainCalendar(description: dataset.description, from: settings.from, to: settings.end)
        now = settings.from
        nodes = dataset.nodes.map { _ in PlainNode() }
        let products = dataset.products.count
        ledger = PlainLedger(
            unreserved: dataset.nodes.indices.map { node in
                (0..<products).map { Int(dataset.inventory.onHand[node * products + $0]) }
            },
            missing: dataset.nodes.indices.map { node in
                (0..<products).map { product in
                    world.missingUnits.isEmpty ? 0 : Int(world.missingUnits[node * products + product])
                }
            }, assignedToday: dataset.nodes.map { _ in 0 }, secondsToday: dataset.nodes.map { _ in 0 })
    }

    /// Takes the first event still to happen, by time, rank and key; nil when none is left up to the end.
    mutating func takeNextEvent() -> PlainEvent? {
        var best: (event: PlainEvent, position: [Int], index: Int?)?
        func consider(_ event: PlainEvent, index: Int?) {
            let position = event.position(in: dataset, shipments: shipments)
            if let known = best {
                if event.time > known.event.time { return }
                if event.time == known.event.time, !position.lexicographicallyPrecedes(known.position) { return }
            }
            best = (event, position, index)
        }
        for (index, event) in agenda.enumerated() { consider(event, index: index) }
        for node in nodes.indices {
            consider(PlainEvent(time: nextPickInstant(node: node), kind: .picks(node: node)), index: nil)
        }
        guard let best, best.event.time <= settings.end else { return nil }
        if let index = best.index { agenda.remove(at: index) }
        return best.event
    }

    /// Lets an event happen.
    mutating func happen(_ event: PlainEvent) {
        precondition(event.time >= now, "time runs forward")
        if event.time == now { tally.note(.eventsAtOneInstant) }
        now = event.time
        switch event.kind {
        case .midnight:
            for node in nodes.indices {
                ledger.assignedToday[node] = 0
                ledger.secondsToday[node] = 0
            }
            decideWaitingAgain(.servedAfterMidnight) { _ in true }
        case .outageEnds(let node):
            nodes[node].isDetectedDown = false
            decideWaitingAgain(.servedAfterOutage) { _ in true }
        case .banEnds:
            decideWaitingAgain(.servedAfterBan) { _ in true }
        case .outageDetected(let node):
            nodes[node].isDetectedDown = true
            if strategy.reroutesOnOutage { reroute(node: node) }
        case .replenishment(let row):
            let arrival = dataset.replenishments[row]
            ledger.unreserved[arrival.node][arrival.product] += arrival.quantity
            decideWaitingAgain(.servedAfterReplenishment) { $0 == arrival.product }
        case .picks(let node):
            endPicks(node: node)
            startPicks(node: node)
        case .pickFails(let shipment):
            failPick(shipment)
        case .cancellation(let visit):
            cancel(visit)
        case .deadline(let visit):
            passDeadline(visit)
        case .decision(let visit):
            guard orders[visit].cancelledAt == .infinity else { return }
            orders[visit].isDecided = true
            let all = orders[visit].lines.indices.map {
                PlainPart(line: $0, quantity: orders[visit].lines[$0].quantity)
            }
            decide(visit, lines: all)
        }
    }
}
