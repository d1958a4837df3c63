import ArgumentParser
import Domain
import Experiments
import LinearAlgebra
import Storage

/// The command.
struct Sandtable: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandtable",
        abstract: "Replay historical orders through many routing strategies, rank them, and say why.",
        discussion: """
            Exit codes: 0 done; 1 failed; 2 wrong usage or input; 3 done, but the best strategy breaks a guardrail.
            """,
        version: "sandtable \(CodeVersion.version)",
        subcommands: [
            RunCommand.self, TrialCommand.self, CheckCommand.self, ImportCommand.self,
            ExplainCommand.self, CompareCommand.self, WhatIfCommand.self, ThresholdCommand.self, WorldCommand.self,
            CalibrateCommand.self, GenerateCommand.self, InitCommand.self, ListCommand.self, StrategyCommand.self,
        ])
}

/// Where the process begins.
@main
enum Main {
    static func main() {
        StandardOutput.ignoreBrokenPipes()
        BLAS.useSingleThread()
        do {
            var command = try Sandtable.parseAsRoot()
            try command.run()
        } catch {
            Console.leave(because: error)
        }
    }
}
