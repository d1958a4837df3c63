import ArgumentParser
import Domain
import Experiments
import History
import ScenarioFiles

/// How much is replayed for an explanation that writes no run folder, and how its answer is printed.
struct ReplayOptions: ParsableArguments {
    @OptionGroup var trials: TrialChoice
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
        let document = try ScenarioDocument.read(path).applying(trials.options(overrides: overrides, strategies: names))
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
    func replayed(_ experiment: Experiment) throws -> TrialTable {
        let progress = ProgressBar(isQuiet: quiet)
        defer { progress.clear() }
        let grid = try experiment.grid(jobs: jobCount) { progress.show($0) }
        return try grid.run(experiment.emptyCollection(), journal: nil) { try experiment.rows(of: $0) }.table
    }
}
