/// Something that happens at an instant; see the table in <doc:ReplaySemantics>.
struct Event: Comparable {
    /// Ranks of events at one instant.
    enum Rank: UInt8, Comparable {
        case midnight, outageEnd, banEnd, outageDetected, replenishment, pick, failedPick, cancellation, deadline,
            decision

        static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
    }
    let time: Double
    let rank: Rank
    /// Node for ranks of nodes, number of the ban, visit number for ranks of orders.
    let key: Int
    /// Position in the pool of live orders, of the replenishment, or of the shipment whose pick ends or fails.
    let subject: Int
    /// The generation of the live order, so that an event of an order that is gone is passed over.
    let generation: UInt32

    static func < (left: Event, right: Event) -> Bool {
        if left.time != right.time { return left.time < right.time }
        if left.rank != right.rank { return left.rank < right.rank }
        if left.key != right.key { return left.key < right.key }
        return left.subject < right.subject
    }
}

/// Events that come from world and calendar, the same for every strategy: sorted once a world.
struct ExogenousEvents: Sendable {
    /// By time, rank, key; from the horizon's start on.
    let events: [Event]
    /// Replenishments before the horizon: already in stock at its start.
    let earlierReplenishments: [Int]
    /// Nodes detected to be down before the horizon and still down at its start.
    let initiallyDown: [Int]

    /// Collects midnights, outages, bans and replenishments up to the end of the replay.
    init(context: ReplayContext) {
        let settings = context.settings
        var events: [Event] = []
        for midnight in context.calendar.midnights where midnight > settings.from && midnight <= settings.end {
            events.append(Event(time: midnight, rank: .midnight, key: 0, subject: 0, generation: 0))
        }
        var initiallyDown: [Int] = []
        for (node, outages) in context.world.outages.enumerated() {
            for outage in outages where outage.to > settings.from && outage.from <= settings.end {
                if outage.to <= settings.end {
                    events.append(Event(time: outage.to, rank: .outageEnd, key: node, subject: 0, generation: 0))
                }
                let detected = outage.from + settings.detectionDelay
                guard detected < outage.to, detected <= settings.end else { continue }
                if detected < settings.from {
                    initiallyDown.append(node)
                } else {
                    events.append(
                        Event(time: detected, rank: .outageDetected, key: node, subject: 0, generation: 0))
                }
            }
        }
        for (number, ban) in context.world.bans.enumerated()
        where ban.span.to > settings.from && ban.span.to <= settings.end {
            events.append(Event(time: ban.span.to, rank: .banEnd, key: number, subject: 0, generation: 0))
        }
        var earlier: [Int] = []
        for (row, replenishment) in context.dataset.replenishments.enumerated() {
            let delays = context.world.replenishmentDelays
            let time = replenishment.time + (delays.isEmpty ? 0 : delays[row])
            if time < settings.from {
                earlier.append(row)
            } else if time <= settings.end {
                events.append(
                    Event(
                        time: time, rank: .replenishment, key: replenishment.node, subject: row,
                        generation: 0))
            }
        }
        self.events = events.sorted()
        earlierReplenishments = earlier
        self.initiallyDown = initiallyDown
    }
}
