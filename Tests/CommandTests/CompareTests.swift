import Experiments
import Explanations
import Foundation
import Testing

/// `sandtable compare` on the smallest run that has everything.
struct CompareTests {
    private func comparison(_ arguments: [String], in folder: ScratchFolder) throws -> StrategyComparison {
        let process = try SandtableProcess.run(["compare", "out", "--json"] + arguments, in: folder)
        #expect(process.code == 0, "\(process.notes)")
        return try ResultCoding.value(StrategyComparison.self, json: Array(process.output.utf8), file: "out")
    }

    private func run() throws -> ScratchFolder {
        let folder = try ScratchFolder()
        #expect(try SandtableProcess.run(["run", "corners.yaml", "--output", "out", "--quiet"], in: folder).code == 0)
        return folder
    }

    @Test(
        "The parts of every split add up to the difference, whatever the metric is divided by",
        arguments: ["on_time_rate", "lead_time_hours", "shipments_per_order", "gmv", "wait_minutes", "composite"])
    func split(metric: String) throws {
        let folder = try run()
        let comparison = try comparison(
            ["nearest", "fastest", "--metric", metric, "--no-factors", "--orders", "0"], in: folder)
        let whole = try #require(comparison.difference.mean)
        let split = try #require(comparison.split)
        #expect(whole != 0)
        for parts in [split.segments] + split.margins.map(\.parts) {
            let sum = parts.reduce(0) { $0 + ($1.part.mean ?? .nan) }
            #expect(abs(sum - whole) < 1e-9 * max(1, abs(whole)))
            // Orders placed in [warm-up, horizon], by weight.
            #expect(abs(parts.reduce(0) { $0 + $1.orders } - 130) < 1e-9)
            let sizes = parts.map { abs($0.part.mean ?? .nan) }
            #expect(sizes == sizes.sorted(by: >))
        }
        #expect(split.margins.map(\.cut) == ["region", "hour", "weather", "segment"])
        #expect(split.worlds == 12)
        #expect(comparison.orders == nil)
        #expect(comparison.factors == nil)
    }

    @Test("The difference and both means are those of the run's ranking")
    func means() throws {
        let folder = try run()
        let comparison = try comparison(["cheapest", "as_happened", "--no-factors", "--orders", "0"], in: folder)
        let ranking = try ResultCoding.value(
            Ranking.self, json: Array(try folder.text("out/ranking.json").utf8), file: "ranking")
        // The objective with the largest weight.
        #expect(comparison.metric.key == "on_time_rate")
        let cheapest = try #require(ranking[strategy: "cheapest"]?.metrics["on_time_rate"])
        #expect(comparison.firstMean.mean == cheapest.mean)
        // The baseline of the run is the second of the comparison.
        #expect(comparison.difference == cheapest.difference)
        let composite = try self.comparison(
            ["cheapest", "as_happened", "--metric", "composite", "--no-factors", "--orders", "0"], in: folder)
        let ranked = try #require(ranking[strategy: "cheapest"]?.composite)
        #expect(abs((composite.firstMean.mean ?? 0) - ranked) < 1e-12)
    }

    @Test("Shapley values and what is left with all off add up to the difference; a part that never acts gets 0")
    func factors() throws {
        let folder = try run()
        let comparison = try comparison(["nearest", "fastest", "--orders", "0"], in: folder)
        let factors = try #require(comparison.factors)
        #expect(
            Set(factors.factors.map(\.group))
                == ["weather", "traffic", "cancellation", "disruption", "service", "transit"])
        #expect(factors.coalitions == 64)
        #expect(factors.total == comparison.difference)
        let sum = factors.factors.reduce(factors.neutral.mean ?? .nan) { $0 + ($1.value.mean ?? .nan) }
        #expect(abs(sum - (factors.total.mean ?? .nan)) < 1e-9)
        // A world with everything off is the same whatever its number.
        #expect(factors.neutral.standardError == 0)
        let weather = try #require(factors.factors.first { $0.group == "weather" })
        #expect(weather.value.mean != 0)
        let fewer = try self.comparison(["nearest", "fastest", "--orders", "0", "--replications", "3"], in: folder)
        #expect(fewer.factors?.worlds == 3)
        #expect(fewer.replications == 3)
    }

    @Test("Orders that differ are counted by kind, and the examples are what the two trials say of them")
    func orders() throws {
        let folder = try run()
        let comparison = try comparison(
            ["nearest", "fastest", "--no-factors", "--replications", "2", "--orders", "4"], in: folder)
        let orders = try #require(comparison.orders)
        #expect(orders.examples.count == 4)
        #expect(orders.shares.reduce(0) { $0 + $1.orders } == orders.differing)
        #expect(orders.differing > 0 && orders.differing < orders.orders)
        // As many orders are on time only with one as the rates differ, all weights being equal in sum.
        for (strategy, path) in [("nearest", \OrderDifferences.Example.first), ("fastest", \.second)] {
            _ = try SandtableProcess.run(
                ["trial", "out", "--strategy", strategy, "--replication", "0", "--orders", "\(strategy).csv"],
                in: folder)
            let rows = try folder.text("\(strategy).csv").split(separator: "\n").map { row in
                row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
            let column = { (name: String) in rows[0].firstIndex(of: name) ?? 0 }
            for example in orders.examples {
                let own = rows.filter { $0[column("order")] == example.order }
                let row = try #require(own.first)
                let side = example[keyPath: path]
                #expect(row[column("on_time")] == String(side.onTime))
                #expect(row[column("status")] == side.status)
                let shipped = own.filter { $0[column("void")] == "false" }
                #expect(
                    Set(shipped.map { "\($0[column("node")]) by \($0[column("service")])" }) == Set(side.shipments))
            }
        }
    }

    @Test("The answer has the same bytes for any number of threads")
    func threads() throws {
        let folder = try run()
        let outputs = try ["1", "3"].map { jobs in
            try SandtableProcess.run(["compare", "out", "balanced", "nearest", "--json", "--jobs", jobs], in: folder)
                .output
        }
        #expect(outputs[0] == outputs[1])
        #expect(outputs[0].count > 1_000)
        let text = try SandtableProcess.run(["compare", "out", "balanced", "nearest", "--quiet"], in: folder)
        #expect(text.notes.isEmpty)
        for heading in ["Where it comes from", "Which parts of the world make it", "sandtable explain out --order"] {
            #expect(text.output.contains(heading))
        }
    }

    @Test("What is wrong is said: no such strategy, the same twice, no such metric, cut or world")
    func wrong() throws {
        let folder = try run()
        let cases = [
            (["nearst", "fastest"], "did you mean 'nearest'?"), (["nearest", "nearest"], "found 'nearest' again"),
            (["nearest", "fastest", "--metric", "on_tme_rate"], "did you mean 'on_time_rate'?"),
            (["nearest", "fastest", "--by", "regoin"], "did you mean 'region'?"),
            (["nearest", "fastest", "--replications", "13"], "found 13, expected from 1 to 12"),
        ]
        for (arguments, words) in cases {
            let process = try SandtableProcess.run(["compare", "out"] + arguments, in: folder)
            #expect(process.code == 2)
            #expect(process.notes.contains(words), "\(process.notes)")
        }
    }
}

