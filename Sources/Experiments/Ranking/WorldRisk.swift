import Statistics

/// How bad and how good the composite gets from world to world.
public struct WorldRisk: Codable, Sendable, Hashable {
    /// The composite in one world.
    public struct Extreme: Codable, Sendable, Hashable {
        /// The composite.
        public var composite: Double
        /// Index of the world, the first of equals.
        public var replication: Int
    }
    /// The world with the smallest composite; null where it is undefined in some.
    @Nullable public var worst: Extreme?
    /// The world with the largest composite; null likewise.
    @Nullable public var best: Extreme?
    /// Mean of the composite over the worst share of worlds (see ``Ranking/riskLevel``), CVaR of Rockafellar & Uryasev
    /// 2000; null likewise. With fewer worlds than one over the share it is the worst world's.
    @Nullable public var conditionalValueAtRisk: Double?

    /// The risk of a composite, by world.
    init(composites: [Double], level: Double) {
        guard composites.allSatisfy(\.isFinite), let low = composites.min(), let high = composites.max(),
            let worst = composites.firstIndex(of: low), let best = composites.firstIndex(of: high)
        else { return }
        self.worst = Extreme(composite: low, replication: worst)
        self.best = Extreme(composite: high, replication: best)
        conditionalValueAtRisk = StatedEstimate.defined(TailMean.ofWorst(level, of: composites))
    }
}
