import ArgumentParser
import Domain
import Experiments
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
        let run = FinishedRun(path: folder)
        let manifest = try run.folder.manifest()
        let index = try run.strategyIndex(strategy, in: manifest)
        try run.check(replication: replication, in: manifest)
        let experiment = try run.experiment(manifest: manifest)
        let rerun = TrialRerun(experiment: experiment, strategy: index, replication: replication)
        try FileSystem.createFolder(FileSystem.parent(of: orders))
        let row = try rerun.write(to: orders)
        let trials = run.folder.file(RunFolder.Name.trials)
        let recorded = try ResultTables.trialValues(in: trials, strategy: strategy, replication: replication)
        // Compared as text: what is undefined is blank in both, any other difference counts.
        guard recorded == row.values.map({ $0.isNaN ? "" : $0.shortText }) else {
            throw OperationError("the trial gives other figures than \(trials); its shipments are in \(orders)")
        }
        Console.note("\(orders): strategy \(strategy), world \(replication); the figures are those of the run.")
    }
}
