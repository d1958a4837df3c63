import Experiments

/// What a run prints at its end: the table, the answer, and how far it can be trusted.
public struct RunSummary: Sendable {
    private let ranking: Ranking

    /// The summary of a ranking.
    public init(_ ranking: Ranking) {
        self.ranking = ranking
    }

    /// The summary for a terminal of a width, or without bounds.
    public func text(style: TextStyle, width: Int?) -> String {
        var text = style.apply(.strong, to: ranking.run) + "\n\n"
        text += RankingTable(ranking).text(style: style, width: width)
        text += "\n" + Answer(ranking).sentences.joined(separator: " ").replacing("**", with: "") + "\n"
        if let fidelity = ranking.fidelity {
            let table = FidelityTable(fidelity)
            text += "\n" + table.table.text(style: style) + style.apply(.faint, to: table.legend) + "\n"
        }
        return text
    }
}
