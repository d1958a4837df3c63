import Statistics

/// One strategy's place in a ranking.
public struct RankedStrategy: Codable, Sendable, Hashable {
    /// Its name.
    public var name: String
    /// 1 for the best composite; strategies with the same composite share a rank.
    public var rank: Int
    /// Mean of the composite over worlds; null where an objective is undefined.
    @Nullable public var composite: Double?
    /// Standard error and 95 % interval of the composite.
    public var compositeInterval: StatedEstimate
    /// Whether this one is recommended: the best composite among those that keep all guardrails.
    public var recommended: Bool
    /// Whether it may be the best of all by multiple comparisons with the best (Hsu 1984).
    public var mayBeBest: Bool
    /// Simultaneous bounds of its composite less the best of the others' (Hsu 1984).
    public var distanceToBest: StatedBounds
    /// What the comparison with the baseline shows; null for the baseline itself.
    @Nullable public var verdict: Verdict?
    /// Composite less the baseline's, with its simultaneous interval; null for the baseline itself.
    @Nullable public var difference: StatedEstimate?
    /// How bad and how good the composite gets.
    public var risk: WorldRisk
    /// What meeting the same worlds as the baseline was worth: (variance of its composite + variance of the baseline's) /
    /// variance of the paired difference, over worlds. Independent worlds would have had to be so many times as many for
    /// the same precision; below 1 the pairing did harm. Null for the baseline itself, for one world, and where the
    /// difference has no variance.
    @Nullable public var varianceRatio: Double?
    /// The guardrails, as the scenario states them.
    public var guardrails: [GuardrailState]
    /// Every metric by key.
    public var metrics: [String: MetricEstimate]
}

/// A mean with its uncertainty.
public struct StatedEstimate: Codable, Sendable, Hashable {
    /// The mean; null where nothing is defined.
    @Nullable public var mean: Double?
    /// Its standard error over worlds; null below two replications.
    @Nullable public var standardError: Double?
    /// Lower end of the interval.
    @Nullable public var low: Double?
    /// Upper end of the interval.
    @Nullable public var high: Double?

    /// An estimate; numbers that are not finite count as undefined.
    public init(mean: Double?, standardError: Double? = nil, low: Double? = nil, high: Double? = nil) {
        self.mean = Self.defined(mean)
        self.standardError = Self.defined(standardError)
        self.low = Self.defined(low)
        self.high = Self.defined(high)
    }

    /// The value if it is a finite number.
    static func defined(_ value: Double?) -> Double? {
        guard let value, value.isFinite else { return nil }
        // A sum can come out as -0, which reads like a sign of something.
        return value == 0 ? 0 : value
    }
}

/// The ends of an interval.
public struct StatedBounds: Codable, Sendable, Hashable {
    /// Lower end; null where undefined.
    @Nullable public var low: Double?
    /// Upper end; null where undefined.
    @Nullable public var high: Double?

    /// Bounds; numbers that are not finite count as undefined.
    public init(low: Double?, high: Double?) {
        self.low = StatedEstimate.defined(low)
        self.high = StatedEstimate.defined(high)
    }
}

/// A metric of a strategy: its mean over worlds, and how it differs from the baseline's.
public struct MetricEstimate: Codable, Sendable, Hashable {
    /// Mean over the worlds in which it is defined.
    @Nullable public var mean: Double?
    /// Standard error of the mean.
    @Nullable public var standardError: Double?
    /// Lower end of the 95 % t interval.
    @Nullable public var low: Double?
    /// Upper end of the 95 % t interval.
    @Nullable public var high: Double?
    /// Worlds in which it is defined.
    public var worlds: Int
    /// Paired difference to the baseline with its own (single) 95 % t interval; null for the baseline itself.
    @Nullable public var difference: StatedEstimate?

    /// An estimate from its parts.
    public init(_ estimate: StatedEstimate, worlds: Int, difference: StatedEstimate?) {
        mean = estimate.mean
        standardError = estimate.standardError
        low = estimate.low
        high = estimate.high
        self.worlds = worlds
        self.difference = difference
    }
}

/// What is known of a guardrail.
public struct GuardrailState: Codable, Sendable, Hashable {
    /// Kept, broken, or neither shown.
    public enum State: String, Codable, Sendable, Hashable, CaseIterable {
        /// The whole interval of the mean is inside the bound.
        case kept
        /// The whole interval is outside.
        case broken
        /// The interval holds the bound, or there is no interval.
        case unproven
    }
    /// Key of the metric.
    public var metric: String
    /// What is known.
    public var state: State
    /// Share of worlds in which the bound is breached.
    @Nullable public var breachShare: Double?
    /// About how many more replications would settle it; null where it is settled or cannot be said.
    @Nullable public var moreReplications: Int?

    /// A state from its parts.
    public init(metric: String, state: State, breachShare: Double?, moreReplications: Int?) {
        self.metric = metric
        self.state = state
        self.breachShare = breachShare
        self.moreReplications = moreReplications
    }
}

/// The word is the value in files.
extension Verdict: Codable {}
