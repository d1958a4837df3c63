import Experiments

/// Where the winner changes over an input's range, or that it does not.
public struct SwitchReport: Codable, Sendable, Hashable {
    /// A change of the winner.
    public struct Switch: Codable, Sendable, Hashable {
        /// Who wins below.
        public var from: String
        /// Who wins above.
        public var to: String
        /// Where the mean difference of the two changes its sign.
        public var value: Double
        /// Lower end of the interval of that value.
        public var low: Double
        /// Upper end.
        public var high: Double
        /// Others that have a better mean than both there, though not surely.
        public var rivals: [String]
    }

    /// What was seen at one value.
    public struct Value: Codable, Sendable, Hashable {
        /// The input's value.
        public var value: Double
        /// Who has the best mean composite.
        public var winner: String
        /// Who has the second best.
        public var second: String
        /// Mean of the difference of the two, paired by world.
        public var lead: Double
        /// Its standard error.
        public var standardError: Double
        /// Whether the winner is better than all others, at all values at once.
        public var isSure: Bool

        init(_ look: SwitchLook, names: [String], criticalValue: Double, sureWinner: Int?) {
            let order = look.order
            let point = look.leadPoint
            value = look.value
            winner = names[order[0]]
            second = names[order[1]]
            lead = point.mean
            standardError = point.standardError
            isSure = sureWinner != nil
        }
    }

    /// Level of detection and of each interval.
    public var level: Double
    /// Worlds at each value.
    public var worlds: Int
    /// A lead of this size on either side of a switch is found with probability `level`.
    public var detectableGap: Double
    /// What was seen, by value.
    public var values: [Value]
    /// The changes of the winner, by value; empty where none is shown.
    public var switches: [Switch]

    /// Strategies that win surely somewhere, in the order of the range.
    public var sureWinners: [String] {
        var names: [String] = []
        for value in values where value.isSure && names.last != value.winner { names.append(value.winner) }
        return names
    }
}
