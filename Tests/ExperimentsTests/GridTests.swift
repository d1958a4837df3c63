import Domain
import Foundation
import Storage
import Synchronization
import Testing

@testable import Experiments

/// A folder of its own for one test, taken away at its end.
final class ScratchFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "sandtable-" + UUID().uuidString
        try FileSystem.createFolder(path)
    }

    deinit {
        try? FileSystem.remove(path)
    }
}

/// Figures that are a function of the trial alone, some of them awkward.
func made(_ unit: TrialUnit) -> [TrialRow] {
    unit.strategies.map { strategy in
        let value = 1 / Double(3 + strategy + 7 * unit.replication)
        return TrialRow(
            strategy: strategy, replication: unit.replication, decisions: 10 + strategy,
            values: [value, strategy == 1 ? .nan : -value * 1e-300, .leastNonzeroMagnitude],
            cells: ["north", "south, \"far\"", "杭州\nwest"].map { label in
                TrialCell(labels: [label, "\(strategy)"], values: [value, .nan])
            })
    }
}

/// A collection of 4 strategies, 3 metrics and cells of 2 metrics.
func emptyCollection(replications: Int) -> TrialCollection {
    TrialCollection(
        table: TrialTable(
            strategies: ["a", "b", "c", "d"], replicationCount: replications, metricKeys: ["x", "y", "z"]),
        segmentMetricCount: 2)
}

/// Everything in a collection as text, to be compared to the bit.
func fingerprint(_ collection: TrialCollection) -> String {
    var text = ""
    for strategy in 0..<4 {
        for metric in 0..<3 { text += "\(collection.table.series(strategy: strategy, metric: metric))\n" }
        for cell in collection.segments.cells(ofStrategy: strategy) {
            text += "\(cell.labels) \(cell.counts) \(cell.means) \(cell.standardError(0) ?? -1)\n"
        }
    }
    return text
}

private let layout = TrialJournal.Layout(runHash: "feed", metricCount: 3, cutCount: 2, segmentMetricCount: 2)

struct TrialUnitTests {
    @Test("The units cover every missing trial once, whatever is done and however many threads there are")
    func unitsCoverTheGrid() {
        for jobs in [1, 2, 7] {
            for replications in [1, 3, 40] {
                var collection = emptyCollection(replications: replications)
                for row in made(TrialUnit(replication: 0, strategies: 1..<3)) { collection.enter(row) }
                for together in [[], [[1, 3]], [[0], [1, 2]], [[0, 1, 2, 3]]] {
                    var seen: [[Int]] = []
                    for unit in TrialUnit.cover(collection.table, jobs: jobs, together: together) {
                        #expect(!unit.strategies.isEmpty)
                        seen += unit.strategies.map { [unit.replication, $0] }
                    }
                    let expected = (0..<replications).flatMap { replication in
                        (0..<4).filter { replication > 0 || $0 == 0 || $0 == 3 }.map { [replication, $0] }
                    }
                    #expect(seen.sorted { $0.lexicographicallyPrecedes($1) } == expected)
                }
            }
        }
    }

    @Test("Many worlds are replayed with all strategies at once, few are cut so that every thread has work")
    func unitsAreLargeEnough() {
        let many = TrialUnit.cover(emptyCollection(replications: 50).table, jobs: 2)
        #expect(many.prefix(48).allSatisfy { $0.strategies == [0, 1, 2, 3] })
        #expect(many.dropFirst(48).map(\.strategies) == [[0], [1], [2], [3], [0], [1], [2], [3]])
        let single = TrialUnit.cover(emptyCollection(replications: 1).table, jobs: 2)
        #expect(single.count == 4)
        let alone = TrialUnit.cover(emptyCollection(replications: 3).table, jobs: 1)
        #expect(alone.map(\.strategies) == [[0, 1, 2, 3], [0, 1, 2, 3], [0, 1, 2, 3]])
    }

    @Test("Strategies that cost less together stay together, and come before what fills up the threads")
    func unitsKeepTogether() {
        let units = TrialUnit.cover(emptyCollection(replications: 5).table, jobs: 2, together: [[0, 2]])
        #expect(units.prefix(2).map(\.strategies) == [[0, 1, 2, 3], [0, 1, 2, 3]])
        #expect(units.dropFirst(2).prefix(3).map(\.strategies) == [[0, 2], [0, 2], [0, 2]])
        #expect(units.dropFirst(5).map(\.strategies) == [[1], [3], [1], [3], [1], [3]])
        #expect(units.dropFirst(2).map(\.replication) == [2, 3, 4, 2, 2, 3, 3, 4, 4])
    }
}

struct TrialGridTests {
    @Test("Any number of threads gives the same figures to the bit")
    func threadsDoNotMatter() throws {
        let one = try TrialGrid(jobs: 1).run(emptyCollection(replications: 25), journal: nil, replay: made)
        let four = try TrialGrid(jobs: 4).run(emptyCollection(replications: 25), journal: nil, replay: made)
        #expect(one.isWhole)
        #expect(fingerprint(one) == fingerprint(four))
    }

    @Test("A run that was stopped and goes on from its journal gives the figures of one that was not")
    func resumedEqualsWhole() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/journal.csv"
        let whole = try TrialGrid(jobs: 1).run(emptyCollection(replications: 25), journal: nil, replay: made)
        let flag = StopFlag()
        let stopped = try TrialGrid(jobs: 2, stop: flag) { if $0.done > 30 { flag.raise() } }
            .run(
                emptyCollection(replications: 25), journal: try TrialJournal(path: path, layout: layout), replay: made)
        #expect(!stopped.isWhole)
        #expect(stopped.table.doneCount > 30)

