import Dispatch
import Synchronization

/// Work on one world after the other, on several threads; what it gives does not depend on how many there are.
public struct WorldWork: Sendable {
    /// Threads to use.
    public var jobs: Int
    /// Called with the number of pieces done since the beginning, by one thread at a time.
    public var report: @Sendable (_ done: Int) -> Void

    /// Work on so many threads.
    public init(jobs: Int, report: @escaping @Sendable (_ done: Int) -> Void = { _ in }) {
        precondition(jobs >= 1, "at least one thread")
        self.jobs = jobs
        self.report = report
    }

    /// What `body` gives for each world, in their order.
    ///
    /// - Throws: the error of the first world that has one.
    public func map<Result: Sendable>(
        _ worlds: Range<Int>, body: @Sendable (_ world: Int) throws -> Result
    ) throws -> [Result] {
        let next = Atomic<Int>(worlds.lowerBound)
        let collected = Mutex<(results: [Int: Swift.Result<Result, any Error>], hasFailed: Bool)>(([:], false))
        DispatchQueue.concurrentPerform(iterations: min(jobs, max(1, worlds.count))) { _ in
            while true {
                let world = next.add(1, ordering: .relaxed).oldValue
                guard world < worlds.upperBound else { return }
                let result = Swift.Result { try body(world) }
                let goesOn = collected.withLock { collected in
                    collected.results[world] = result
                    if case .failure = result { collected.hasFailed = true }
                    report(collected.results.count)
                    return !collected.hasFailed
                }
                if !goesOn { return }
            }
        }
        // Worlds are handed out in order, so that below the first failure none is missing.
        let results = collected.withLock { $0.results }
        return try worlds.compactMap { try results[$0]?.get() }
    }
}
