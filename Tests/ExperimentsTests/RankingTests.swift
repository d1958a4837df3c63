import Domain
import Statistics
import Testing

@testable import Experiments

/// A table of one or two metrics from columns of values.
func table(_ values: [(name: String, onTime: [Double], cost: [Double])]) -> TrialTable {
    var table = TrialTable(
        strategies: values.map(\.name), replicationCount: values[0].onTime.count, metricKeys: ["on_time_rate", "cost"])
    for (strategy, entry) in values.enumerated() {
        for replication in entry.onTime.indices {
            table.enter(
                TrialRow(
                    strategy: strategy, replication: replication, decisions: 1,
                    values: [entry.onTime[replication], entry.cost[replication]]))
        }
    }
    return table
}

private let objectives = [
    ObjectiveStatement(metric: "on_time_rate", weight: 0.75, from: 0.5, to: 1),
    ObjectiveStatement(metric: "cost", weight: 0.25, from: 20, to: 10),
]

private func ranked(
    _ table: TrialTable, baseline: Int = 0, guardrails: [GuardrailStatement] = [], practicalDifference: Double = 0.001
) -> [RankedStrategy] {
    RankingBuilder(
        table: table, baseline: baseline, objectives: objectives, guardrails: guardrails,
        practicalDifference: practicalDifference
    ).ranked()
}

private let base = (name: "base", onTime: [0.8, 0.9, 0.7], cost: [12.0, 13, 15])

struct RankingTests {
    @Test("The composite is the weighted sum of (value - from) / (to - from), unclipped")
    func composite() throws {
        // World by world: 0.75 (0.6, 0.8, 0.4) + 0.25 (0.8, 0.7, 0.5) = 0.65, 0.775, 0.425.
        let extreme = (name: "extreme", onTime: [1.5, 1.5, 1.5], cost: [0.0, 0, 0])
        let entries = ranked(table([base, extreme]))
        let first = try #require(entries.first)
        #expect(first.name == "extreme")
        #expect(abs((first.composite ?? 0) - (0.75 * 2 + 0.25 * 2)) < 1e-15)
        #expect(abs((entries[1].composite ?? 0) - (0.65 + 0.775 + 0.425) / 3) < 1e-15)
    }

    @Test("Intervals of three worlds use Student's t with two degrees of freedom: 4.302653 standard errors")
    func intervals() throws {
        let entry = try #require(ranked(table([base])).first)
        let metric = try #require(entry.metrics["cost"])
        // 12, 13, 15: mean 40/3, variance 7/3, standard error sqrt(7/9).
        let error = (7.0 / 9).squareRoot()
        #expect(abs((metric.standardError ?? 0) - error) < 1e-14)
        #expect(abs((metric.high ?? 0) - (40.0 / 3 + 4.302652729911275 * error)) < 1e-9)
        #expect(metric.worlds == 3)
        #expect(metric.difference == nil)
    }

    @Test("Differences are paired: a strategy that is better by the same amount in every world is exactly better")
    func pairedDifferences() throws {
        let shifted = (name: "shifted", onTime: [0.75, 0.875, 0.625], cost: [12.5, 15, 17.5])
        let start = (name: "start", onTime: [0.5, 0.625, 0.375], cost: [12.5, 15, 17.5])
        let entries = ranked(table([start, shifted]))
        let entry = try #require(entries.first { $0.name == "shifted" })
        #expect(entry.verdict == .better)
        #expect(entry.difference?.low == 0.375)
        #expect(entry.difference?.high == 0.375)
        #expect(entry.difference?.standardError == 0)
        #expect(entries.first { $0.name == "start" }?.mayBeBest == false)
    }

    @Test("One world gives no intervals and the verdict no difference shown")
    func oneWorld() throws {
        let entries = ranked(
            table([("base", [0.8], [12]), ("other", [0.9], [11])]),
            guardrails: [GuardrailStatement(metric: "on_time_rate", atLeast: 0.1)])
        let other = try #require(entries.first)
        #expect(other.name == "other")
        #expect(other.verdict == .noDifferenceShown)
        #expect(other.difference?.low == nil)
        #expect(other.metrics["cost"]?.low == nil)
        #expect(other.compositeInterval.standardError == nil)
        #expect(other.guardrails.first?.state == .unproven)
        #expect(entries.allSatisfy { !$0.recommended })
    }

