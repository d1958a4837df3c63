import Domain
import Experiments
import Foundation
import LinearAlgebra
import Storage

/// Measures how long a decision takes, how fast tables are read and how much memory that needs; JSON on stdout.
///
/// `Benchmarks kernel NAME` runs one ``Kernel`` instead, for the regression check of instruction counts.
@main
enum Benchmarks {
    static func main() {
        StandardOutput.ignoreBrokenPipes()
        BLAS.useSingleThread()
        do {
            try run(Array(CommandLine.arguments.dropFirst()))
        } catch let error as UsageError {
            leave(error.description + "\n\n" + BenchmarkOptions.usage, code: 64)
        } catch {
            leave("\(error)", code: 1)
        }
    }

    private static func run(_ words: [String]) throws {
        if let name = try Kernel.name(in: words) {
            try StandardOutput.write("\(name.rawValue) \(try name.run())\n")
            return
        }
        let options = try BenchmarkOptions(words)
        if options.asksForHelp {
            try StandardOutput.write(BenchmarkOptions.usage + "\n")
            return
        }
        let text = try ResultCoding.json(try measure(options))
        if let output = options.output {
            try AtomicFile.write(text, to: output)
        } else {
            try StandardOutput.write(text)
        }
    }

    /// All suites that are asked for, one after the other in the order of their list.
    private static func measure(_ options: BenchmarkOptions) throws -> BenchmarkReport {
        var report = BenchmarkReport(isQuick: options.isQuick)
        let bench = try Workbench(options)
        for suite in Suite.allCases where options.suites.contains(suite) {
            StandardOutput.note("\(suite.rawValue)\n")
            switch suite {
            case .yangtzeDelta: try RecordedSuites.yangtzeDelta(bench, into: &report)
            case .olist: try RecordedSuites.olist(bench, into: &report)
            case .ors1: try RecordedSuites.ors1(bench, into: &report)
            case .growth: try GrowthSuite.run(bench, into: &report)
            case .scoring: try ScoringSuite.run(bench, into: &report)
            case .imports: try ImportSuite.run(bench, into: &report)
            }
        }
        for skipped in report.skipped { StandardOutput.note("skipped \(skipped.suite): \(skipped.reason)\n") }
        return report
    }

    private static func leave(_ message: String, code: Int32) -> Never {
        StandardOutput.note(message + "\n")
        exit(code)
    }
}

/// What is measured together.
enum Suite: String, CaseIterable {
    /// The committed dataset: all strategies of its scenario, then each scored one alone.
    case yangtzeDelta = "yangtze-delta"
    /// The Olist orders, where they have been imported.
    case olist
    /// ORS-1, where `Scripts/ors1` has made its dataset.
    case ors1
    /// One size after the other grown on synthetic datasets.
    case growth
    /// Exogenous scores, beside what the machine's matrix product takes for them.
    case scoring
    /// Tables to cache.
    case imports
}
