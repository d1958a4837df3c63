import Dispatch
import Domain
import Synchronization

/// Runs the trials of a grid on all threads and collects their figures.
///
/// Each thread works on one unit at a time and keeps nothing of it but its rows, so that memory grows with the number
/// of threads. Rows are entered by their place in the grid: the result is the same for any number of threads, and
/// after an interruption.
public struct TrialGrid: Sendable {
    /// How far a grid is.
    public struct Progress: Sendable {
        /// Trials done, those of an earlier sitting included.
        public var done: Int
        /// Trials in all.
        public var total: Int
        /// Trials done in this sitting.
        public var doneNow: Int
        /// Decisions taken in this sitting.
        public var decisionsNow: Int
    }

    /// Threads to use.
    public var jobs: Int
    /// Lists of strategies that cost less where they are replayed in one unit.
    public var together: [[Int]]
    /// Whether several threads can share a world evenly.
    public var sharesWorlds: Bool
    /// Looked at before each unit.
    public var stop: StopFlag
    /// Called after each unit, by one thread at a time.
    public var report: @Sendable (Progress) -> Void

    /// A grid's runner.
    public init(
        jobs: Int, together: [[Int]] = [], sharesWorlds: Bool = false, stop: StopFlag = StopFlag(),
        report: @escaping @Sendable (Progress) -> Void = { _ in }
    ) {
        precondition(jobs >= 1, "at least one thread")
        self.jobs = jobs
        self.together = together
        self.sharesWorlds = sharesWorlds
        self.stop = stop
        self.report = report
    }

    /// Runs what is missing.
    ///
    /// - Parameters:
    ///   - collected: What there is already.
    ///   - journal: Where finished trials are kept, at most a quarter of a second after they are finished.
    ///   - replay: The rows of a unit; called from several threads at once.
    /// - Returns: The collection filled in; not whole if the flag was raised.
    /// - Throws: ``OperationError`` when the journal cannot be written, and the first error of `replay`; what had been
    ///   written stays.
    public func run(
        _ collected: TrialCollection, journal: sending TrialJournal?,
        replay: @Sendable (TrialUnit) throws -> [TrialRow]
    ) throws -> TrialCollection {
        let units = TrialUnit.cover(collected.table, jobs: jobs, together: together, sharesWorlds: sharesWorlds)
        let alone = units.count { $0.threads == 1 }
        let collector = Mutex(Collector(collected, journal: journal))
        let next = Atomic<Int>(0)
        @Sendable func carryOut(_ unit: TrialUnit) {
            let rows = Result { try replay(unit) }
            let goesOn = collector.withLock { collector in
                guard collector.take(rows) else { return false }
                report(collector.progress)
                return true
            }
            if !goesOn { stop.raise() }
        }
        DispatchQueue.concurrentPerform(iterations: min(jobs, max(1, alone))) { _ in
            while !stop.isRaised {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < alone else { return }
                carryOut(units[index])
            }
        }
        // Those that take all threads come one after the other.
        for unit in units[alone...] where !stop.isRaised { carryOut(unit) }
        let end = collector.withLock { collector in
            collector.flush()
            return (collector.collected, collector.failure)
        }
        if let failure = end.1 { throw failure }
        return end.0
    }

    /// What threads hand their rows to, one at a time.
    private struct Collector {
        var collected: TrialCollection
        var failure: (any Error)?
        private let journal: TrialJournal?
        private var waiting: [TrialRow] = []
        private var doneNow = 0
        private var decisionsNow = 0
        private var done: Int
        private var lastFlush = ContinuousClock.now

        init(_ collected: TrialCollection, journal: TrialJournal?) {
            self.collected = collected
            self.journal = journal
            done = collected.table.doneCount
        }

        var progress: Progress {
            Progress(done: done, total: collected.table.trialCount, doneNow: doneNow, decisionsNow: decisionsNow)
        }

        /// Enters rows; false when they cannot be kept.
        mutating func take(_ result: Result<[TrialRow], any Error>) -> Bool {
            let rows: [TrialRow]
            do {
                rows = try result.get()
            } catch {
                failure = failure ?? error
                return false
            }
            for row in rows {
                collected.enter(row)
                done += 1
                doneNow += 1
                decisionsNow += row.decisions
            }
            if journal != nil { waiting += rows }
            // Waiting for the disk after each of many short trials would cost more than the trials.
            if ContinuousClock.now - lastFlush > .milliseconds(250) { flush() }
            return failure == nil
        }

        mutating func flush() {
            guard let journal, !waiting.isEmpty else { return }
            do {
                try journal.append(waiting)
                waiting = []
                lastFlush = .now
            } catch {
                failure = failure ?? error
            }
        }
    }
}

/// What the trials of a run have given so far.
public struct TrialCollection: Sendable {
    /// Every metric of every trial.
    public private(set) var table: TrialTable
    /// Means by cell; without cells where the run is cut by nothing.
    public private(set) var segments: SegmentSums

    /// A collection without trials.
    public init(table: TrialTable, segmentMetricCount: Int) {
        self.table = table
        segments = SegmentSums(strategyCount: table.strategies.count, metricCount: segmentMetricCount)
    }

    /// Whether all trials are done.
    public var isWhole: Bool { table.doneCount == table.trialCount }

    /// Enters a trial; one that is there already is left out.
    public mutating func enter(_ row: TrialRow) {
        guard !table.isDone(strategy: row.strategy, replication: row.replication) else { return }
        table.enter(row)
        segments.add(row)
    }
}
