import ArgumentParser
import Domain
import Experiments
import History
import Replay
import ScenarioFiles

/// Which trials of a scenario are replayed.
struct TrialChoice: ParsableArguments {
    @Option(help: ArgumentHelp("Only these strategies, separated by commas.", valueName: "names"))
    var strategies: String?
    @Option(help: ArgumentHelp("Worlds per strategy.", valueName: "N"))
    var replications: Int?
    @Option(help: ArgumentHelp("Seed of all random numbers.", valueName: "S"))
    var seed: UInt64?

    /// The scenario's options; `names` are the strategies wanted, those of the option where nil.
    func options(overrides: [String], strategies names: [String]? = nil) -> ScenarioOptions {
        ScenarioOptions(
            overrides: overrides, strategies: names ?? ScenarioChoice.names(strategies), replications: replications,
            seed: seed)
    }
}

/// A scenario and what the command line changes of it.
struct ScenarioChoice: ParsableArguments {
    @Argument(help: ArgumentHelp("The scenario's YAML file.", valueName: "scenario"))
    var scenario: String
    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Change a value, such as strategies[balanced].weights.freight=2.", valueName: "path=value"))
    var overrides: [String] = []
    @OptionGroup var trials: TrialChoice
    @Option(help: ArgumentHelp("Also write segments.csv, cut by these, separated by commas.", valueName: "cuts"))
    var by: String?
    @Flag(help: "Warnings of the data-quality report are errors.")
    var strict = false

    /// Names separated by commas, blanks around them left out; nil where the option is not given.
    static func names(_ text: String?) -> [String]? {
        text?.split(separator: ",").map { String($0.trimmed) }.filter { !$0.isEmpty }
    }

    /// `--set` and what amounts to it.
    func allOverrides() throws(InputError) -> [String] {
        guard let cuts = Self.names(by) else { return overrides }
        for cut in cuts where Cut(rawValue: cut) == nil {
            throw InputError(
                at: SourceLocation(file: "--by"), unknown: "cut", word: cut, among: Cut.allCases.map(\.rawValue))
        }
        return overrides + ["report.by=[\(cuts.joined(separator: ", "))]"]
    }

    /// The experiment with where it came from.
    func load() throws -> LoadedExperiment {
        let options = trials.options(overrides: try allOverrides())
        return try LoadedExperiment(
            document: try ScenarioDocument.read(scenario).applying(options), path: scenario, options: options,
            isStrict: strict)
    }
}

extension Substring {
    /// Without blanks at its ends.
    fileprivate var trimmed: Substring {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return start.prefix(0) }
        return start[...last]
    }
}

extension ScenarioOptions {
    /// The options as words of a command, to make the run again.
    var commandLine: [String] {
        var words: [String] = overrides.flatMap { ["--set", $0] }
        if let strategies { words += ["--strategies", strategies.joined(separator: ",")] }
        if let replications { words += ["--replications", String(replications)] }
        if let seed { words += ["--seed", String(seed)] }
        return words
    }
}

/// An experiment and where it came from.
struct LoadedExperiment {
    let experiment: Experiment
    /// The scenario's file, as it was named.
    let path: String
    /// How the command line changed it.
    let options: ScenarioOptions

    /// Reads the dataset, resolves the scenario, compiles both.
    init(document: ScenarioDocument, path: String, options: ScenarioOptions, isStrict: Bool) throws {
        let dataset = try DatasetReader.open(try document.datasetPath(), strict: isStrict).dataset
        let scenario = try document.resolve(
            dataset: dataset, baselineFigures: Experiment.baselineFigures(dataset: dataset))
        experiment = try Experiment(scenario: scenario, dataset: dataset)
        self.path = path
        self.options = options
    }
}
