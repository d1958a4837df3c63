import ArgumentParser
import Domain
import Experiments
import History
import ScenarioFiles
import Storage

/// `sandtable trial`: one trial of a run again, with everything that happened in it.
struct TrialCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trial",
        abstract: "Run one trial of a finished run again and write a row per shipment.",
        discussion: """
            The row says what was decided, every time (local and in seconds from the dataset's start), the parts of the \
            cost and what became of the order; an order without a shipment has one row. Figures of the order stand in its \
            first row only.
            """)

    @Argument(help: ArgumentHelp("The folder of the run.", valueName: "run"))
    var folder: String
    @Option(help: ArgumentHelp("The strategy.", valueName: "name"))
    var strategy: String
    @Option(help: ArgumentHelp("The world, from 0.", valueName: "R"))
    var replication: Int
    @Option(help: ArgumentHelp("The CSV file to write (.gz and .zst compress).", valueName: "file"))
    var orders: String

    func run() throws {
        let run = RunFolder(path: folder)
        let manifest = try run.manifest()
        guard let index = manifest.strategies.firstIndex(of: strategy) else {
            throw InputError(
                at: SourceLocation(file: "--strategy"), unknown: "strategy", word: strategy,
                among: manifest.strategies)
        }
        guard (0..<manifest.replications).contains(replication) else {
            throw InputError(
                at: SourceLocation(file: "--replication"), found: "\(replication)",
                expected: "from 0 to \(manifest.replications - 1)")
        }
        let experiment = try Self.experiment(of: run, manifest: manifest)
        let rerun = TrialRerun(experiment: experiment, strategy: index, replication: replication)
        try FileSystem.createFolder(FileSystem.parent(of: orders))
        let row = try rerun.write(to: orders)
        let trials = run.file(RunFolder.Name.trials)
        let recorded = try ResultTables.trialValues(in: trials, strategy: strategy, replication: replication)
        // Compared as text: what is undefined is blank in both, any other difference counts.
        guard recorded == row.values.map({ $0.isNaN ? "" : $0.shortText }) else {
            throw OperationError("the trial gives other figures than \(trials); its shipments are in \(orders)")
        }
        Console.note("\(orders): strategy \(strategy), world \(replication); the figures are those of the run.")
    }

    /// The experiment a run was made of.
    private static func experiment(of run: RunFolder, manifest: RunManifest) throws -> Experiment {
        let options = ScenarioOptions(
            overrides: manifest.scenario.overrides, strategies: manifest.scenario.selectedStrategies,
            replications: manifest.replications, seed: manifest.seed)
        let document = try ScenarioDocument(
            text: try run.scenarioText(), path: run.file(RunFolder.Name.scenario), original: manifest.scenario.path
        ).applying(options)
        let dataset = try DatasetReader.open(manifest.dataset.path).dataset
        guard dataset.contentHash == manifest.dataset.contentHash else {
            throw InputError(
                at: SourceLocation(file: manifest.dataset.path), found: "a dataset that has changed since the run",
                expected: "the one the run was made of (content \(manifest.dataset.contentHash.prefix(12)))")
        }
        let experiment = try Experiment(scenario: try document.resolve(dataset: dataset), dataset: dataset)
        guard experiment.runHash == manifest.runHash else {
            throw InputError(
                at: SourceLocation(file: run.path),
                found: "a run of version \(manifest.version), revision \(manifest.resultRevision)",
                expected: "one of version \(CodeVersion.version), revision \(CodeVersion.resultRevision)")
        }
        return experiment
    }
}
