import Testing

@testable import Experiments

/// Warnings with so much weight on the on-time rate, the rest on the cost.
private func traps(
    _ values: [(name: String, onTime: [Double], cost: [Double])], onTimeWeight: Double, from: Double = 0.5,
    baseline: Int = 0, guardrails: [GuardrailStatement] = []
) -> [WeightTrap] {
    let builder = RankingBuilder(
        table: table(values), baseline: baseline,
        objectives: [
            ObjectiveStatement(
                metric: "on_time_rate", weight: onTimeWeight, from: from, to: 1, practicalDifference: 0.01),
            ObjectiveStatement(metric: "cost", weight: 1 - onTimeWeight, from: 20, to: 10, practicalDifference: 0.1),
        ], guardrails: guardrails, practicalDifference: 0.001)
    return builder.weightTraps(of: builder.ranked())
}

private let usual = (name: "usual", onTime: [0.9, 0.92, 0.91], cost: [15.0, 15.2, 15.1])
private let frugal = (name: "frugal", onTime: [0.55, 0.6, 0.57], cost: [13.0, 13.1, 13.2])

struct WeightTrapTests {
    @Test("With 95 % of the weight on cost, a strategy that lets punctuality collapse for it wins, and is warned of")
    func trap() throws {
        let trap = try #require(traps([usual, frugal], onTimeWeight: 0.05).first)
        #expect(trap.strategy == "frugal")
        #expect(trap.metric == "on_time_rate")
        #expect(trap.collapse == .fall)
        #expect(trap.reference == "usual")
        #expect(trap.paidBy == "cost")
        // 0.95 x 2 / 10 for two yuan, 0.05 x 0.34 / 0.5 for 34 points of punctuality.
        #expect(abs(trap.gain - 0.19) < 1e-12)
        #expect(abs(trap.loss + 0.05 * (0.91 - 1.72 / 3) / 0.5) < 1e-12)
        #expect(abs(trap.lead - (trap.gain + trap.loss)) < 1e-12)
        #expect(trap.leadWithoutGain < 0)
        #expect(abs(trap.limit - (0.91 - 0.1)) < 1e-12)
    }

    @Test("With the weights even, the frugal strategy does not win and there is nothing to warn of")
    func even() {
        #expect(traps([usual, frugal], onTimeWeight: 0.6).isEmpty)
    }

    @Test("A sacrifice of less than a fifth of the scale is none, nor is one whose interval is not wholly beyond")
    func small() {
        // Seven points, where ten practical differences and a fifth of the scale are ten points both.
        let modest = (name: "modest", onTime: [0.83, 0.85, 0.84], cost: [13.0, 13.1, 13.2])
        #expect(traps([usual, modest], onTimeWeight: 0.05).isEmpty)
        let erratic = (name: "erratic", onTime: [0.95, 0.51, 0.85], cost: [13.0, 13.1, 13.2])
        #expect(traps([usual, erratic], onTimeWeight: 0.05).isEmpty)
    }

    @Test("A loss that would be outweighed without the largest gain is not called a trap")
    func notPaidByOne() {
        let objectives = ["on_time_rate", "cost", "carbon"].map {
            ObjectiveStatement(metric: $0, weight: 1, from: 0, to: 1, practicalDifference: 0.01)
        }
        var table = TrialTable(
            strategies: ["usual", "other"], replicationCount: 2, metricKeys: ["on_time_rate", "cost", "carbon"])
        for replication in 0..<2 {
            table.enter(TrialRow(strategy: 0, replication: replication, decisions: 1, values: [0.9, 0.2, 0.2]))
            table.enter(TrialRow(strategy: 1, replication: replication, decisions: 1, values: [0.7, 0.6, 0.5]))
        }
        // -0.2 against +0.4 and +0.3: without either gain it is still ahead.
        let builder = RankingBuilder(
            table: table, baseline: 0, objectives: objectives, guardrails: [], practicalDifference: 0.01)
        #expect(builder.ranked().first?.name == "other")
        #expect(builder.weightTraps(of: builder.ranked()).isEmpty)
    }

    @Test("A baseline that wins with a metric worth less than nothing is warned of, against the best without one")
    func worthless() throws {
        let trap = try #require(
            traps([usual, frugal], onTimeWeight: 0.05, from: 0.8, baseline: 1).first)
        #expect(trap.strategy == "frugal")
        #expect(trap.collapse == .worthless)
        #expect(trap.reference == "usual")
        #expect(trap.limit == 0.8)
        #expect(trap.leadWithoutGain < 0)
        // Where every strategy has one, there is no other to choose.
        let poor = (name: "poor", onTime: [0.6, 0.62, 0.61], cost: [14.0, 14.1, 14.2])
        #expect(traps([poor, frugal], onTimeWeight: 0.05, from: 0.8, baseline: 1).isEmpty)
    }

    @Test("The warning is about the recommended strategy, so that a guardrail on the metric takes it away")
    func guardrail() {
        let rail = GuardrailStatement(metric: "on_time_rate", atLeast: 0.85)
        #expect(traps([usual, frugal], onTimeWeight: 0.05, guardrails: [rail]).isEmpty)
    }
}

struct RiskTests {
    @Test("Worst and best world are named, and the worst share's mean is taken at the level asked for")
    func extremes() throws {
        let rates = (0..<20).map { Double(($0 * 7) % 20) / 20 }
        let constant = rates.map { _ in 15.0 }
        var builder = RankingBuilder(
            table: table([("only", rates, constant)]), baseline: 0,
            objectives: [ObjectiveStatement(metric: "on_time_rate", weight: 2, from: 0, to: 1)], guardrails: [],
            practicalDifference: 0.01)
        let risk = try #require(builder.ranked().first).risk
        #expect(risk.worst == WorldRisk.Extreme(composite: 0, replication: 0))
        #expect(risk.best == WorldRisk.Extreme(composite: 1.9, replication: 17))
        // The two worst of twenty: 0 and 0.1.
        #expect(abs((risk.conditionalValueAtRisk ?? .nan) - 0.05) < 1e-15)
        builder.riskLevel = 0.5
        #expect(abs((builder.ranked()[0].risk.conditionalValueAtRisk ?? .nan) - 0.45) < 1e-12)
    }

    @Test("The variance ratio is the sum of the two variances over that of the paired difference, and null without one")
    func varianceRatio() throws {
        let builder = RankingBuilder(
            table: table([
                ("base", [0.5, 0.75, 0.25, 0.5], [15, 15, 15, 15]),
                ("like", [0.5, 0.75, 0.25, 0.75], [15, 15, 15, 15]),
                ("shifted", [0.625, 0.875, 0.375, 0.625], [15, 15, 15, 15]),
            ]), baseline: 0, objectives: [ObjectiveStatement(metric: "on_time_rate", weight: 1, from: 0, to: 1)],
            guardrails: [], practicalDifference: 0.01)
        let entries = builder.ranked()
        func ratio(_ name: String) -> Double? { entries.first { $0.name == name }?.varianceRatio }
        // Squared deviations: 0.125 of the baseline, 0.171875 of the other, 0.046875 of the difference.
        #expect(abs((ratio("like") ?? 0) - (0.125 + 0.171875) / 0.046875) < 1e-12)
        #expect(ratio("base") == nil)
        #expect(ratio("shifted") == nil)
    }
}
