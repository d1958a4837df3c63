import ArgumentParser
import Domain
import Experiments
import Reports
import Storage
import Worlds

/// `sandtable world export`: worlds as folders of tables, for other tools and to be read back.
struct WorldExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write worlds as folders of CSV tables.",
        discussion: """
            Without --replications the folder is one world. With it, it has a folder for each of so many worlds from \
            --replication on. A scenario with 'world: {file: DIR}' replays them with the same results to the last bit.
            """)

    @OptionGroup var choice: ScenarioChoice
    @Option(help: ArgumentHelp("The world, or the first of several, from 0.", valueName: "R"))
    var replication = 0
    @Option(help: ArgumentHelp("The folder to write: a new or an empty one.", valueName: "dir"))
    var output: String
    @Option(
        help: ArgumentHelp("Write out what chance does to the first K shipments of every order.", valueName: "K"))
    var noise = 0
    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        try check("--replication", replication, upTo: 1_000_000)
        try check("--noise", noise, upTo: 65_535)
        let loaded = try choice.load()
        let experiment = loaded.experiment
        let export = WorldExport(
            scenario: experiment.scenario.name, dataset: experiment.dataset, settings: experiment.scenario.settings,
            noiseShipments: noise)
        let written: [WorldExport.Written]
        if let count = choice.trials.replications {
            written = try export.write(replication..<(replication + count), to: output) {
                try experiment.world(replication: $0)
            }
        } else {
            written = [try export.write(try experiment.world(replication: replication), to: output)]
        }
        try StandardOutput.write(json ? try ResultCoding.json(written) : text(of: written))
    }

    private func check(_ option: String, _ number: Int, upTo limit: Int) throws {
        guard (0...limit).contains(number) else {
            throw InputError(
                at: SourceLocation(file: option), found: "\(number)", expected: "a whole number from 0 to \(limit)")
        }
    }

    /// A line for each world.
    private func text(of written: [WorldExport.Written]) -> String {
        written.map { world in
            let files = world.files.map { "\($0.name) \($0.rows)" }.joined(separator: ", ")
            return "\(world.folder): world \(world.replication)\(files.isEmpty ? "" : ", rows: \(files)")\n"
        }.joined()
    }
}
