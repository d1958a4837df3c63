import ArgumentParser
import Domain
import Experiments
import Explanations
import Reports
import Storage

/// `sandtable threshold`: at which value of an input another strategy wins.
struct ThresholdCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "threshold",
        abstract: "Find the value of an input at which another strategy wins, or that none does.",
        discussion: """
            Replays the strategies in the same worlds at values spread over the range, says where the winner (by the \
            composite) surely changes, and narrows the place down to a 95 % interval. Writes no files.
            """)

    @Argument(help: ArgumentHelp("The scenario's YAML file.", valueName: "scenario"))
    var scenario: String
    @Option(help: ArgumentHelp("A numeric value of the scenario, named as for --set.", valueName: "path"))
    var input: String
    @Option(help: ArgumentHelp("Least and largest value, such as 0:5.", valueName: "low:high"))
    var range: String
    @Option(help: ArgumentHelp("Values looked at first, spread evenly over the range.", valueName: "N"))
    var points = 9
    @Option(help: ArgumentHelp("Take only values this far apart, such as 1 for a count.", valueName: "step"))
    var step: Double?
    @Option(
        help: ArgumentHelp(
            "Add worlds until a lead of this much composite on both sides of a switch is found in 95 of 100 cases.",
            valueName: "lead"))
    var effect: Double?
    @Option(help: ArgumentHelp("The most worlds that --effect may take; 20 times the replications.", valueName: "N"))
    var maxReplications: Int?
    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Change another value of the scenario; may be repeated.", valueName: "path=value"))
    var overrides: [String] = []
    @OptionGroup var options: ReplayOptions

    mutating func validate() throws {
        if points < 2 { throw ValidationError("--points is at least 2, not \(points).") }
        if let step, !(step > 0) { throw ValidationError("--step is above 0, not \(step).") }
        if let effect, !(effect > 0) { throw ValidationError("--effect is above 0, not \(effect).") }
    }

    func run() throws {
        let range = try bounds()
        guard !["seed", "replications"].contains(input) else {
            throw InputError(
                at: SourceLocation(file: "--input"), found: "'\(input)'",
                expected: "a value that leaves the worlds comparable")
        }
        let plain = try options.load(scenario, overrides: overrides + [setting(range.lowerBound)])
        let names = plain.scenario.strategies.map(\.name)
        guard names.count > 1 else {
            throw InputError(
                at: SourceLocation(file: "--strategies"), found: "one strategy", expected: "two or more to compare")
        }
        guard plain.scenario.replications > 1 else {
            throw InputError(
                at: SourceLocation(file: "--replications"), found: "one world", expected: "two or more")
        }
        var search = SwitchSearch(strategies: names, range: range, worldCount: plain.scenario.replications)
        search.valueCount = points
        search.step = step
        search.effect = effect
        search.worldsMax = maxReplications ?? 20 * plain.scenario.replications
        let progress = WorldProgress(isQuiet: options.quiet)
        let sweep = InputSweep(strategies: names, work: progress.work(jobs: options.jobCount)) { value, names in
            try options.load(
                scenario, overrides: overrides + [setting(value)], sharing: plain.dataset, strategies: names)
        }
        let report = try search.report { value, strategies, worlds in
            progress.begin("\(input) = \(NumberText.stated(value))", worlds: worlds.count)
            return try sweep.composites(at: value, strategies: strategies, worlds: worlds)
        }
        progress.clear()
        let threshold = Threshold(scenario: plain, input: input, search: search, result: report)
        if options.json {
            try StandardOutput.write(try ResultCoding.json(threshold))
        } else {
            try StandardOutput.write(ThresholdText(threshold).text(style: Console.outputStyle))
        }
    }

    /// The override that gives the input a value.
    private func setting(_ value: Double) -> String { "\(input)=\(plainNumber(value))" }

    /// `low:high`.
    private func bounds() throws(InputError) -> ClosedRange<Double> {
        let parts = range.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
        guard parts.count == 2, let low = parts[0], let high = parts[1], low.isFinite, high.isFinite, low < high else {
            throw InputError(
                at: SourceLocation(file: "--range"), found: "'\(range)'", expected: "low:high, such as 0:5")
        }
        return low...high
    }
}
