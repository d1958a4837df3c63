import Experiments
import Explanations
import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// `sandtable explain` on the scenario of the README.
struct ExplainTests {
    private static let scenario = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Scenarios/yangtze-delta.yaml").standardized.path

    /// A run of two worlds of three strategies.
    private static func run(in folder: ScratchFolder) throws {
        let process = try SandtableProcess.run(
            [
                "run", scenario, "--strategies", "as_happened,weighted,promise_and_load", "--replications", "2",
                "--output", "run", "--quiet",
            ], in: folder)
        try #require(process.code == 0, "\(process.notes)")
    }

    private func explanation(_ arguments: [String], in folder: ScratchFolder) throws -> DecisionExplanation {
        let process = try SandtableProcess.run(["explain", "run", "--json"] + arguments, in: folder)
        try #require(process.code == 0, "\(process.notes)")
        return try ResultCoding.value(DecisionExplanation.self, json: Array(process.output.utf8), file: "out")
    }

    /// Columns of the first row of an order in a file of `sandtable trial`.
    private func row(ofOrder order: String, strategy: String, in folder: ScratchFolder) throws -> [String: String] {
        _ = try SandtableProcess.run(
            ["trial", "run", "--strategy", strategy, "--replication", "1", "--orders", "orders.csv"], in: folder)
        let lines = try folder.text("orders.csv").split(separator: "\n")
        let line = try #require(lines.first { $0.hasPrefix(order + ",") })
        let fields = line.split(separator: ",", omittingEmptySubsequences: false)
        return Dictionary(
            zip(lines[0].split(separator: ",").map(String.init), fields.map(String.init)), uniquingKeysWith: { $1 })
    }

    @Test(
        "An order of the ice day: what the trial did is explained, adds up, and would have been changed by what is said"
    )
    func iceDay() throws {
        let folder = try ScratchFolder(withFixtures: false)
        try Self.run(in: folder)
        let order = "shaoxing-1-11-6"
        let found = try explanation(
            ["--order", order, "--replication", "1", "--strategy", "promise_and_load"], in: folder)
        let row = try row(ofOrder: order, strategy: "promise_and_load", in: folder)
        let part = try #require(found.contributions.last)
        let chosen = try #require(part.chosen)
        #expect(chosen.node == row["node"] && chosen.service == row["service"])
        #expect(found.consequence?.before.nodes == [chosen.node])
        #expect(found.consequence?.before.status == row["status"])
        let funnel = try #require(found.funnels.last)
        #expect(funnel.candidates == funnel.scored + funnel.removals.reduce(0) { $0 + $1.lanes })
        #expect(part.candidates.count == funnel.candidates)
        for candidate in part.candidates {
            #expect(abs(candidate.contributions.reduce(0, +) - candidate.difference) < 1e-9)
            #expect(!candidate.removals.isEmpty || candidate.difference <= 0)
        }
        let answers = try #require(found.counterfactuals)
        let best = try #require(answers.best)
        #expect(!best.nodes.contains(chosen.node) && best.distance > 0)
        #expect(answers.alone.contains { $0.matters && $0.smallest == nil })
        let consequence = try #require(found.consequence)
        #expect(consequence.node == part.second?.node && consequence.after.nodes == [consequence.node])
    }

    @Test(
        "A weight moved as is said, in the scenario itself, sends the order elsewhere; moved half as far, it does not")
    func weightInTheScenario() throws {
        let folder = try ScratchFolder(withFixtures: false)
        try Self.run(in: folder)
        // The first order of all, so that the other weight has changed nothing before it.
        let book = try SandtableProcess.run(
            ["trial", "run", "--strategy", "promise_and_load", "--replication", "0", "--orders", "orders.csv"],
            in: folder)
        #expect(book.code == 0)
        let order = String(try folder.text("orders.csv").split(separator: "\n")[1].prefix { $0 != "," })
        let found = try explanation(["--order", order, "--strategy", "promise_and_load"], in: folder)
        let chosen = try #require(found.contributions.last?.chosen?.node)
        let answers = try #require(found.counterfactuals?.alone)
        let weights = answers.filter { $0.input.kind == .weight }.compactMap(\.smallest)
        let nearest = weights.min { $0.distance < $1.distance }
        let change = try #require(nearest?.parts.first)
        let name = change.key.dropFirst("weight.".count)
        for (share, isElsewhere) in [(0.5, false), (1.0, true)] {
            let value = change.from + share * (change.to - change.from)
            let changed = try SandtableProcess.run(
                [
                    "run", Self.scenario, "--strategies", "as_happened,promise_and_load", "--replications", "2",
                    "--set", "strategies[promise_and_load].weights.\(name)=\(value)", "--output", "changed-\(share)",
                    "--quiet",
                ], in: folder)
            try #require(changed.code == 0, "\(changed.notes)")
            _ = try SandtableProcess.run(
                [
                    "trial", "changed-\(share)", "--strategy", "promise_and_load", "--replication", "0", "--orders",
                    "changed.csv",
                ], in: folder)
            let lines = try folder.text("changed.csv").split(separator: "\n")
            let line = try #require(lines.first { $0.hasPrefix(order + ",") })
            #expect((!line.contains(",\(chosen),")) == isElsewhere, "\(change) at \(share): \(line)")
        }
    }

