import ArgumentParser
import Domain
import Experiments
import History
import Reports
import ScenarioFiles
import Storage

/// `sandtable check`: is a dataset or a scenario fit to be run?
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Validate a dataset or a scenario and print the data-quality report.")

    @Argument(help: ArgumentHelp("A dataset's folder or a scenario's YAML file.", valueName: "path"))
    var path: String
    @Flag(help: "Warnings are errors.")
    var strict = false
    @Flag(help: "Print the report as JSON.")
    var json = false

    func run() throws {
        let quality: QualityReport
        if FileSystem.facts(path)?.isFolder ?? false {
            quality = try DatasetReader.open(path, strict: strict).quality
        } else {
            let loaded = try LoadedExperiment(
                document: try ScenarioDocument.read(path), path: path, options: ScenarioOptions(), isStrict: strict)
            let scenario = loaded.experiment.scenario
            Console.note(
                "\(path): \(scenario.strategies.count) strategies, \(scenario.replications) worlds, "
                    + "\(NumberText.count(loaded.experiment.plan.visits.count)) orders in the horizon")
            quality = loaded.experiment.dataset.quality
        }
        let text = json ? try ResultCoding.json(quality) : QualityText(quality).text(style: Console.outputStyle)
        try StandardOutput.write(text)
    }
}
