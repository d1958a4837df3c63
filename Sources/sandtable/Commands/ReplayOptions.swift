import ArgumentParser
import Domain
import Experiments
import History
import ScenarioFiles

/// How much is replayed for an explanation that writes no run folder, and how its answer is printed.
struct ReplayOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only these strategies, separated by commas.", valueName: "names"))
    var strategies: String?
    @Option(help: ArgumentHelp("Worlds per strategy.", valueName: "N"))
    var replications: Int?
    @Option(help: ArgumentHelp("Seed of all random numbers.", valueName: "S"))
    var seed: UInt64?
    @Option(help: ArgumentHelp("Threads; all cores unless said otherwise.", valueName: "N"))
    var jobs: Int?
    @Flag(help: "Print JSON instead of text.")
    var json = false
    @Flag(help: "Say nothing but the result and errors.")
    var quiet = false

    mutating func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs is at least 1, not \(jobs).") }
    }

    /// The experiment of a scenario with some of its values changed; without cuts, since nothing is written by cell.
    ///
    /// `dataset` is the one read for the same scenario unchanged; where a change names another, that is read. `names` are
    /// the strategies wanted, those of the option where nil.
    func load(
        _ path: String, overrides: [String], sharing dataset: Dataset? = nil, strategies names: [String]? = nil
    ) throws -> Experiment {
        let changed = ScenarioOptions(
            overrides: overrides, strategies: names ?? ScenarioChoice.names(strategies), replications: replications,
            seed: seed)
        let document = try ScenarioDocument.read(path).applying(changed)
        let namesDataset = overrides.contains { $0.hasPrefix("dataset=") }
        let shared = namesDataset ? nil : dataset
        let opened = try shared ?? DatasetReader.open(try document.datasetPath()).dataset
        var scenario = try document.resolve(dataset: opened)
        scenario.cuts = []
        return try Experiment(scenario: scenario, dataset: opened)
    }

    /// Threads to use.
    var jobCount: Int { jobs ?? Machine.coreCount }

    /// Replays every trial of an experiment on all threads.
    func trials(of experiment: Experiment) throws -> TrialTable {
        let progress = ProgressBar(isQuiet: quiet)
        defer { progress.clear() }
        let grid = TrialGrid(jobs: jobCount) { progress.show($0) }
        return try grid.run(experiment.emptyCollection(), journal: nil) { try experiment.rows(of: $0) }.table
    }
}
