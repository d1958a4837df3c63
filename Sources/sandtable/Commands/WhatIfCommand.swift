import ArgumentParser
import Domain
import Experiments
import Explanations
import Reports
import ScenarioFiles
import Storage

/// `sandtable whatif`: a change and the scenario as it is, side by side in the same worlds.
struct WhatIfCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whatif",
        abstract: "Replay a scenario as it is and changed in the same worlds, and compare.",
        discussion: """
            Prints for every strategy each report metric before and after with the paired difference, and which strategy \
            wins before and after. Writes no files.
            """)

    @Argument(help: ArgumentHelp("The scenario's YAML file.", valueName: "scenario"))
    var scenario: String
    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("The change, such as outage_detection_minutes=60; may be repeated.", valueName: "path=value")
    )
    var changes: [String]
    @OptionGroup var options: ReplayOptions

    func run() throws {
        let before = try options.load(scenario, overrides: [])
        let after = try options.load(scenario, overrides: changes, sharing: before.dataset)
        try WhatIf.checkSameWorlds(before, after)
        let result = try WhatIf(
            changes: changes, before: before, after: after, trialsBefore: try options.replayed(before),
            trialsAfter: try options.replayed(after))
        if options.json {
            try StandardOutput.write(try ResultCoding.json(result))
        } else {
            try StandardOutput.write(WhatIfText(result).text(style: Console.outputStyle))
        }
    }
}
