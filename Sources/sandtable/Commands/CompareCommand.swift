import ArgumentParser
import Domain
import Experiments
import Explanations
import Replay
import Reports
import Storage

/// `sandtable compare`: why one strategy of a run differs from another.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Say where the difference of two strategies of a run comes from.",
        discussion: """
            Splits the difference of a metric over segments so that the parts add up, lists orders that the two treat \
            differently, and says how much weather, traffic, demand ... make of it (Shapley values: every combination is \
            replayed). Writes no files.
            """)

    @Argument(help: ArgumentHelp("The folder of the run.", valueName: "run"))
    var folder: String
    @Argument(help: ArgumentHelp("A strategy.", valueName: "a"))
    var first: String
    @Argument(help: ArgumentHelp("The strategy it is compared with.", valueName: "b"))
    var second: String
    @Option(
        help: ArgumentHelp(
            "A metric, or composite; the objective with the largest weight unless said otherwise.", valueName: "key"))
    var metric: String?
    @Option(help: ArgumentHelp("What the orders are cut by, separated by commas.", valueName: "cuts"))
    var by = "region,hour,weather,segment"
    @Option(help: ArgumentHelp("Worlds to use, from the first; all unless said otherwise.", valueName: "N"))
    var replications: Int?
    @Option(help: ArgumentHelp("Differing orders to show; none leaves the orders uncompared.", valueName: "N"))
    var orders = 10
    @Flag(inversion: .prefixedNo, help: "Replay every combination of the parts of the world.")
    var factors = true
    @Option(help: ArgumentHelp("Threads; all cores unless said otherwise.", valueName: "N"))
    var jobs: Int?
    @Flag(help: "Print JSON instead of text, with every segment.")
    var json = false
    @Flag(help: "Say nothing but the result and errors.")
    var quiet = false

    mutating func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs is at least 1, not \(jobs).") }
        if orders < 0 { throw ValidationError("--orders is at least 0, not \(orders).") }
    }

    func run() throws {
        let run = FinishedRun(path: folder)
        let manifest = try run.folder.manifest()
        let a = try run.strategyIndex(first, in: manifest, option: "<a>")
        let b = try run.strategyIndex(second, in: manifest, option: "<b>")
        guard a != b else {
            throw InputError(at: SourceLocation(file: "<b>"), found: "'\(second)' again", expected: "another strategy")
        }
        let worlds = try worlds(of: manifest)
        let experiment = try run.experiment(manifest: manifest)
        let comparer = try StrategyComparer(
            experiment, first: a, second: b,
            metric: metric ?? ComparedFigure.heaviestObjective(of: experiment), cuts: try cuts())
        let progress = WorldProgress(isQuiet: quiet)
        let work = progress.work(jobs: jobs ?? Machine.coreCount)
        progress.begin("Replaying \(first) and \(second)", worlds: worlds.count)
        let results = try comparer.replay(worlds, exampleCount: orders > 0 ? orders : nil, work: work)
        try check(results, against: run)
        var attribution: FactorAttribution?
        if factors {
            let groups = FactorAttribution.groups(of: comparer.experiment).count
            progress.begin("Replaying \(1 << groups) combinations", worlds: worlds.count)
            attribution = try comparer.factors(worlds, work: work)
        }
        progress.clear()
        let comparison = try comparer.comparison(
            run: manifest.run, worlds: worlds, results: results, factors: attribution)
        if json {
            try StandardOutput.write(try ResultCoding.json(comparison))
        } else {
            try StandardOutput.write(ComparisonText(comparison, folder: folder).text(style: Console.outputStyle))
        }
    }

    private func worlds(of manifest: RunManifest) throws(InputError) -> Range<Int> {
        let all = manifest.replications
        guard let replications else { return 0..<all }
        guard (1...all).contains(replications) else {
            throw InputError(
                at: SourceLocation(file: "--replications"), found: "\(replications)",
                expected: "from 1 to \(all), the worlds of the run")
        }
        return 0..<replications
    }

    private func cuts() throws(InputError) -> [Cut] {
        var cuts: [Cut] = []
        for word in ScenarioChoice.names(by) ?? [] {
            guard let cut = Cut(rawValue: word) else {
                throw InputError(
                    at: SourceLocation(file: "--by"), unknown: "cut", word: word, among: Cut.allCases.map(\.rawValue))
            }
            if !cuts.contains(cut) { cuts.append(cut) }
        }
        guard !cuts.isEmpty else {
            throw InputError(at: SourceLocation(file: "--by"), found: "nothing", expected: "names of cuts")
        }
        return cuts
    }

    /// That the trials have the figures they had in the run.
    private func check(_ results: [StrategyComparer.WorldResult], against run: FinishedRun) throws {
        let trials = run.folder.file(RunFolder.Name.trials)
        for row in results.flatMap(\.rows) where row.replication == 0 {
            let recorded = try ResultTables.trialValues(
                in: trials, strategy: row.strategy == 0 ? first : second, replication: row.replication)
            guard recorded == row.values.map({ $0.isNaN ? "" : $0.shortText }) else {
                throw OperationError("the trials give other figures than \(trials)")
            }
        }
    }
}
