import Domain
import Foundation
import Replay
import TestKit
import Testing

/// The engine against queueing theory: first-come-first-served nodes driven by Poisson orders.
///
/// A book is a dataset of its own, independent in arrivals and services, and its first orders are discarded as warm-up.
/// The standard error is that of the mean over at least 24 books, so by Student's t a right engine is more than 4
/// standard errors off in one of 1,800 checks. Books are keyed by their number: a set that passes passes for ever,
/// unless the engine changes.
@Suite struct TheoryTests {
    /// `all`, or a part of the descriptions of the queues that are wanted.
    private static let wanted = ProcessInfo.processInfo.environment["SANDTABLE_THEORY"]
    private static let runsAll = wanted != nil
    private static let wantedQueues = TheoryQueue.all.filter { queue in
        wanted.map { $0 == "all" || queue.description.contains($0) } ?? false
    }
    /// The 97.5 % point of Student's t with 23 degrees of freedom; it is smaller for more books.
    private static let studentQuantile = 2.069

    /// The mean wait of the engine agrees with theory within 4 standard errors, seen to 1 % (3 % at load .95).
    @Test(.enabled(if: TestScale.isOptimised && !runsAll), arguments: TheoryQueue.subset)
    func meanWait(_ queue: TheoryQueue) throws {
        try check(queue)
    }

    /// The same for M/M/c with c = 1, 2, 5, 10, 50, M/D/1 and M/G/1 with three services, at loads .5, .8 and .95. It
    /// takes half an hour, so it runs where SANDTABLE_THEORY is set, as Scripts/theory does.
    @Test(.enabled(if: TestScale.isOptimised && runsAll), arguments: wantedQueues)
    func meanWaitOfAll(_ queue: TheoryQueue) throws {
        try check(queue)
    }

    private func check(_ queue: TheoryQueue) throws {
        // A queue forgets in some 1 / (1 - rho)^2 services of each station: a warm-up of ten times that.
        let warmUp = Int(10 * Double(queue.stations) / ((1 - queue.load) * (1 - queue.load)))
        let measured = queue.orderCount / queue.bookCount
        let book = PoissonBook(
            load: queue.load, stations: queue.stations, service: queue.service, orderCount: measured + warmUp,
            warmUpCount: warmUp)
        var waits: [Double] = []
        var timesAtNode: [Double] = []
        for number in 0..<queue.bookCount {
            let dataset = try book.dataset(number: number)
            let plan = try ReplayPlan(
                dataset: dataset, settings: book.settings(of: dataset), strategies: [PoissonBook.strategy])
            let trials = plan.replay(world: book.world(number: number, dataset: dataset), strategies: 0..<1)
            let facts = trials[0].measures.facts
            #expect(facts[.picks] == facts[.orders] && facts[.picks] > 0.9 * Double(measured))
            waits.append(facts[.pickWaitHours] / facts[.picks] * 3_600)
            timesAtNode.append((facts[.pickWaitHours] + facts[.serviceHours]) / facts[.picks] * 3_600)
        }
        let halfWidthMax = queue.load > 0.8 ? 0.03 : 0.01
        // Where fewer than one order in 10,000 waits, no book shows the mean wait to 1 %: there it is the time at the
        // node that is seen to 1 %.
        let isWaitSeen = queue.expectedWait > 1e-4 * PoissonBook.meanServiceSeconds
        compare(
            waits, with: queue.expectedWait, halfWidthMax: isWaitSeen ? halfWidthMax : .infinity, "\(queue), wait")
        compare(
            timesAtNode, with: queue.expectedWait + PoissonBook.meanServiceSeconds, halfWidthMax: halfWidthMax,
            "\(queue), time at the node")
    }

    private func compare(_ means: [Double], with expected: Double, halfWidthMax: Double, _ what: String) {
        let count = Double(means.count)
        let mean = means.reduce(0, +) / count
        let squares = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let standardError = (squares / (count * (count - 1))).squareRoot()
        let halfWidth = Self.studentQuantile * standardError / expected
        let errors = (mean - expected) / standardError
        let line = "\(what): mean \(mean) s, theory \(expected) s, \(errors) standard errors, half-width \(halfWidth)"
        #expect(abs(errors) <= 4, "\(line)")
        #expect(halfWidth < halfWidthMax, "\(line)")
        if Self.runsAll { print(line) }
    }
}
