import Domain

/// What a scenario fixes for all strategies and worlds: horizon, screening, money.
public struct ReplaySettings: Sendable {
    /// First instant of the horizon, seconds.
    public var from: Double
    /// End of the horizon, exclusive, seconds.
    public var to: Double
    /// Orders placed before `from + warmUp` are not measured; seconds.
    public var warmUp: Double
    /// How long the replay goes on after `to`; seconds.
    public var drain: Double
    /// Screening rules, in order.
    public var screening: [ScreeningRule]
    /// Seconds from the start of an outage to its detection.
    public var detectionDelay: Double
    /// How weather and traffic act on transit.
    public var transitEffect: TransitEffect
    /// What an unserved or late order costs.
    public var money: MoneyRules

    /// How weather and traffic act on transit.
    public enum TransitEffect: String, Sendable, Hashable, CaseIterable {
        /// Work is consumed hour by hour, half in the node's region, half in the zone's.
        case alongTheWay = "along_the_way"
        /// One multiplier: node's region, hour of hand-over.
        case atHandOver = "at_hand_over"
    }

    /// Settings from their parts.
    public init(
        from: Double, to: Double, warmUp: Double = 0, drain: Double = 14 * 86_400, screening: [ScreeningRule] = [],
        detectionDelay: Double = 0, transitEffect: TransitEffect = .alongTheWay, money: MoneyRules = MoneyRules()
    ) {
        self.from = from
        self.to = to
        self.warmUp = warmUp
        self.drain = drain
        self.screening = screening
        self.detectionDelay = detectionDelay
        self.transitEffect = transitEffect
        self.money = money
    }

    /// The last instant of the replay.
    public var end: Double { to + drain }
}

/// A risk or sign-off rule: orders that match all its conditions are decided later.
public struct ScreeningRule: Sendable, Hashable {
    /// Name in reports.
    public var name: String
    /// Matches orders worth more than this; nil = any.
    public var valueAbove: Double?
    /// Matches this segment index; nil = any.
    public var segment: Int?
    /// Matches orders whose order, customer or product tags include this; nil = any.
    public var tag: Int?
    /// Share of the matching orders it applies to, drawn per order.
    public var share: Double
    /// Seconds it takes.
    public var delay: Double

    /// A rule from its parts.
    public init(
        name: String, valueAbove: Double? = nil, segment: Int? = nil, tag: Int? = nil, share: Double = 1,
        delay: Double
    ) {
        self.name = name
        self.valueAbove = valueAbove
        self.segment = segment
        self.tag = tag
        self.share = share
        self.delay = delay
    }
}

/// What goes wrong costs this. All default to nothing.
public struct MoneyRules: Sendable, Hashable {
    /// Money for an order with an unserved line.
    public var unservedPerOrder: Double = 0
    /// Money for each unserved unit.
    public var unservedPerItem: Double = 0
    /// Compensation for a delivered order that is late.
    public var latePerOrder: Double = 0
    /// Further compensation for each hour late.
    public var latePerHour: Double = 0
    /// Upper bound of an order's compensation.
    public var compensationCap: Double = .infinity
    /// Complaint probability of a delivered order on time.
    public var complaintOnTime: Double = 0
    /// Complaint probability of a delivered order that is late, before its hours.
    public var complaintLate: Double = 0
    /// Further probability for each hour late; the sum is capped at 1.
    public var complaintPerHourLate: Double = 0
    /// Complaint probability of an order with an unserved line.
    public var complaintUnserved: Double = 0

    /// Rules that cost nothing.
    public init() {}
}
