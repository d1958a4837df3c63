import Experiments
import Testing

@testable import Explanations

/// What ranks strategies whose only metric is the composite, given by world.
func builder(_ values: [(name: String, composites: [Double])]) -> RankingBuilder {
    var table = TrialTable(
        strategies: values.map(\.name), replicationCount: values[0].composites.count, metricKeys: ["value"])
    for (strategy, entry) in values.enumerated() {
        for (replication, value) in entry.composites.enumerated() {
            table.enter(TrialRow(strategy: strategy, replication: replication, decisions: 1, values: [value]))
        }
    }
    return RankingBuilder(
        table: table, baseline: 0, objectives: [ObjectiveStatement(metric: "value", weight: 1, from: 0, to: 1)],
        guardrails: [], practicalDifference: 0.01)
}

struct StandingTests {
    @Test(
        "The winner has the best mean, its lead is the paired difference to the second, its share the worlds it leads")
    func winner() {
        let standing = Standing(
            builder([("a", [0.5, 0.75, 0.5, 0.25]), ("b", [0.75, 0.5, 0.75, 0.5]), ("c", [0.0, 0.25, 0.5, 0.0])]))
        #expect(standing.winner == "b")
        #expect(standing.second == "a")
        #expect(standing.lead.mean == 0.125)
        // Differences 0.25, -0.25, 0.25, 0.25: standard error sqrt(0.0625 / 4) = 0.125.
        #expect(standing.lead.standardError == 0.125)
        #expect(standing.winnerShare == 0.75)
        #expect((standing.lead.low ?? 0) < 0)
        #expect(standing.mayBeBest.contains("a"))
    }

    @Test("A strategy that is ahead by the same amount in every world wins for certain")
    func certain() {
        let standing = Standing(builder([("a", [0.25, 0.5]), ("b", [0.5, 0.75])]))
        #expect(standing.winner == "b")
        #expect(standing.lead.low == 0.25)
        #expect(standing.lead.high == 0.25)
        #expect(standing.mayBeBest == ["b"])
        #expect(standing.winnerShare == 1)
    }

    @Test("A strategy without a composite wins nothing, and alone leaves no winner")
    func undefined() {
        let standing = Standing(builder([("a", [0.25, .nan]), ("b", [0.125, 0.25])]))
        #expect(standing.winner == "b")
        #expect(standing.second == nil)
        let none = Standing(builder([("a", [.nan, .nan])]))
        #expect(none.winner == nil)
        #expect(none.winnerShare == nil)
    }
}
