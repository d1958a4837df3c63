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
    /// A world with all strategies is the best unit, since they share what they score in common. Only where several
    /// threads share the work, the last worlds, at least one a thread, are cut into runs of strategies: four or more
    /// units a thread, so that none waits long for the last. What a trial yields does not depend on the cut.
    public static func cover(_ table: TrialTable, jobs: Int) -> [TrialUnit] {
        let strategyCount = table.strategies.count
        let open = (0..<table.replicationCount).filter { replication in
            (0..<strategyCount).contains { !table.isDone(strategy: $0, replication: replication) }
        }
        guard !open.isEmpty else { return [] }
        // As many whole worlds for each thread as go round; the rest, and one round more, is cut.
        let cutCount = jobs <= 1 ? 0 : min(open.count, jobs + open.count % jobs)
        let wanted = 4 * max(1, jobs)
        let pieces = min(strategyCount, max(1, (wanted + cutCount - 1) / max(1, cutCount)))
        var units: [TrialUnit] = []
        for (position, replication) in open.enumerated() {
            let isCut = position >= open.count - cutCount
            let longest = isCut ? (strategyCount + pieces - 1) / pieces : strategyCount
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
