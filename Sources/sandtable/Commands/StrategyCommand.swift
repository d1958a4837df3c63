import ArgumentParser
import Experiments
import Replay
import Reports
import Storage

/// `sandtable strategy`: what a scenario's strategies are.
struct StrategyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "strategy",
        abstract: "Look at a scenario's strategies.",
        subcommands: [StrategyShowCommand.self])
}

/// `sandtable strategy show`: by what ratings and rules each strategy decides, and on which path the replay takes it.
struct StrategyShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show by what each strategy decides, how the replay computes it, and why not faster.",
        discussion: """
            The path changes no choice: `fused` decides and replays orders of one shipment in one loop for up to eight \
            strategies, `ranked` takes the first possible of the ranked nodes, `pruned` does so \
            without scoring nodes too far to be better, `scanned` scans all lanes of the customer's zone by scores \
            computed in blocks, `asked` asks every candidate by itself, `recorded` follows the record.
            """)

    @OptionGroup var choice: ScenarioChoice
    @Flag(help: "Print JSON.")
    var json = false

    /// A strategy as shown.
    struct Shown: Codable {
        /// Its name.
        var name: String
        /// Ratings of its rule sets with their weights, then its constraints.
        var decidesBy: [[String]]
        /// The path's word.
        var path: String
        /// What that means.
        var summary: String
        /// Why no faster one.
        var reasons: [String]
    }

    func run() throws {
        let experiment = try choice.load().experiment
        let plan = experiment.plan
        let world = try experiment.world(replication: 0)
        let shown = plan.strategies.enumerated().map { index, strategy in
            let path = plan.decisionPath(ofStrategy: index, in: world)
            return Shown(
                name: strategy.name, decidesBy: Self.decidesBy(strategy), path: path.kind.rawValue,
                summary: path.kind.summary, reasons: path.reasons)
        }
        try StandardOutput.write(json ? try ResultCoding.json(shown) : Self.text(shown, style: Console.outputStyle))
    }

    /// Weights and rules of each rule set.
    private static func decidesBy(_ strategy: StrategySpecification) -> [[String]] {
        guard case .scored(let ruleSets) = strategy.assignment else { return [] }
        return ruleSets.map { rules in
            rules.ratings.map { "\($0.weight) x \($0.rating.key)" }
                + rules.constraints.map { use in
                    use.constraint.key + (use.softPrice.map { " (or \($0))" } ?? "")
                }
        }
    }

    /// A block of lines a strategy.
    private static func text(_ shown: [Shown], style: TextStyle) -> String {
        shown.map { strategy in
            var text = style.apply(.strong, to: strategy.name) + "\n"
            text += "  path  \(strategy.path): \(strategy.summary)\n"
            for reason in strategy.reasons { text += "        since \(reason)\n" }
            for (index, rules) in strategy.decidesBy.enumerated() {
                text += "  \(index == 0 ? "by  " : "else")  \(rules.joined(separator: ", "))\n"
            }
            return text
        }.joined(separator: "\n")
    }
}
