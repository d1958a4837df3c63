import Experiments
import Explanations

/// At which value of an input the winner changes, as a table and in sentences made of its numbers.
public struct ThresholdText: Sendable {
    private let threshold: Threshold
    private var result: SwitchReport { threshold.result }

    /// The text of an answer.
    public init(_ threshold: Threshold) {
        self.threshold = threshold
    }

    /// A row per value looked at: who leads whom by how much, and whether that is sure.
    public var table: TextTable {
        var table = TextTable(
            columns: [
                TextTable.Column(threshold.input, alignsRight: true), TextTable.Column("best"),
                TextTable.Column("lead", alignsRight: true), TextTable.Column("standard error", alignsRight: true),
                TextTable.Column("over"), TextTable.Column("sure?"),
            ])
        for value in result.values {
            table.add([
                TextTable.Cell(NumberText.stated(value.value)),
                TextTable.Cell(value.winner, look: value.isSure ? .strong : .plain),
                TextTable.Cell(NumberText.value(value.lead)), TextTable.Cell(NumberText.value(value.standardError)),
                TextTable.Cell(value.second),
                value.isSure ? TextTable.Cell("sure", look: .good) : TextTable.Cell("not shown", look: .notable),
            ])
        }
        return table
    }

    /// The answer, then how fine it is.
    public var sentences: [String] {
        (result.switches.isEmpty ? [steadiness] : result.switches.map(Self.words)) + [power]
    }

    private var place: String {
        "\(threshold.input) from \(NumberText.stated(threshold.low)) to \(NumberText.stated(threshold.high))"
    }

    /// `The winner changes from a to b at 2.31, 95 % interval [2.2, 2.5].`
    private static func words(_ change: SwitchReport.Switch) -> String {
        var text =
            "The winner changes from \(change.from) to \(change.to) at \(NumberText.value(change.value)), 95 % interval "
            + NumberText.bounds(low: change.low, high: change.high)
        if !change.rivals.isEmpty {
            text += "; about there, not surely, ahead of both: \(change.rivals.joined(separator: ", "))"
        }
        return text + "."
    }

    /// That no switch is shown, and how far that goes.
    private var steadiness: String {
        let sure = result.values.filter(\.isSure)
        let winners = result.sureWinners
        guard let winner = winners.first else {
            return
                "Nothing is sure for \(place): at none of \(result.values.count) values one strategy is surely the best."
        }
        if sure.count == result.values.count {
            return "The winner does not change for \(place): \(winner) is surely the best at all "
                + "\(result.values.count) values."
        }
        return "No change of the winner is shown for \(place): \(winner) is surely the best at \(sure.count) of "
            + "\(result.values.count) values, nobody is at the others."
    }

    /// Which switches would have been found.
    private var power: String {
        var text =
            "A switch with a lead of at least \(NumberText.value(result.detectableGap)) of composite at one of these values "
            + "on either side is found with a probability of \(NumberText.percent(result.level))"
        if let worlds = threshold.worldsForPracticalDifference, result.values.contains(where: { !$0.isSure }) {
            text +=
                "; for one of \(NumberText.value(threshold.practicalDifference)), the practical difference, about "
                + "\(NumberText.count(worlds)) worlds are needed (--effect)"
        }
        return text + "."
    }

    /// The whole answer for a terminal.
    public func text(style: TextStyle) -> String {
        var text = style.apply(.strong, to: "\(threshold.scenario), \(place)") + "\n\n" + table.text(style: style)
        text +=
            style.apply(
                .faint,
                to:
                    "\(NumberText.count(result.worlds)) worlds at each value, the same at all, seed \(threshold.seed). sure: "
                    + "better than every other strategy, 95 % over all values at once.") + "\n\n"
        return text + sentences.joined(separator: "\n") + "\n"
    }
}
