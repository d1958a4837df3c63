import Experiments
import Explanations
import Testing

@testable import Reports

/// An answer of `sandtable threshold` over three values, as JSON.
private func threshold(sure: [Bool], winners: [String], switches: String, gap: Double) throws -> Threshold {
    let values = zip(sure, winners).enumerated().map { position, value in
        """
        {"value": \(position), "winner": "\(value.1)", "second": "\(value.1 == "a" ? "b" : "a")", "lead": 0.5,
         "standard_error": 0.125, "is_sure": \(value.0)}
        """
    }
    let json = """
        {"scenario": "test", "input": "world.storm", "low": 0, "high": 2, "strategies": ["a", "b"], "seed": 1,
         "practical_difference": 0.25, "result": {"level": 0.95, "worlds": 20, "detectable_gap": \(gap),
         "values": [\(values.joined(separator: ", "))], "switches": \(switches)}}
        """
    return try ResultCoding.value(Threshold.self, json: Array(json.utf8), file: "test")
}

struct ThresholdTextTests {
    @Test("A switch is told with who wins before and after and with its interval")
    func change() throws {
        let text = ThresholdText(
            try threshold(
                sure: [true, false, true], winners: ["a", "a", "b"],
                switches: """
                    [{"from": "a", "to": "b", "value": 1.25, "low": 1, "high": 1.5, "rivals": ["c"]}]
                    """, gap: 0.125)
        ).text(style: .plain)
        #expect(text.contains("The winner changes from a to b at 1.2500, 95 % interval [1.0000, 1.5000]"))
        #expect(text.contains("not surely, ahead of both: c."))
        #expect(!text.contains("--effect"))
    }

    @Test("No change is told apart from no change shown and from nothing sure, and asks for worlds where there are few")
    func steadiness() throws {
        let steady = ThresholdText(
            try threshold(sure: [true, true, true], winners: ["a", "a", "a"], switches: "[]", gap: 0.5))
        #expect(
            steady.sentences[0]
                == "The winner does not change for world.storm from 0 to 2: a is surely the best at all 3 values.")
        // Where all is sure, more worlds are no advice.
        #expect(!steady.sentences[1].contains("--effect"))
        let partly = ThresholdText(
            try threshold(sure: [true, false, false], winners: ["a", "a", "b"], switches: "[]", gap: 0.5))
        #expect(partly.sentences[0].contains("No change of the winner is shown"))
        #expect(partly.sentences[0].contains("a is surely the best at 1 of 3 values"))
        // Four times the worlds halve the gap.
        #expect(partly.sentences[1].contains("about 80 worlds are needed (--effect)"))
        let nothing = ThresholdText(
            try threshold(sure: [false, false, false], winners: ["a", "a", "b"], switches: "[]", gap: 0.5))
        #expect(nothing.sentences[0].hasPrefix("Nothing is sure"))
    }
}

struct WeightTrapTextTests {
    @Test("A weight trap is told with both metrics, what the gain is worth and what it pays for")
    func trap() throws {
        var ranking = ranking([("usual", [0.75, 0.5]), ("frugal", [0.875, 0.625])])
        #expect(WeightTrapWarning.sentences(of: ranking).isEmpty)
        let json = """
            {"strategy": "frugal", "metric": "on_time_rate", "collapse": "fall", "reference": "usual", "mean": 0.41,
             "reference_mean": 0.9, "limit": 0.8, "paid_by": "cost_per_order", "gain": 0.2, "loss": -0.05, "lead": 0.15,
             "lead_without_gain": -0.05}
            """
        ranking.weightTraps = [try ResultCoding.value(WeightTrap.self, json: Array(json.utf8), file: "test")]
        let sentence = try #require(WeightTrapWarning.sentences(of: ranking).first)
        #expect(
            sentence
                == "frugal wins although on_time_rate is 0.4100 instead of 0.9000 with the baseline usual, more than 10 "
                + "practical differences and 20 % of its scale worse: its gain in cost_per_order, worth 0.2000, pays for that loss of 0.0500. "
                + "Without that gain it would be behind usual by 0.0500.")
    }
}
