import Domain
import Experiments
import History
import ScenarioFiles
import Storage

/// A finished run, and the experiment it was made of.
struct FinishedRun {
    let folder: RunFolder

    init(path: String) {
        folder = RunFolder(path: path)
    }

    /// The recommended strategy, else the one ranked first.
    func bestStrategy() throws(InputError) -> String {
        let ranking = try folder.ranking()
        guard let best = ranking.strategies.first(where: \.recommended) ?? ranking.strategies.first else {
            throw InputError(
                at: SourceLocation(file: folder.path), found: "a ranking without strategies",
                expected: "the folder of a finished run")
        }
        return best.name
    }

    /// Position of a strategy of the run; `option` is what names it on the command line.
    func strategyIndex(
        _ name: String, in manifest: RunManifest, option: String = "--strategy"
    ) throws(InputError) -> Int {
        guard let index = manifest.strategies.firstIndex(of: name) else {
            throw InputError(
                at: SourceLocation(file: option), unknown: "strategy", word: name, among: manifest.strategies)
        }
        return index
    }

    /// Throws for a world that the run does not have.
    func check(replication: Int, in manifest: RunManifest) throws(InputError) {
        guard (0..<manifest.replications).contains(replication) else {
            throw InputError(
                at: SourceLocation(file: "--replication"), found: "\(replication)",
                expected: "from 0 to \(manifest.replications - 1)")
        }
    }

    /// The experiment the run was made of.
    ///
    /// - Throws: `InputError` where dataset or code have changed since.
    func experiment(manifest: RunManifest) throws -> Experiment {
        let options = ScenarioOptions(
            overrides: manifest.scenario.overrides, strategies: manifest.scenario.selectedStrategies,
            replications: manifest.replications, seed: manifest.seed)
        let document = try ScenarioDocument(
            text: try folder.scenarioText(), path: folder.file(RunFolder.Name.scenario),
            original: manifest.scenario.path
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
                at: SourceLocation(file: folder.path),
                found: "a run of version \(manifest.version), revision \(manifest.resultRevision)",
                expected: "one of version \(CodeVersion.version), revision \(CodeVersion.resultRevision)")
        }
        return experiment
    }
}
