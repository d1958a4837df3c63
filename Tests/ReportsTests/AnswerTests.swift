import Statistics
import Testing

@testable import Experiments
@testable import Reports

/// A ranking of strategies whose on-time rates in each world are given; the first is the baseline.
func ranking(
    _ values: [(name: String, rates: [Double])], guardrails: [GuardrailStatement] = [],
    practicalDifference: Double = 0.01
) -> Ranking {
    var table = TrialTable(
        strategies: values.map(\.name), replicationCount: values[0].rates.count, metricKeys: ["on_time_rate"])
    for (strategy, entry) in values.enumerated() {
        for (replication, rate) in entry.rates.enumerated() {
            table.enter(TrialRow(strategy: strategy, replication: replication, decisions: 1, values: [rate]))
        }
    }
    let objectives = [ObjectiveStatement(metric: "on_time_rate", weight: 1, from: 0, to: 1)]
    let strategies = RankingBuilder(
        table: table, baseline: 0, objectives: objectives, guardrails: guardrails,
        practicalDifference: practicalDifference
    ).ranked()
    return Ranking(
        run: "test-0123", runHash: "0123", scenario: "test",
        dataset: Ranking.DatasetIdentity(name: "d", contentHash: "aa", orders: 3), version: "0", seed: 1,
        replications: table.replicationCount, baseline: values[0].name,
        recommended: strategies.first(where: \.recommended)?.name, confidence: 0.95,
        practicalDifference: practicalDifference, riskLevel: 0.1, simultaneousMethod: "max-t", objectives: objectives,
        guardrails: guardrails,
        metrics: [MetricStatement(key: "on_time_rate", unit: "share", direction: "higher", summary: "")],
        reportMetrics: ["on_time_rate"], strategies: strategies, weightTraps: [], fidelity: nil)
}

private let start = (name: "start", rates: [0.75, 0.5, 0.625])

struct AnswerTests {
    private func text(_ ranking: Ranking) -> String { Answer(ranking).sentences.joined(separator: " ") }

    @Test("The answer names the recommended strategy, by how much it is better, and that no other may be the best")
    func better() {
        let text = text(ranking([start, ("quick", [0.875, 0.625, 0.75])]))
        #expect(text.contains("**quick** is recommended"))
        #expect(text.contains("better than the baseline start by 0.1250, interval of the difference [0.1250, 0.1250]"))
        #expect(text.contains("No other strategy may be the best."))
    }

    @Test("A difference that is not shown is not told as one, and the rivals are named")
    func notShown() {
        let text = text(ranking([start, ("other", [0.5, 0.875, 0.625])]))
        #expect(text.contains("No difference to the baseline start is shown"))
        #expect(text.contains("These may be the best too: start."))
        #expect(!text.contains("better than"))
    }

    @Test("A baseline that wins is said to be the baseline")
    func baselineWins() {
        let text = text(ranking([start, ("slow", [0.25, 0, 0.125])]))
        #expect(text.contains("**start** is recommended"))
        #expect(text.contains("It is the baseline itself."))
    }

    @Test("A winner that breaks a guardrail is passed over in words, with the guardrail")
    func guardrails() {
        let rail = GuardrailStatement(metric: "on_time_rate", atMost: 0.8)
        let result = ranking([start, ("greedy", [0.9, 0.875, 0.91])], guardrails: [rail])
        let answer = text(result)
        #expect(answer.contains("greedy has a better composite, but of its guardrails on_time_rate is broken."))
        #expect(result.winnerBreaksGuardrail)
        let none = ranking([start], guardrails: [GuardrailStatement(metric: "on_time_rate", atLeast: 0.99)])
        #expect(text(none).contains("No strategy can be recommended"))
    }

    @Test("One world is said to prove nothing")
    func oneWorld() {
        let text = text(ranking([("start", [0.5]), ("other", [0.75])]))
        #expect(text.contains("over 1 world."))
        #expect(text.contains("One world gives no intervals"))
    }
}

struct RankingTableTests {
    @Test("The table has a row a strategy by rank, with intervals and one verdict word each")
    func rows() {
        let text = RankingTable(ranking([start, ("quick", [0.875, 0.625, 0.75])])).text(style: .plain)
        let lines = text.split(separator: "\n")
        #expect(
            lines[0].split(separator: " ").map(String.init) == [
                "rank", "strategy", "composite", "on_time_rate", "best?", "verdict",
            ])
        #expect(lines[1].contains("quick") && lines[1].hasSuffix("recommended  better"))
        #expect(lines[2].contains("start") && lines[2].hasSuffix("baseline"))
        #expect(lines[1].contains("0.7500 ± 0.3105"))
    }

    @Test("On a narrow terminal metrics are left out and said to be")
    func narrow() {
        let result = ranking([start, ("quick", [0.875, 0.625, 0.75])])
        let narrow = RankingTable(result).text(style: .plain, width: 70)
        #expect(!narrow.split(separator: "\n")[0].contains("on_time_rate"))
        #expect(narrow.contains("1 more metrics do not fit here"))
        #expect(RankingTable(result).text(style: .plain, width: 100).split(separator: "\n")[0].contains("on_time_rate"))
    }
}
