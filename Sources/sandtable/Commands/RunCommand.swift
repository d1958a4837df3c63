import ArgumentParser
import Domain
import Experiments
import Foundation
import Reports
import Storage

/// `sandtable run`: the main job.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Replay a scenario's orders through its strategies and rank them.",
        discussion: """
            Writes a run folder (report.md, ranking.svg, ranking.json, ranking.csv, trials.csv, manifest.json) and \
            prints the ranking. Ctrl-C leaves what is done; the same command with --resume goes on. A run that is \
            there already is shown and not run again. Exit code 3: done, but the best strategy breaks a guardrail.
            """)

    @OptionGroup var choice: ScenarioChoice

    @Option(help: ArgumentHelp("Threads; all cores unless said otherwise.", valueName: "N"))
    var jobs: Int?
    @Option(help: ArgumentHelp("The run folder, instead of Results/<scenario>-<hash>.", valueName: "dir"))
    var output: String?
    @Flag(help: "Go on with an interrupted run.")
    var resume = false
    @Flag(help: "Run anew, even if the run is there or the folder holds another.")
    var force = false
    @Flag(help: "Print ranking.json with its timing instead of a table.")
    var json = false
    @Flag(help: "Say nothing but the result and errors.")
    var quiet = false

    mutating func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs is at least 1, not \(jobs).") }
        if resume, force {
            throw ValidationError("--resume goes on with a run, --force starts anew: only one of them.")
        }
    }

    func run() throws {
        let loaded = try choice.load()
        let experiment = loaded.experiment
        let folder = RunFolder(path: output ?? "Results/\(experiment.runName)")
        switch folder.state(runHash: experiment.runHash) {
        case .complete where !force:
            if !quiet { Console.note("This run is there already: \(folder.path) (--force runs it again)") }
            let manifest = try folder.manifest()
            return try show(try folder.ranking(), timing: manifest.execution.timing, folder: folder)
        case .interrupted where !resume && !force:
            throw InputError(
                at: SourceLocation(file: folder.path), found: "an interrupted run",
                expected: "--resume to go on with it, or --force to start anew")
        case .another where !force:
            throw InputError(
                at: SourceLocation(file: folder.path), found: "another run",
                expected: "another --output, or --force to replace it")
        default: break
        }
        try folder.create()
        if !resume { try folder.clear() }
        let session = RunSession(loaded: loaded, folder: folder, jobs: jobs ?? Machine.coreCount, isQuiet: quiet)
        do {
            let (ranking, timing) = try session.finish()
            try show(ranking, timing: timing, folder: folder)
        } catch let error as InputError {
            try folder.discard()
            throw error
        }
    }

    /// Prints the result and leaves with 3 where the winner breaks a guardrail.
    private func show(_ ranking: Ranking, timing: RunTiming, folder: RunFolder) throws {
        if json {
            try StandardOutput.write(try ResultCoding.json(TimedRanking(ranking, timing: timing)))
        } else {
            let text = RunSummary(ranking).text(style: Console.outputStyle, width: StandardOutput.terminalColumns)
            try StandardOutput.write(text + "\nReport: \(folder.file(RunFolder.Name.report))\n")
        }
        if !quiet {
            for warning in WeightTrapWarning.sentences(of: ranking) {
                Console.note(Console.noteStyle.apply(.notable, to: "warning:") + " " + warning)
            }
        }
        if ranking.winnerBreaksGuardrail {
            if !quiet { Console.note("The strategy with the best composite breaks a guardrail (exit code 3).") }
            throw ExitCode(3)
        }
    }
}
