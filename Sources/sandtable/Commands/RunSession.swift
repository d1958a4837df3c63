import ArgumentParser
import Domain
import Experiments
import Explanations
import Foundation
import LinearAlgebra
import Reports
import ScenarioFiles

/// One sitting of a run: the trials that are missing, then the files.
struct RunSession {
    let loaded: LoadedExperiment
    let folder: RunFolder
    let jobs: Int
    let isQuiet: Bool

    private var experiment: Experiment { loaded.experiment }

    /// Runs what is missing and writes the run folder.
    ///
    /// - Throws: `ExitCode` 1 where it was interrupted, with what is done kept; ``OperationError`` where something
    ///   cannot be written.
    func finish() throws -> (Ranking, RunTiming) {
        let started = Date()
        let clock = ContinuousClock.now
        let journalPath = folder.file(RunFolder.Name.journal)
        var collection = experiment.emptyCollection()
        try TrialJournal.recover(path: journalPath, layout: experiment.journalLayout) { collection.enter($0) }
        let resumed = collection.table
        if resumed.doneCount > 0, !isQuiet {
            Console.note("Going on after \(resumed.doneCount) of \(resumed.trialCount) trials.")
        }
        collection = try runTrials(collection, journalPath: journalPath)
        guard collection.isWhole else { throw interrupted(collection.table) }
        let execution = RunManifest.Execution(
            started: started.formatted(.iso8601), finished: Date().formatted(.iso8601),
            wallSeconds: (ContinuousClock.now - clock).seconds,
            decisions: collection.table.decisionCount - resumed.decisionCount, trialsResumed: resumed.doneCount,
            jobs: jobs, host: Machine.host, system: Machine.system, processor: Machine.processor,
            cores: Machine.coreCount, blas: BLAS.openBLASDescription, vectorUnit: experiment.vectorUnit.rawValue)
        if !isQuiet { note(execution, trials: resumed.trialCount - resumed.doneCount) }
        let ranking = experiment.ranking(of: collection.table, fidelity: try experiment.fidelity())
        try write(ranking, collection: collection, execution: execution)
        return (ranking, execution.timing)
    }

    private func runTrials(_ collection: TrialCollection, journalPath: String) throws -> TrialCollection {
        let stop = StopFlag()
        let progress = ProgressBar(isQuiet: isQuiet)
        let interrupts = Interrupts(raising: stop) {
            progress.clear()
            Console.note("Stopping after the trials in hand; once more ends it at once.")
        }
        let experiment = experiment
        let grid = try experiment.grid(jobs: jobs, stop: stop) { progress.show($0) }
        let layout = experiment.journalLayout
        defer { progress.clear() }
        return try withExtendedLifetime(interrupts) {
            try grid.run(collection, journal: try TrialJournal(path: journalPath, layout: layout)) { unit in
                try experiment.rows(of: unit)
            }
        }
    }

    private func interrupted(_ table: TrialTable) -> any Error {
        Console.note(
            "Interrupted: \(table.doneCount) of \(table.trialCount) trials are kept in \(folder.path). "
                + "The same command with --resume goes on.")
        return ExitCode(1)
    }

    private func note(_ execution: RunManifest.Execution, trials: Int) {
        let timing = execution.timing
        Console.note(
            "\(NumberText.count(trials)) trials, \(NumberText.count(timing.decisions)) decisions in "
                + "\(NumberText.duration(seconds: timing.wallSeconds)): "
                + "\(NumberText.count(Int(timing.decisionsPerSecond))) decisions/s on \(jobs) "
                + (jobs == 1 ? "thread" : "threads"))
    }

    private func write(
        _ ranking: Ranking, collection: TrialCollection, execution: RunManifest.Execution
    ) throws {
        let scenario = experiment.scenario
        var manifest = RunManifest(
            run: ranking.run, runHash: ranking.runHash,
            scenario: RunManifest.ScenarioSource(
                name: scenario.name, path: loaded.path, overrides: loaded.options.overrides,
                selectedStrategies: loaded.options.strategies),
            dataset: RunManifest.DatasetSource(
                name: ranking.dataset.name, path: Machine.absolute(scenario.datasetPath),
                contentHash: ranking.dataset.contentHash),
            seed: ranking.seed, replications: ranking.replications, strategies: collection.table.strategies,
            execution: execution)
        try folder.write(try FileText.read(loaded.path), as: RunFolder.Name.scenario, into: &manifest)
        try folder.write(scenario.canonicalText, as: RunFolder.Name.resolved, into: &manifest)
        manifest.files[RunFolder.Name.trials] = try ResultTables.writeTrials(
            collection.table, to: folder.file(RunFolder.Name.trials))
        if !scenario.cuts.isEmpty {
            manifest.files[RunFolder.Name.segments] = try ResultTables.writeSegments(
                collection.segments, strategies: collection.table.strategies, cuts: scenario.cuts.map(\.rawValue),
                columns: experiment.segmentColumns, to: folder.file(RunFolder.Name.segments))
        }
        manifest.files[RunFolder.Name.rankingTable] = try ResultTables.writeRanking(
            ranking, to: folder.file(RunFolder.Name.rankingTable))
        try folder.write(RankingPicture(ranking).svg, as: RunFolder.Name.picture, into: &manifest)
        let input = ReportInput(
            ranking: ranking, scenario: scenario, quality: experiment.dataset.quality, scenarioPath: loaded.path,
            options: loaded.options.commandLine)
        let report = RunReport.markdown(of: input)
        try folder.write(report, as: RunFolder.Name.report, into: &manifest)
        try folder.write(try page(input, manifest: manifest), as: RunFolder.Name.page, into: &manifest)
        try folder.write(try ResultCoding.json(ranking), as: RunFolder.Name.ranking, into: &manifest)
        try folder.complete(manifest)
    }

    /// report.html: the report, its first world, and one decision of the recommended strategy, or of the first, that the
    /// baseline (the second, where it is the baseline itself) took otherwise.
    private func page(_ input: ReportInput, manifest: RunManifest) throws -> String {
        let scenario = experiment.scenario
        let ranking = input.ranking
        let world = try experiment.world(replication: 0)
        let view = try WorldView(
            world, scenario: scenario.name, dataset: experiment.dataset, settings: scenario.settings)
        let names = scenario.strategies.map(\.name)
        let best = ranking.recommended ?? ranking.strategies.first?.name
        let other = ranking.baseline == best ? ranking.strategies.first { $0.name != best }?.name : ranking.baseline
        var explanation: DecisionExplanation?
        if let strategy = names.firstIndex(where: { $0 == best }), let rival = names.firstIndex(where: { $0 == other }),
            let order = TellingOrder.find(in: experiment, world: world, strategy: strategy, against: rival)
        {
            explanation = try DecisionExplainer(experiment: experiment, strategy: strategy, replication: 0)
                .explain(DecisionExplainer.Question(order: order))
        }
        let execution = manifest.execution
        return RunPage(
            input: input, world: view, explanation: explanation,
            facts: [
                ("run", manifest.run), ("hash", manifest.runHash), ("scenario", manifest.scenario.path),
                ("dataset", "\(manifest.dataset.name), \(manifest.dataset.contentHash)"),
                ("seed", String(manifest.seed)), ("worlds", String(manifest.replications)),
                ("version", "\(CodeVersion.version), results revision \(CodeVersion.resultRevision)"),
                ("finished", execution.finished), ("threads", String(execution.jobs)),
                ("processor", execution.processor), ("vectors", experiment.vectorUnit.rawValue),
                ("BLAS", execution.blas),
            ]
        ).html
    }
}
