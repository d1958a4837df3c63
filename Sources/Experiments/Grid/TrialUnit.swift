/// A piece of work for one thread: one world under some strategies.
public struct TrialUnit: Sendable, Hashable {
    /// Index of the world.
    public var replication: Int
    /// Indices of the strategies, rising.
    public var strategies: [Int]
    /// Threads that share the work.
    public var threads: Int

    /// A unit from its parts.
    public init(replication: Int, strategies: some Sequence<Int>, threads: Int = 1) {
        self.replication = replication
        self.strategies = Array(strategies)
        self.threads = threads
    }

    /// The units that cover all trials not done yet.
    ///
    /// A world with all strategies is the best unit, since they share what they score in common. Only where several
    /// threads share the work, the last worlds, at least one a thread, are cut: first come the strategies that cost less
    /// `together`, each list a unit, then runs of the others, four or more a thread, so that none waits long for the last.
    /// With `sharesWorlds` such a world is a unit for all threads at once instead. What a trial yields does not depend on the cut.
    public static func cover(
        _ table: TrialTable, jobs: Int, together: [[Int]] = [], sharesWorlds: Bool = false
    ) -> [TrialUnit] {
        let open = (0..<table.replicationCount).map { replication in
            (0..<table.strategies.count).filter { !table.isDone(strategy: $0, replication: replication) }
        }
        let worlds = open.indices.filter { !open[$0].isEmpty }
        // As many whole worlds for each thread as go round; the rest, and one round more, is cut.
        let cutCount = jobs <= 1 ? 0 : min(worlds.count, jobs + worlds.count % jobs)
        let whole = worlds.dropLast(cutCount)
        let cut = worlds.suffix(cutCount)
        let wholeUnits = whole.map { TrialUnit(replication: $0, strategies: open[$0]) }
        if sharesWorlds {
            return wholeUnits + cut.map { TrialUnit(replication: $0, strategies: open[$0], threads: jobs) }
        }
        let kept = Set(together.joined())
        let others = table.strategies.indices.filter { !kept.contains($0) }
        let pieces = cut.isEmpty ? 1 : (4 * jobs + cut.count - 1) / cut.count
        let longest = max(1, (others.count + pieces - 1) / pieces)
        let runs = stride(from: 0, to: others.count, by: longest).map { others[$0..<min($0 + longest, others.count)] }
        func units(_ parts: [some Sequence<Int>]) -> [TrialUnit] {
            cut.flatMap { replication in
                parts.map { part in
                    TrialUnit(
                        replication: replication,
                        strategies: part.filter { !table.isDone(strategy: $0, replication: replication) })
                }
            }
        }
        return wholeUnits + (units(together) + units(runs)).filter { !$0.strategies.isEmpty }
    }
}
