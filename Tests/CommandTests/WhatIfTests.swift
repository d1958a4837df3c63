import Experiments
import Explanations
import Foundation
import Testing

struct WhatIfTests {
    private func result(_ arguments: [String], in folder: ScratchFolder) throws -> WhatIf {
        let process = try SandtableProcess.run(["whatif", "corners.yaml", "--json"] + arguments, in: folder)
        #expect(process.code == 0, "\(process.notes)")
        return try ResultCoding.value(WhatIf.self, json: Array(process.output.utf8), file: "out")
    }

    @Test("Before and after are those of two runs, and the difference is paired by world")
    func sides() throws {
        let folder = try ScratchFolder()
        let change = "costs.late_per_order=50"
        let whatIf = try result(["--set", change], in: folder)
        _ = try SandtableProcess.run(["run", "corners.yaml", "--output", "before"], in: folder)
        _ = try SandtableProcess.run(["run", "corners.yaml", "--set", change, "--output", "after"], in: folder)
        let sides = try ["before", "after"].map { name in
            try ResultCoding.value(
                Ranking.self, json: Array(try folder.text(name + "/ranking.json").utf8), file: name)
        }
        #expect(whatIf.strategies.count == 5)
        for strategy in whatIf.strategies {
            let figure = try #require(strategy.metrics["cost_per_order"])
            let means = sides.map { $0[strategy: strategy.name]?.metrics["cost_per_order"]?.mean }
            #expect(figure.before.mean == means[0])
            #expect(figure.after.mean == means[1])
            let difference = try #require(figure.difference.mean)
            #expect(abs(difference - ((means[1] ?? 0) - (means[0] ?? 0))) < 1e-9)
            // Dearer late orders change no strategy's decisions here, so that the pairs move together.
            #expect(difference > 0)
            #expect((figure.difference.standardError ?? 1) < (figure.after.standardError ?? 0))
            #expect(strategy.metrics["on_time_rate"]?.difference.mean == 0)
        }
        #expect(whatIf.before.winner == sides[0].strategies.first?.name)
        #expect(whatIf.after.winner == sides[1].strategies.first?.name)
    }

    @Test("The answer has the same bytes for any number of threads, and no file is written")
    func threads() throws {
        let folder = try ScratchFolder()
        let arguments = ["whatif", "corners.yaml", "--set", "world.cancellation.hazard_per_hour=0.02"]
        let outputs = try ["1", "3"].map { jobs in
            try SandtableProcess.run(arguments + ["--json", "--jobs", jobs], in: folder).output
        }
        #expect(outputs[0] == outputs[1])
        #expect(try !FileManager.default.contentsOfDirectory(atPath: folder.path).contains("Results"))
        let text = try SandtableProcess.run(arguments + ["--quiet"], in: folder)
        #expect(text.output.contains("Before: "))
        #expect(text.output.contains("± is half a 95 % interval of the paired difference"))
        #expect(text.notes.isEmpty)
    }

    @Test("A change of seed or replications is refused: nothing could be paired")
    func otherWorlds() throws {
        let folder = try ScratchFolder()
        for change in ["seed=3", "replications=3"] {
            let process = try SandtableProcess.run(["whatif", "corners.yaml", "--set", change], in: folder)
            #expect(process.code == 2)
            #expect(process.notes.contains("--set: found a change of the"), "\(process.notes)")
        }
    }
}
