import Domain
import Statistics
import Testing

@testable import Experiments

private func sample(worlds: Int) -> Ranking {
    var table = TrialTable(strategies: ["a", "b"], replicationCount: worlds, metricKeys: ["on_time_rate"])
    for strategy in 0..<2 {
        for replication in 0..<worlds {
            table.enter(
                TrialRow(
                    strategy: strategy, replication: replication, decisions: 1,
                    values: [0.1 * Double(1 + strategy) + Double(replication) / 7]))
        }
    }
    let objectives = [ObjectiveStatement(metric: "on_time_rate", weight: 1, from: 0, to: 1)]
    return Ranking(
        run: "test-0123", runHash: "0123", scenario: "test",
        dataset: Ranking.DatasetIdentity(name: "三角", contentHash: "aa", orders: 3), version: "0", seed: .max,
        replications: worlds, baseline: "a", recommended: nil, confidence: 0.95, practicalDifference: 0.01,
        riskLevel: 0.1, simultaneousMethod: "max-t", objectives: objectives,
        guardrails: [GuardrailStatement(metric: "on_time_rate", atMost: 1)], metrics: [],
        reportMetrics: ["on_time_rate"],
        strategies: RankingBuilder(
            table: table, baseline: 0, objectives: objectives, guardrails: [], practicalDifference: 0.01
        ).ranked(), weightTraps: [], fidelity: nil)
}

struct ResultCodingTests {
    @Test("A ranking written as JSON reads back as the same ranking, and is written as the same bytes")
    func roundTrip() throws {
        for worlds in [1, 4] {
            let ranking = sample(worlds: worlds)
            let text = try ResultCoding.json(ranking)
            let back = try ResultCoding.value(Ranking.self, json: Array(text.utf8), file: "x")
            #expect(back == ranking)
            #expect(try ResultCoding.json(back) == text)
        }
    }

    @Test("Keys are the issue's words, and what is undefined is null and not left out")
    func keys() throws {
        let text = try ResultCoding.json(sample(worlds: 1))
        for piece in [
            "\"run_hash\" : \"0123\"", "\"seed\" : 18446744073709551615", "\"on_time_rate\" : {",
            "\"standard_error\" : null", "\"may_be_best\" : true", "\"verdict\" : \"no difference shown\"",
            "\"at_least\" : null", "\"fidelity\" : null", "\"name\" : \"三角\"",
        ] {
            #expect(text.contains(piece), "\(piece)")
        }
        #expect(text.hasSuffix("}\n"))
    }

    @Test("The timing stands beside the ranking's keys")
    func timing() throws {
        let timing = RunTiming(wallSeconds: 2, decisions: 10, decisionsPerSecond: 5, jobs: 1)
        let text = try ResultCoding.json(TimedRanking(sample(worlds: 2), timing: timing))
        #expect(text.contains("\"decisions_per_second\" : 5"))
        #expect(text.contains("\"strategies\" : ["))
    }

    @Test("A file of another shape is an input error that names it")
    func otherFiles() {
        #expect {
            _ = try ResultCoding.value(Ranking.self, json: Array("{}".utf8), file: "ranking.json")
        } throws: { error in
            (error as? InputError)?.description.hasPrefix("ranking.json: found a file that is not") == true
        }
    }
}