    @Test("The text carries the numbers, pictures are written where asked for, and the run stays as it was")
    func textAndPictures() throws {
        let folder = try ScratchFolder(withFixtures: false)
        try Self.run(in: folder)
        let before = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/run").sorted()
        let arguments = ["--order", "wuxi-1-18-7", "--strategy", "weighted", "--freeze", "stock"]
        let found = try explanation(arguments, in: folder)
        let text = try SandtableProcess.run(
            ["explain", "run", "--output", "pictures"] + arguments, in: folder)
        #expect(text.code == 0)
        let chosen = try #require(found.contributions.last?.chosen)
        #expect(text.output.contains("\(chosen.node) by \(chosen.service) took all of it: its score "))
        #expect(text.output.contains("would have been chosen if"))
        #expect(text.output.contains("Of all other orders") || text.output.contains("No other order"))
        #expect(text.output.contains("Kept as they were: stock."))
        #expect(found.counterfactuals?.alone.allSatisfy { $0.input.kind != .stock || $0.smallest == nil } == true)
        for name in ["contributions.svg", "waterfall.svg"] {
            let picture = try folder.text("pictures/" + name)
            #expect(picture.hasPrefix("<svg") && picture.contains(chosen.node))
            #expect(XMLParser(data: Data(picture.utf8)).parse())
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/run").sorted() == before)
    }

    @Test(
        "The node asked for is tried, or it is said why it cannot be; what the record decided is replayed without reasons"
    )
    func against() throws {
        let folder = try ScratchFolder(withFixtures: false)
        try Self.run(in: folder)
        let arguments = ["--order", "wuxi-1-18-7", "--strategy", "weighted"]
        let natural = try explanation(arguments, in: folder)
        let part = try #require(natural.contributions.last)
        let third = try #require(part.candidates.last { $0.removals.isEmpty }?.node)
        let found = try explanation(arguments + ["--against", third], in: folder)
        #expect(found.consequence?.after.nodes == [third] && found.consequence?.obstacle == nil)
        let lacking = try #require(part.candidates.first { $0.removals.first?.hasPrefix("stock") == true }?.node)
        let refused = try explanation(arguments + ["--against", lacking], in: folder)
        #expect(refused.consequence?.obstacle?.contains("fewer than") == true)
        #expect(refused.consequence?.before == refused.consequence?.after && refused.consequence?.otherTimes == 0)
        let recorded = try explanation(["--order", "wuxi-1-18-7", "--strategy", "as_happened"], in: folder)
        #expect(recorded.followsRecord && recorded.contributions.isEmpty && recorded.counterfactuals == nil)
    }

    @Test(
        "Where demand is four times the usual, each copy of an order is explained as such: the same lines, another time"
    )
    func secondCopy() throws {
        let folder = try ScratchFolder(withFixtures: false)
        let process = try SandtableProcess.run(
            [
                "run", Self.scenario, "--strategies", "weighted", "--set", "baseline=weighted", "--replications", "1",
                "--set", "world.demand.multiplier=4", "--output", "run", "--quiet",
            ], in: folder)
        try #require(process.code == 0, "\(process.notes)")
        let question = ["--order", "wuxi-1-18-7", "--strategy", "weighted"]
        let copies = try ["0", "1"].map { try explanation(question + ["--copy", $0], in: folder) }
        #expect(copies[0].lines == copies[1].lines)
        #expect(copies[0].placedAt != copies[1].placedAt)
        // Without a number it is the one placed first.
        let first = try explanation(question, in: folder)
        #expect(first.placedAt <= copies[0].placedAt && first.placedAt <= copies[1].placedAt)
    }

    @Test(
        "What is not there is refused with the nearest that is, exit code 2",
        arguments: [
            (["--order", "nobody"], "such as"), (["--order", "wuxi-1-18-7", "--strategy", "wieghted"], "'weighted'"),
            (["--order", "wuxi-1-18-7", "--against", "wuxi-xinvu"], "'wuxi-xinwu'"),
            (["--order", "wuxi-1-18-7", "--freeze", "weigth"], "'weight'"),
            (["--order", "wuxi-1-18-7", "--decision", "7"], "from 0 to"),
            (["--order", "wuxi-1-18-7", "--replication", "2"], "from 0 to 1"),
            (["--order", "wuxi-1-18-7", "--copy", "1"], "one that world 0 has: 0"),
        ])
    func refusals(arguments: [String], expected: String) throws {
        let folder = try ScratchFolder(withFixtures: false)
        try Self.run(in: folder)
        let process = try SandtableProcess.run(["explain", "run"] + arguments, in: folder)
        #expect(process.code == 2 && process.output.isEmpty)
        #expect(process.notes.contains(expected), "\(process.notes)")
    }
}
