import Experiments
import Explanations

/// What a change of a scenario does, as a table and in sentences made of its numbers.
public struct WhatIfText: Sendable {
    private let result: WhatIf

    /// The text of a comparison.
    public init(_ result: WhatIf) {
        self.result = result
    }

    /// A row per strategy and figure: before, after, the paired difference with half its interval.
    public var table: TextTable {
        var table = TextTable(
            columns: [TextTable.Column("strategy"), TextTable.Column("metric")]
                + ["before", "after", "difference", "standard error"].map { TextTable.Column($0, alignsRight: true) })
        for strategy in result.strategies {
            let figures =
                [("composite", strategy.composite)]
                + result.metrics.compactMap { metric in strategy.metrics[metric.key].map { (metric.key, $0) } }
            for (index, (name, figure)) in figures.enumerated() {
                let difference = figure.difference
                table.add([
                    TextTable.Cell(index == 0 ? strategy.name : "", look: .strong), TextTable.Cell(name),
                    TextTable.Cell(NumberText.value(figure.before.mean)),
                    TextTable.Cell(NumberText.value(figure.after.mean)),
                    TextTable.Cell(
                        NumberText.interval(mean: difference.mean, low: difference.low, high: difference.high),
                        look: Self.isShown(difference) ? .notable : .plain),
                    TextTable.Cell(NumberText.value(difference.standardError)),
                ])
            }
        }
        return table
    }

    /// Whether an interval leaves 0 out.
    private static func isShown(_ estimate: StatedEstimate) -> Bool {
        guard let low = estimate.low, let high = estimate.high else { return false }
        return low > 0 || high < 0
    }

    /// Who comes first before and after, with how sure.
    public var sentences: [String] {
        var sentences = [
            "Before: " + Self.words(result.before),
            "After \(result.changes.joined(separator: ", ")): "
                + Self.words(result.after),
        ]
        if result.before.winner != nil, result.after.winner != nil {
            let isSure = result.before.mayBeBest.count == 1 && result.after.mayBeBest.count == 1
            if result.changesWinner {
                sentences.append(
                    "The change makes another strategy win"
                        + (isSure ? "." : ", but one of the two wins is not certain at 95 %."))
            } else {
                sentences.append("The same strategy wins before and after.")
            }
        }
        return sentences
    }

    /// `quick wins by 0.12 [0.1, 0.14] over start, and in 96.0 % of worlds; no other may be the best`.
    private static func words(_ standing: Standing) -> String {
        guard let winner = standing.winner else { return "no strategy has a composite." }
        var text = "\(winner) wins"
        if let second = standing.second {
            let lead = standing.lead
            text += " by \(NumberText.value(lead.mean))"
            if lead.low != nil { text += ", interval \(NumberText.bounds(low: lead.low, high: lead.high))," }
            text += " over \(second)"
        }
        if let share = standing.winnerShare { text += "; it is the best in \(NumberText.percent(share)) of worlds" }
        let rivals = standing.mayBeBest.filter { $0 != winner }
        text += rivals.isEmpty ? "" : "; these may be the best too: \(rivals.joined(separator: ", "))"
        if standing.recommended != winner {
            text += "; recommended, since it keeps all guardrails: \(standing.recommended ?? "none")"
        }
        return text + "."
    }

    /// The whole answer for a terminal.
    public func text(style: TextStyle) -> String {
        let worlds = result.replications == 1 ? "1 world" : "\(NumberText.count(result.replications)) worlds"
        var text = style.apply(.strong, to: "\(result.scenario), what if \(result.changes.joined(separator: ", "))")
        text += "\n\n" + table.text(style: style)
        text +=
            style.apply(
                .faint,
                to: "The same \(worlds) before and after, seed \(result.seed). ± is half a 95 % interval of the paired "
                    + "difference, each for itself.") + "\n\n"
        for sentence in sentences { text += sentence + "\n" }
        for (names, side) in [(result.onlyBefore, "before"), (result.onlyAfter, "after")] where !names.isEmpty {
            text += "Not compared, there only \(side): \(names.joined(separator: ", ")).\n"
        }
        return text
    }
}
