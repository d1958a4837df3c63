import ArgumentParser

@main
struct Sandtable: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandtable",
        abstract: "Replay historical orders through many routing strategies, rank them, and say why.")
}