/// `sandtable threshold` on the same scenario.
struct ThresholdTests {
    private func threshold(_ arguments: [String], in folder: ScratchFolder) throws -> Threshold {
        let process = try SandtableProcess.run(["threshold", "corners.yaml", "--json"] + arguments, in: folder)
        #expect(process.code == 0, "\(process.notes)")
        return try ResultCoding.value(Threshold.self, json: Array(process.output.utf8), file: "out")
    }

    @Test("A weight at which another strategy wins is found where the means of a run say it is")
    func weight() throws {
        let folder = try ScratchFolder()
        let input = "objectives[cost_per_order].weight"
        let threshold = try threshold(
            ["--input", input, "--range", "0.1:20", "--strategies", "nearest,cheapest", "--replications", "60"],
            in: folder)
        let change = try #require(threshold.result.switches.first)
        #expect(change.from == "nearest" && change.to == "cheapest")
        // The weight w solves 2 d(on time) / 0.5 + w d(cost) / (20 - 60) = 0, d the mean difference of the two.
        _ = try SandtableProcess.run(
            [
                "run", "corners.yaml", "--strategies", "nearest,cheapest", "--replications", "60", "--output", "out",
                "--set", "baseline=nearest",
            ], in: folder)
        let ranking = try ResultCoding.value(
            Ranking.self, json: Array(try folder.text("out/ranking.json").utf8), file: "ranking")
        let metrics = try #require(ranking[strategy: "cheapest"]?.metrics)
        let onTime = try #require(metrics["on_time_rate"]?.difference?.mean)
        let cost = try #require(metrics["cost_per_order"]?.difference?.mean)
        #expect(abs(change.value - 2 * onTime / 0.5 * 40 / cost) < 0.01)
        #expect(change.low < change.value && change.value < change.high)
        #expect(threshold.result.values.first?.isSure == true)
    }

    @Test("Where the winner does not change it is said so, with the same bytes for any number of threads")
    func none() throws {
        let folder = try ScratchFolder()
        let arguments = [
            "threshold", "corners.yaml", "--input", "costs.late_per_order", "--range", "0:100", "--strategies",
            "nearest,fastest", "--replications", "30", "--quiet",
        ]
        let outputs = try ["1", "3"].map { jobs in
            try SandtableProcess.run(arguments + ["--jobs", jobs], in: folder)
        }
        #expect(outputs[0].output == outputs[1].output)
        #expect(outputs[0].output.contains("The winner does not change"))
        #expect(outputs[0].output.contains("nearest is surely the best at all 9 values"))
        #expect(outputs[0].notes.isEmpty)
    }

    @Test("What is wrong is said: a range that is none, one strategy, one world, an input there is not")
    func wrong() throws {
        let folder = try ScratchFolder()
        let cases = [
            (["--input", "costs.late_per_order", "--range", "5:1"], "--range: found '5:1'"),
            (["--input", "costs.late_per_order", "--range", "5"], "--range: found '5'"),
            (["--input", "costs.late_per_ordr", "--range", "1:2"], "unknown key 'costs.late_per_ordr'"),
            (["--input", "seed", "--range", "1:2"], "--input: found 'seed'"),
            (
                ["--input", "costs.late_per_order", "--range", "1:2", "--strategies", "nearest"],
                "--strategies: found one strategy"
            ),
            (
                ["--input", "costs.late_per_order", "--range", "1:2", "--replications", "1"],
                "--replications: found one world"
            ),
        ]
        for (arguments, words) in cases {
            let process = try SandtableProcess.run(["threshold", "corners.yaml"] + arguments, in: folder)
            #expect(process.code == 2)
            #expect(process.notes.contains(words), "\(process.notes)")
        }
    }
}
