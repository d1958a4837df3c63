import Domain
import Experiments
import Foundation
import History
import ScenarioFiles
import Storage
import Statistics

/// Where things are measured: a scratch folder, and how often to repeat.
final class Workbench {
    /// Whether only a small subset is wanted.
    let isQuick: Bool
    /// What the command line says.
    let options: BenchmarkOptions
    /// A folder for datasets, caches and journals, gone at the end.
    let scratch: String
    private var nextName = 0

    /// The repeats of a point: a median of five is steady against one disturbance or two.
    private var repeatsMax: Int { isQuick ? 3 : 5 }
    /// No further repeat is begun after this time, so that one point takes a few seconds; three times as long where
    /// there are less than three repeats.
    private var secondsMax: Double { isQuick ? 1 : 4 }

    init(_ options: BenchmarkOptions) throws {
        self.options = options
        isQuick = options.isQuick
        scratch = NSTemporaryDirectory() + "/sandtable-benchmarks-\(ProcessInfo.processInfo.processIdentifier)"
        try FileSystem.createFolder(scratch)
    }

    deinit {
        try? FileSystem.remove(scratch)
    }

    /// A path in the scratch folder that nothing has yet.
    func newPath() -> String {
        nextName += 1
        return scratch + "/\(nextName)"
    }

    /// Repeats a piece of work, and gives what each repeat has given.
    func repeated(_ work: () throws -> Double) rethrows -> [Double] {
        var results: [Double] = []
        let start = ContinuousClock.now
        while results.count < repeatsMax {
            let limit = results.count < 3 ? 3 * secondsMax : secondsMax
            if !results.isEmpty, Self.seconds(since: start) > limit { break }
            results.append(try work())
        }
        return results
    }

    /// Replays a scenario as `sandtable run` does: its worlds, its trials, all metrics, the journal on the disk.
    ///
    /// The time is what the manifest of a run calls its wall time; ranking and report come after it.
    func measure(
        suite: String, name: String, sizes: [String: Int] = [:], jobs: Int = 1, _ document: ScenarioDocument,
        dataset: Dataset
    ) throws -> DecisionPoint {
        MachineFacts.forgetPeak()
        let compilation = ContinuousClock.now
        let scenario = try document.resolve(
            dataset: dataset, baselineFigures: Experiment.baselineFigures(dataset: dataset))
        let experiment = try Experiment(scenario: scenario, dataset: dataset)
        let compileSeconds = Self.seconds(since: compilation)
        var decisions = 0
        var processor: [Double] = []
        let repeats = try repeated {
            let journal = try TrialJournal(path: newPath(), layout: experiment.journalLayout)
            let start = ContinuousClock.now
            let processorStart = clock()
            let grid = try experiment.grid(jobs: jobs)
            let collection = try grid.run(experiment.emptyCollection(), journal: journal) { unit in
                try experiment.rows(of: unit)
            }
            let seconds = Self.seconds(since: start)
            decisions = max(1, collection.table.decisionCount)
            processor.append(Double(clock() - processorStart) / Double(CLOCKS_PER_SEC) * 1e9 / Double(decisions))
            return seconds * 1e9 / Double(decisions)
        }
        var all = sizes
        all["orders"] = experiment.plan.visits.count
        all["nodes"] = dataset.nodes.count
        all["strategies"] = scenario.strategies.count
        all["replications"] = scenario.replications
        let point = DecisionPoint(
            suite: suite, name: name, sizes: all, jobs: jobs, decisions: decisions, compileSeconds: compileSeconds,
            repeats: repeats, nanosecondsPerDecision: median(repeats),
            processorNanosecondsPerDecision: median(processor),
            peakResidentBytes: MachineFacts.peakResidentBytes)
        let figure = String(format: "%.1f", point.nanosecondsPerDecision)
        StandardOutput.note("  \(suite) \(name): \(figure) ns a decision, \(repeats.count) repeats\n")
        return point
    }

    /// Seconds since an instant.
    static func seconds(since start: ContinuousClock.Instant) -> Double {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
