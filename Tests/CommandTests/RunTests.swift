import Foundation
import Storage
import Testing

struct RunTests {
    @Test("A run prints its table on stdout and all else on stderr, and leaves a whole folder")
    func run() throws {
        let folder = try ScratchFolder()
        let result = try SandtableProcess.run(["run", "corners.yaml"], in: folder)
        #expect(result.code == 0, "\(result.notes)")
        let lines = result.output.split(separator: "\n").map(String.init)
        let head = try #require(lines.first { $0.hasPrefix("rank") })
        for word in ["strategy", "composite", "on_time_rate", "cost_per_order", "verdict"] {
            #expect(head.contains(word))
        }
        for name in ["as_happened", "nearest", "cheapest", "fastest", "balanced"] {
            #expect(lines.contains { $0.contains(" \(name) ") }, "\(name)")
        }
        let report = try #require(lines.last)
        #expect(report.hasPrefix("Report: Results/corners-") && report.hasSuffix("/report.md"))
        #expect(!result.output.contains("decisions/s") && result.notes.contains("decisions/s"))
        #expect(!result.output.contains("\u{1B}") && !result.notes.contains("\u{1B}"))

        let run = String(report.dropFirst("Report: ".count).dropLast("/report.md".count))
        let names = try FileSystem.names(in: folder.path + "/" + run)
        #expect(
            names == [
                "manifest.json", "ranking.csv", "ranking.json", "ranking.svg", "report.html", "report.md",
                "scenario.resolved.txt",
                "scenario.yaml", "segments.csv", "trials.csv",
            ])
        #expect(try folder.text(run + "/trials.csv").split(separator: "\n").count == 1 + 5 * 12)
        for word in [folder.path, "/tmp", "jobs", "seconds\" :", "host"] {
            #expect(try !folder.text(run + "/ranking.json").contains(word), "\(word)")
        }
        let text = try folder.text(run + "/report.md")
        for heading in ["## The answer", "## Ranking", "## Guardrails", "## Does the replay", "## What was assumed"] {
            #expect(text.contains(heading))
        }
    }

    @Test("--json prints ranking.json with the timing added, and nothing else on stdout")
    func json() throws {
        let folder = try ScratchFolder()
        let result = try SandtableProcess.run(["run", "corners.yaml", "--json", "--output", "out"], in: folder)
        let printed = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let written = try #require(
            try JSONSerialization.jsonObject(with: Data(try folder.text("out/ranking.json").utf8)) as? [String: Any])
        let timing = try #require(printed["timing"] as? [String: Any])
        #expect(Set(timing.keys) == ["wall_seconds", "decisions", "decisions_per_second", "jobs"])
        #expect(Set(printed.keys) == Set(written.keys).union(["timing"]))
        for key in ["run", "scenario", "seed", "replications", "baseline", "strategies"] {
            #expect(written[key] != nil, "\(key)")
        }
        let first = try #require((printed["strategies"] as? [[String: Any]])?.first)
        for key in ["name", "rank", "composite", "recommended", "may_be_best", "verdict", "metrics"] {
            #expect(first[key] != nil, "\(key)")
        }
        let metric = try #require((first["metrics"] as? [String: [String: Any]])?["on_time_rate"])
        for key in ["mean", "standard_error", "low", "high"] { #expect(metric[key] is Double, "\(key)") }
    }

    @Test("A run that is there is shown and not run again, unless it is forced; both give the same bytes")
    func runsOnce() throws {
        let folder = try ScratchFolder()
        let first = try SandtableProcess.run(["run", "corners.yaml", "--output", "out"], in: folder)
        let bytes = try folder.result("out")
        let manifest = try folder.text("out/manifest.json")
        let again = try SandtableProcess.run(["run", "corners.yaml", "--output", "out"], in: folder)
        #expect(again.code == 0)
        #expect(again.output == first.output)
        #expect(again.notes.contains("there already"))
        #expect(try folder.text("out/manifest.json") == manifest)
        let forced = try SandtableProcess.run(["run", "corners.yaml", "--output", "out", "--force"], in: folder)
        #expect(forced.output == first.output)
        #expect(try folder.text("out/manifest.json") != manifest)
        #expect(try folder.result("out") == bytes)
    }

    @Test("The run's name changes with the scenario, the seed, the strategies and the dataset, and not with comments")
    func runNames() throws {
        let folder = try ScratchFolder()
        func name(_ arguments: String...) throws -> String {
            let result = try SandtableProcess.run(
                ["run", "corners.yaml", "--replications", "1", "--quiet"] + arguments, in: folder)
            return try #require(result.output.split(separator: "\n").first.map(String.init), "\(result.notes)")
        }
        let plain = try name()
        var names = [plain, try name("--seed", "2"), try name("--strategies", "nearest,cheapest")]
        names.append(try name("--set", "costs.late_per_order=6"))
        try folder.replace("# The smallest run", by: "# Another comment", in: "corners.yaml")
        #expect(try name() == plain)
        try folder.replace("milk powder,180,", by: "milk powder,181,", in: "corners/products.csv")
        names.append(try name())
        #expect(Set(names).count == names.count, "\(names)")
    }

    @Test("Adding a strategy leaves the other strategies' rows, means and errors as they are")
    func addedStrategy() throws {
        let folder = try ScratchFolder()
        _ = try SandtableProcess.run(["run", "corners.yaml", "--output", "all"], in: folder)
        _ = try SandtableProcess.run(
            ["run", "corners.yaml", "--output", "some", "--strategies", "nearest,balanced,as_happened"], in: folder)
        let all = try folder.text("all/trials.csv").split(separator: "\n")
        let some = try folder.text("some/trials.csv").split(separator: "\n")
        #expect(some.count == 1 + 3 * 12)
        #expect(some == all.filter { !$0.hasPrefix("cheapest,") && !$0.hasPrefix("fastest,") })
    }

    @Test("The same strategy under two names has the same figures")
    func twins() throws {
        let folder = try ScratchFolder()
        try folder.replace("  - cheapest\n", by: "  - cheapest\n  - cheapest: {name: twin}\n", in: "corners.yaml")
        _ = try SandtableProcess.run(["run", "corners.yaml", "--output", "out"], in: folder)
        let rows = try folder.text("out/trials.csv").split(separator: "\n")
        let one = rows.filter { $0.hasPrefix("cheapest,") }.map { $0.dropFirst("cheapest,".count) }
        let two = rows.filter { $0.hasPrefix("twin,") }.map { $0.dropFirst("twin,".count) }
        #expect(one.count == 12)
        #expect(one == two)
    }

    @Test("A winner that breaks a guardrail ends with exit code 3 and says so")
    func brokenGuardrail() throws {
        let folder = try ScratchFolder()
        let arguments = ["run", "corners.yaml", "--set", "guardrails[fill_rate].at_least=0.9999", "--output", "out"]
        let result = try SandtableProcess.run(arguments, in: folder)
        #expect(result.code == 3)
        #expect(result.notes.contains("breaks a guardrail"))
        #expect(result.output.contains("broken"))
        #expect(try SandtableProcess.run(arguments, in: folder).code == 3)
    }

    @Test("segments.csv has the orders of every cell, which add up to all that are measured")
    func segments() throws {
        let folder = try ScratchFolder()
        _ = try SandtableProcess.run(
            ["run", "corners.yaml", "--output", "out", "--by", "region,hour", "--strategies", "nearest"], in: folder)
        let rows = try folder.text("out/segments.csv").split(separator: "\n").map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        #expect(Array(rows[0].prefix(5)) == ["strategy", "region", "hour", "orders", "orders_standard_error"])
        let total = rows.dropFirst().reduce(0.0) { $0 + (Double($1[3]) ?? .nan) }
        // Orders placed from 02:00 on, by weight.
        let orders = try folder.text("corners/orders.csv").split(separator: "\n").dropFirst()
        let expected = orders.filter { !$0.contains(",2026-01-12T00:") && !$0.contains(",2026-01-12T01:") }
            .reduce(0.0) { $0 + (Double($1.split(separator: ",").last ?? "") ?? .nan) }
        #expect(total == expected)
        #expect(Set(rows.dropFirst().map { $0[1] }) == ["north", "south"])
    }
}

