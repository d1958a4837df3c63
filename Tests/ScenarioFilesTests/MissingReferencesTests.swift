import Domain
import Metrics
import Replay
import Testing

@testable import ScenarioFiles

private let references = "[{metric: on_time_rate, from: 0.8, to: 1, practical_difference: 0.005}]"

/// Fixed means of the baseline.
private func figures(_ scenario: Scenario, _ metrics: [String]) -> [String: Double] {
    let means = ["on_time_rate": 0.9123, "cost_per_order": 23.456]
    return means.filter { metrics.contains($0.key) }
}

/// A scenario without objectives is an error that says what a block looks like, with the baseline's values if known.
@Test func missingObjectivesAreAnErrorWithAProposal() {
    let text = TwoCities.minimal.replacing("objectives: " + references, with: "")
    let expected =
        "s.yaml:1:1: found no objectives, expected 'objectives', a list of {metric, weight, from, to, practical_difference}"
    #expect(TwoCities.messages(text) == expected)
    #expect(
        TwoCities.messages(text, baselineFigures: figures) == expected
            + " (suggested from the baseline 'nearest'); did you mean "
            + "'objectives: [{metric: on_time_rate, from: 0.81, to: 1, practical_difference: 0.005}, "
            + "{metric: cost_per_order, from: 29, to: 18, practical_difference: 0.3}]'?")
}

/// An objective without references says which are missing, with values around the baseline's if known.
@Test func missingReferencesAreAnErrorWithAProposal() {
    let text = TwoCities.minimal.replacing(references, with: "[{metric: on_time_rate, from: 0.5}]")
    let expected =
        "s.yaml:5:14: found no 'to', 'practical_difference' for the objective 'on_time_rate', expected 'from' (worth 0), "
        + "'to' (worth 1) and 'practical_difference', in its unit (share)"
    #expect(TwoCities.messages(text) == expected)
    #expect(
        TwoCities.messages(text, baselineFigures: figures) == expected
            + "; the baseline 'nearest' has 0.9123; did you mean 'from: 0.81, to: 1, practical_difference: 0.005'?")
}

/// The baseline is replayed only when nothing else is wrong, and with a scenario that is complete but for objectives.
@Test func theBaselineIsAskedForOnlyWhenAllElseIsRight() {
    let text = TwoCities.minimal.replacing(references, with: "[{metric: on_time_rate}]")
    let asking: BaselineFigures = { scenario, metrics in
        [metrics[0]: scenario.strategies.count == 2 && scenario.replications == 50 ? 0.5 : 0]
    }
    #expect(TwoCities.messages(text, baselineFigures: asking).contains("has 0.5;"))
    let message = TwoCities.messages(text + "seed: x\n", baselineFigures: asking)
    #expect(!message.contains("the baseline") && message.contains("found 'x' for seed"))
}

/// Proposed references hold the value between them, point the better way, and are valid as they stand.
@Test(arguments: [0, 1e-6, 0.013, 0.5, 0.999, 1, 23.456, 1234.5, -40, 5e9])
func proposedReferencesAreValid(_ value: Double) throws {
    for metric in MetricCatalogue.standard.map(\.declaration) {
        if ReferenceSuggestion.isShare(metric), !(0...1).contains(value) { continue }
        let proposal = ReferenceSuggestion(around: value, of: metric)
        #expect(metric.direction == .higher ? proposal.from < proposal.to : proposal.to < proposal.from)
        let half = abs(proposal.to - proposal.from) * 0.11
        #expect(min(proposal.from, proposal.to) <= value + half && value - half <= max(proposal.from, proposal.to))
        #expect(
            proposal.practicalDifference > 0 && proposal.practicalDifference < abs(proposal.to - proposal.from) / 10)
        if ReferenceSuggestion.isShare(metric) {
            #expect((0...1).contains(proposal.from) && (0...1).contains(proposal.to))
        }
    }
}