    @Test("The same figures twice are equivalent, share a rank and keep the scenario's order")
    func ties() {
        let entries = ranked(table([base, ("twin", base.onTime, base.cost)]))
        #expect(entries.map(\.name) == ["base", "twin"])
        #expect(entries.map(\.rank) == [1, 1])
        #expect(entries[1].verdict == .equivalent)
        #expect(entries.map(\.mayBeBest) == [true, true])
        #expect(entries.map(\.recommended) == [true, false])
    }

    @Test("Adding a strategy leaves the others' means, errors and single intervals as they are")
    func addedStrategy() {
        let other = (name: "other", onTime: [0.9, 0.95, 0.8], cost: [14.0, 12, 18])
        let added = (name: "added", onTime: [0.99, 0.9, 0.6], cost: [30.0, 1, 7])
        let before = ranked(table([base, other]))
        let after = ranked(table([base, added, other]))
        for entry in before {
            let same = after.first { $0.name == entry.name }
            #expect(same?.metrics == entry.metrics)
            #expect(same?.composite == entry.composite)
            #expect(same?.compositeInterval == entry.compositeInterval)
        }
    }

    @Test("A strategy without a composite comes last, is compared with nothing and is never recommended")
    func undefinedComposite() throws {
        let entries = ranked(table([base, ("none", [0.9, .nan, 0.9], [.nan, .nan, .nan])]))
        let last = try #require(entries.last)
        #expect(last.name == "none")
        #expect(last.rank == 2)
        #expect(last.composite == nil)
        #expect(last.verdict == .noDifferenceShown)
        #expect(last.mayBeBest == false)
        #expect(last.metrics["on_time_rate"]?.worlds == 2)
        #expect(last.metrics["cost"]?.mean == nil)
        #expect(entries.first?.recommended == true)
    }
}

struct GuardrailTests {
    private func state(_ values: [Double], _ guardrail: GuardrailStatement) throws -> GuardrailState {
        let entries = ranked(table([("only", values, values.map { _ in 12 })]), guardrails: [guardrail])
        return try #require(entries.first?.guardrails.first)
    }

    @Test("A guardrail is kept where the whole interval is inside, broken where it is outside, else unproven")
    func states() throws {
        let values = [0.8, 0.9, 0.85, 0.87]
        let low = GuardrailStatement(metric: "on_time_rate", atLeast: 0.7)
        #expect(try state(values, low).state == .kept)
        #expect(try state(values, GuardrailStatement(metric: "on_time_rate", atLeast: 0.99)).state == .broken)
        #expect(try state(values, GuardrailStatement(metric: "on_time_rate", atMost: 0.5)).state == .broken)
        #expect(try state(values, GuardrailStatement(metric: "on_time_rate", atLeast: 0.85)).state == .unproven)
        #expect(try state([0.85, 0.85], GuardrailStatement(metric: "on_time_rate", atLeast: 0.85)).state == .kept)
    }

    @Test(
        "The share of worlds that breach a bound is counted, and an unproven one says how many worlds would settle it")
    func breachesAndAdvice() throws {
        let state = try state([0.8, 0.9, 0.84, 0.88], GuardrailStatement(metric: "on_time_rate", atLeast: 0.85))
        #expect(state.breachShare == 0.5)
        // Mean 0.855, half-width h, distance 0.005: 4 (h / 0.005)^2 worlds in all.
        let mean = 0.855
        let variance = [0.8, 0.9, 0.84, 0.88].reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3
        let half = 3.182446305284263 * (variance / 4).squareRoot()
        let expected = (4 * (half / 0.005) * (half / 0.005)).rounded(.up) - 4
        #expect(abs(Double(state.moreReplications ?? 0) - expected) <= 1)
    }

    @Test("Only a strategy that keeps all guardrails is recommended, be its composite lower")
    func recommendation() {
        let cheap = (name: "cheap", onTime: [0.9, 0.91, 0.9], cost: [10.0, 10, 10])
        let safe = (name: "safe", onTime: [0.99, 0.99, 0.99], cost: [30.0, 30, 30])
        let entries = ranked(
            table([base, cheap, safe]), guardrails: [GuardrailStatement(metric: "on_time_rate", atLeast: 0.95)])
        #expect(entries.first?.name == "cheap")
        #expect(entries.first?.guardrails.first?.state == .broken)
        #expect(entries.first(where: \.recommended)?.name == "safe")
    }
}