struct TrialTests {
    @Test("A trial of a run can be run again: a row a shipment, whose costs add up to those of trials.csv")
    func trial() throws {
        let folder = try ScratchFolder()
        _ = try SandtableProcess.run(["run", "corners.yaml", "--output", "out"], in: folder)
        let result = try SandtableProcess.run(
            ["trial", "out", "--strategy", "cheapest", "--replication", "5", "--orders", "new/orders.csv"], in: folder)
        #expect(result.code == 0, "\(result.notes)")
        #expect(result.output.isEmpty)
        let reader = try CSVReader(path: folder.path + "/new/orders.csv")
        func column(_ name: String) throws -> Int { try #require(reader.column(named: name), "\(name)") }
        let columns = try (
            order: column("order"), measured: column("measured"), freight: column("freight"),
            handling: column("handling"), compensation: column("compensation"), unserved: column("unserved_cost")
        )
        let weights = try weights(in: folder)
        var orders: Set<String> = []
        var cost = 0.0
        var weight = 0.0
        while try reader.nextRow() {
            let order = try reader.text(columns.order)
            let isFirst = orders.insert(order).inserted
            guard try reader.text(columns.measured) == "true" else { continue }
            let share = try #require(weights[order])
            if isFirst { weight += share }
            for part in [columns.freight, columns.handling, columns.compensation, columns.unserved]
            where !reader.isBlank(part) {
                cost += share * (try reader.double(part))
            }
        }
        #expect(orders.count == 120)
        let trials = try CSVReader(path: folder.path + "/out/trials.csv")
        let perOrder = try #require(trials.column(named: "cost_per_order"))
        var recorded = Double.nan
        while try trials.nextRow() {
            if try trials.text(0) == "cheapest", try trials.integer(1) == 5 { recorded = try trials.double(perOrder) }
        }
        #expect(abs(cost / weight - recorded) < 1e-9 * recorded)
    }

    private func weights(in folder: ScratchFolder) throws -> [String: Double] {
        var weights: [String: Double] = [:]
        for line in try folder.text("corners/orders.csv").split(separator: "\n").dropFirst() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            weights[String(fields[0])] = Double(fields[fields.count - 1])
        }
        return weights
    }

    @Test("A trial says what is wrong: no run, no such strategy, no such world, a dataset that has changed")
    func wrongTrials() throws {
        let folder = try ScratchFolder()
        _ = try SandtableProcess.run(["run", "corners.yaml", "--output", "out"], in: folder)
        func notes(_ run: String, _ strategy: String, _ replication: String) throws -> String {
            let result = try SandtableProcess.run(
                ["trial", run, "--strategy", strategy, "--replication", replication, "--orders", "o.csv"], in: folder)
            #expect(result.code == 2)
            #expect(!FileSystem.exists(folder.path + "/o.csv"))
            return result.notes
        }
        #expect(try notes("corners", "nearest", "0").contains("found a folder without manifest.json"))
        #expect(try notes("out", "nearst", "0").contains("did you mean 'nearest'?"))
        #expect(try notes("out", "nearest", "12").contains("found 12, expected from 0 to 11"))
        try folder.replace("milk powder,180,", by: "milk powder,181,", in: "corners/products.csv")
        #expect(try notes("out", "nearest", "0").contains("a dataset that has changed since the run"))
    }
}
