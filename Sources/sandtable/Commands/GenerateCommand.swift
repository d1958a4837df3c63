import ArgumentParser
import Domain
import Generation
import Reports
import Storage

/// `sandtable generate`: a synthetic network and order book from its specification.
struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Generate a synthetic dataset from a specification.",
        discussion: "The same specification, number of orders and seed give the same bytes on any machine.")

    @Argument(help: ArgumentHelp("The specification.", valueName: "spec.yaml"))
    var specification: String
    @Option(help: ArgumentHelp("The dataset's folder; one of the same name is replaced.", valueName: "dir"))
    var output: String
    @Option(help: "How many orders, instead of what the specification says.")
    var orders: Int?
    @Option(help: "The seed, instead of what the specification says.")
    var seed: UInt64?
    @Option(
        help: ArgumentHelp(
            "csv or columns; csv up to a million orders unless given.",
            discussion: "Columns are one file that later commands map into memory as it is.", valueName: "format"))
    var format: Generator.Format?
    @Flag(help: "Say nothing but errors on stderr.")
    var quiet = false

    func run() throws {
        let generator = try Generator(
            try GenerationSpecification(yaml: try FileText.read(specification), file: specification),
            orders: orders, seed: seed)
        var drawn = -1
        let animates = Console.canAnimate && !quiet
        let summary = try generator.write(to: output, format: format) { progress in
            let percent = 100 * progress.ordersDone / max(1, progress.orderCount)
            guard animates, percent > drawn else { return }
            drawn = percent
            StandardOutput.note("\r\(percent) % of \(progress.orderCount) orders")
        }
        if animates { StandardOutput.note("\r\u{1B}[2K") }
        try StandardOutput.write(summary.description + "\n")
        if !quiet { Console.note("Next: sandtable check \(output), sandtable init \(output)") }
    }
}

extension Generator.Format: ExpressibleByArgument {}
