import ArgumentParser
import Domain
import Importers
import Reports
import Storage

/// `sandtable import`: raw exports to a dataset.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Turn raw exports into a dataset.",
        subcommands: [ImportOlistCommand.self, ImportTableCommand.self])
}

/// `sandtable import olist`.
struct ImportOlistCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "olist",
        abstract: "Import the tables of the Olist e-commerce data set.",
        discussion: "Settings and their defaults: sandtable list importers.")

    @Argument(help: ArgumentHelp("The folder of the tables.", valueName: "src"))
    var source: String
    @Option(help: ArgumentHelp("The dataset's folder.", valueName: "dir"))
    var output: String
    @Option(name: .customLong("set"), help: ArgumentHelp("Change a setting.", valueName: "name=value"))
    var settings: [String] = []
    @OptionGroup var manner: ImportManner

    func run() throws {
        var pairs: [(name: String, value: String)] = []
        for setting in settings {
            let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw InputError(
                    at: SourceLocation(file: "--set"), found: "'\(setting)'", expected: "name=value, as in hubs=30")
            }
            pairs.append((parts[0], parts[1]))
        }
        try manner.run(
            try ImporterCatalogue.importer(named: "olist"), sources: [source], settings: pairs, output: output)
    }
}

/// `sandtable import table`.
struct ImportTableCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table",
        abstract: "Import any CSV exports, by a map of columns, units, date formats and defaults.",
        discussion: "--suggest prints a first map made from the headers and a sample of the values.")

    @Argument(help: ArgumentHelp("Files, or folders of files.", valueName: "src"))
    var sources: [String]
    @Option(help: ArgumentHelp("The map file.", valueName: "map.yaml"))
    var map: String?
    @Flag(help: "Print a first map for these sources and do nothing else.")
    var suggest = false
    @Option(help: ArgumentHelp("The dataset's folder.", valueName: "dir"))
    var output: String?
    @OptionGroup var manner: ImportManner

    mutating func validate() throws {
        if sources.isEmpty { throw ValidationError("Name at least one file or folder to import.") }
        if suggest { return }
        if map == nil {
            throw ValidationError("--map MAP.yaml says what the columns mean; --suggest writes a first one.")
        }
        if output == nil { throw ValidationError("--output DIR says where the dataset goes.") }
    }

    func run() throws {
        guard !suggest, let map, let output else {
            try StandardOutput.write(try TableImporter().suggestedMap(sources: sources))
            return
        }
        try manner.run(
            try ImporterCatalogue.importer(named: "table"), sources: sources, settings: [("map", map)],
            output: output)
    }
}

/// What all imports have in common.
struct ImportManner: ParsableArguments {
    @Flag(help: "Replace a dataset that is there.")
    var force = false
    @Flag(help: "Warnings about the sources are errors; nothing is written then.")
    var strict = false

    /// Imports and prints what was found and written.
    func run(
        _ importer: any Importer, sources: [String], settings: [(name: String, value: String)], output: String
    ) throws {
        var log = FindingLog()
        let summary = try importer.run(
            sources: sources, settings: settings,
            output: ImportOutput(folder: output, isReplacing: force, isStrict: strict), report: &log)
        try StandardOutput.write(ImportText(log: log, summary: summary).text(style: Console.outputStyle))
        Console.note("Dataset: \(output). Next: sandtable check \(output), sandtable init \(output)")
    }
}
