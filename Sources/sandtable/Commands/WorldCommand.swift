import ArgumentParser
import Domain
import Experiments
import Reports
import Storage

/// `sandtable world`: the worlds a scenario samples.
struct WorldCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "world", abstract: "Look at the worlds a scenario samples.",
        subcommands: [WorldShowCommand.self, WorldExportCommand.self])
}

/// `sandtable world show`: one world as marks in the terminal, as JSON, and as a picture.
struct WorldShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show storms, warnings, roads, demand and outages of one world.",
        discussion: """
            The world is the one that every strategy meets in that replication: a function of scenario, seed and index alone.
            """)

    @OptionGroup var choice: ScenarioChoice
    @Option(help: ArgumentHelp("The world, from 0.", valueName: "R"))
    var replication = 0
    @Option(help: ArgumentHelp("Write world.svg into this folder.", valueName: "dir"))
    var output: String?
    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        guard replication >= 0 else {
            throw InputError(
                at: SourceLocation(file: "--replication"), found: "\(replication)", expected: "0 or more")
        }
        let experiment = try choice.load().experiment
        let view = try WorldView(
            try experiment.world(replication: replication), scenario: experiment.scenario.name,
            dataset: experiment.dataset, settings: experiment.scenario.settings)
        if let output {
            try FileSystem.createFolder(output)
            try AtomicFile.write(WorldPicture(view).svg, to: output + "/world.svg")
            Console.note("\(output)/world.svg: \(WorldPicture(view).title)")
        }
        try StandardOutput.write(
            json ? try ResultCoding.json(view) : WorldText(view).text(style: Console.outputStyle))
    }
}
