import ArgumentParser
import Domain
import Experiments
import Explanations
import Reports
import Storage

/// `sandtable explain`: why a strategy chose as it did for one order, and what would have changed it.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain one decision of a finished run.",
        discussion: """
            Says which constraint removed which candidate, what each rating contributed to the choice against every other \
            candidate, the smallest change of each input that would have changed the choice (verified by deciding again), \
            and what the second best choice would have done to this order and all others in the same world.
            """)

    @Argument(help: ArgumentHelp("The folder of the run.", valueName: "run"))
    var folder: String
    @Option(help: ArgumentHelp("The order.", valueName: "id"))
    var order: String
    @Option(
        help: ArgumentHelp(
            "Which copy of it, from 0, where demand is sampled (default: the one placed first).", valueName: "J"))
    var copy: Int?
    @Option(help: ArgumentHelp("The strategy (default: the recommended one, else the first).", valueName: "name"))
    var strategy: String?
    @Option(help: ArgumentHelp("The world, from 0.", valueName: "R"))
    var replication = 0
    @Option(help: ArgumentHelp("Which decision of the order, from 0 (default: the last that shipped).", valueName: "N"))
    var decision: Int?
    @Option(help: ArgumentHelp("Try this node instead (default: the second best).", valueName: "node"))
    var against: String?
    @Option(
        help: ArgumentHelp(
            "An input that stays as it is, such as weight or congestion.Ningbo; may be repeated.", valueName: "input"))
    var freeze: [String] = []
    @Option(help: ArgumentHelp("Write contributions.svg and waterfall.svg into this folder.", valueName: "dir"))
    var output: String?
    @Flag(help: "Print the explanation as JSON.")
    var json = false

    func run() throws {
        let run = FinishedRun(path: folder)
        let manifest = try run.folder.manifest()
        let name = try strategy ?? run.bestStrategy()
        let index = try run.strategyIndex(name, in: manifest)
        try run.check(replication: replication, in: manifest)
        let experiment = try run.experiment(manifest: manifest)
        let explainer = try DecisionExplainer(experiment: experiment, strategy: index, replication: replication)
        let explanation = try explainer.explain(
            DecisionExplainer.Question(
                order: order, copy: copy, decision: decision, against: against, frozen: freeze))
        if let output {
            try FileSystem.createFolder(output)
            for picture in DecisionPictures.all(of: explanation) {
                try AtomicFile.write(picture.svg, to: output + "/" + picture.name)
                Console.note("\(output)/\(picture.name): \(picture.title)")
            }
        }
        if json {
            try StandardOutput.write(try ResultCoding.json(explanation))
        } else {
            try StandardOutput.write(DecisionText(explanation).text(style: Console.outputStyle))
        }
    }
}
