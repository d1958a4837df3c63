/// A piece of work for one thread: one world under a run of strategies.
public struct TrialUnit: Sendable, Hashable {
    /// Index of the world.
    public var replication: Int
    /// Indices of the strategies, neighbours in the scenario.
    public var strategies: Range<Int>

    /// A unit from its parts.
    public init(replication: Int, strategies: Range<Int>) {
        self.replication = replication
        self.strategies = strategies
    }

    /// The units that cover all trials not done yet, by replication, then strategy.
    ///
    /// A world with all strategies is the best unit, since they share what they score in common. With few worlds per
    /// thread it is cut into runs of strategies, so that each thread has at least four units and none waits long for
    /// the last. What a trial yields does not depend on the cut.
    public static func cover(_ table: TrialTable, jobs: Int) -> [TrialUnit] {
        let strategyCount = table.strategies.count
        let open = (0..<table.replicationCount).filter { replication in
            (0..<strategyCount).contains { !table.isDone(strategy: $0, replication: replication) }
        }
        guard !open.isEmpty else { return [] }
        let wanted = 4 * max(1, jobs)
        let pieces = min(strategyCount, max(1, (wanted + open.count - 1) / open.count))
        let longest = (strategyCount + pieces - 1) / pieces
        var units: [TrialUnit] = []
        for replication in open {
            var start: Int?
            for strategy in 0...strategyCount {
                let isOpen = strategy < strategyCount && !table.isDone(strategy: strategy, replication: replication)
                if let first = start, !isOpen || strategy - first == longest {
                    units.append(TrialUnit(replication: replication, strategies: first..<strategy))
                    start = nil
                }
                if isOpen, start == nil { start = strategy }
            }
        }
        return units
    }
}