        var recovered = emptyCollection(replications: 25)
        try TrialJournal.recover(path: path, layout: layout) { recovered.enter($0) }
        #expect(recovered.table.doneCount == stopped.table.doneCount)
        let calls = Mutex(0)
        let resumed = try TrialGrid(jobs: 2).run(
            recovered, journal: try TrialJournal(path: path, layout: layout)
        ) { unit in
            calls.withLock { $0 += unit.strategies.count }
            return made(unit)
        }
        #expect(calls.withLock { $0 } == 100 - stopped.table.doneCount)
        #expect(fingerprint(resumed) == fingerprint(whole))
    }

    @Test("An error of a trial ends the grid and is the error of the run")
    func errorsEndTheGrid() {
        let error = InputError(found: "a storm", expected: "none")
        #expect(throws: error) {
            _ = try TrialGrid(jobs: 2).run(emptyCollection(replications: 9), journal: nil) { unit in
                if unit.replication == 3 { throw error }
                return made(unit)
            }
        }
    }
}

struct TrialJournalTests {
    /// A journal of some trials, as bytes.
    private func journal(in folder: ScratchFolder, replications: Int) throws -> [UInt8] {
        let path = folder.path + "/written.csv"
        let writer = try TrialJournal(path: path, layout: layout)
        for replication in 0..<replications {
            try writer.append(made(TrialUnit(replication: replication, strategies: 0..<4)))
        }
        return try FileSystem.read(path)
    }

    @Test("A journal cut off at any byte gives its whole trials and can be appended to")
    func tornJournals() throws {
        let folder = try ScratchFolder()
        let bytes = try journal(in: folder, replications: 2)
        let path = folder.path + "/torn.csv"
        for length in stride(from: 0, through: bytes.count, by: 7) {
            try AtomicFile.write(Array(bytes[..<length]), to: path)
            var rows: [TrialRow] = []
            try TrialJournal.recover(path: path, layout: layout) { rows.append($0) }
            let whole = emptyCollection(replications: 3)
            var expected = whole
            for row in rows { expected.enter(row) }
            let more = made(TrialUnit(replication: 2, strategies: 0..<4))
            try TrialJournal(path: path, layout: layout).append(more)
            for row in more { expected.enter(row) }
            var again = whole
            try TrialJournal.recover(path: path, layout: layout) { again.enter($0) }
            #expect(fingerprint(again) == fingerprint(expected))
        }
        var all: [TrialRow] = []
        try TrialJournal.recover(path: folder.path + "/written.csv", layout: layout) { all.append($0) }
        #expect(all.count == 8)
    }

    @Test("A changed digit in a journal ends what is read from it")
    func damagedJournals() throws {
        let folder = try ScratchFolder()
        var bytes = try journal(in: folder, replications: 2)
        // The last digit of the value of the fifth row.
        let lines = bytes.split(separator: 10)
        let end = lines[...4].reduce(0) { $0 + $1.count + 1 }
        let place = try #require(bytes[..<end].lastIndex(of: UInt8(ascii: "5")))
        bytes[place] = UInt8(ascii: "6")
        let path = folder.path + "/damaged.csv"
        try AtomicFile.write(bytes, to: path)
        var count = 0
        try TrialJournal.recover(path: path, layout: layout) { _ in count += 1 }
        #expect(count < 8)
    }

    @Test("A journal says whose run it is, and gives nothing to another")
    func journalsBelongToRuns() throws {
        let folder = try ScratchFolder()
        _ = try journal(in: folder, replications: 1)
        let path = folder.path + "/written.csv"
        #expect(TrialJournal.runHash(ofJournalAt: path) == "feed")
        #expect(TrialJournal.runHash(ofJournalAt: folder.path + "/none.csv") == nil)
        var other = layout
        other.runHash = "cafe"
        var count = 0
        try TrialJournal.recover(path: path, layout: other) { _ in count += 1 }
        #expect(count == 0)
    }
}

struct SegmentSumsTests {
    @Test("The order in which trials end changes no bit of a cell's mean")
    func orderDoesNotMatter() {
        var inOrder = SegmentSums(strategyCount: 1, metricCount: 1)
        var shuffled = SegmentSums(strategyCount: 1, metricCount: 1)
        let rows = (0..<9).map { replication in
            TrialRow(
                strategy: 0, replication: replication, decisions: 1, values: [],
                cells: [TrialCell(labels: ["a"], values: [1 / Double(3 + replication)])])
        }
        for row in rows { inOrder.add(row) }
        for index in [8, 3, 0, 5, 1, 2, 7, 6, 4] { shuffled.add(rows[index]) }
        #expect(inOrder.cells(ofStrategy: 0) == shuffled.cells(ofStrategy: 0))
        #expect(inOrder.cells(ofStrategy: 0).first?.counts == [9])
    }

    @Test("Mean and standard error of a cell are those of its defined values: 1, 2, 6 give 3 and sqrt(7/3)")
    func meansAndErrors() throws {
        var sums = SegmentSums(strategyCount: 1, metricCount: 1)
        for (replication, value) in [1, .nan, 2, 6].enumerated() {
            sums.add(
                TrialRow(
                    strategy: 0, replication: replication, decisions: 1, values: [],
                    cells: [TrialCell(labels: [], values: [value])]))
        }
        let cell = try #require(sums.cells(ofStrategy: 0).first)
        #expect(cell.counts == [3])
        #expect(abs(cell.means[0] - 3) < 1e-15)
        #expect(abs((cell.standardError(0) ?? 0) - (7.0 / 3).squareRoot()) < 1e-15)
    }
}
