import Experiments

/// The ranking as a table: rank, strategy, composite, the main metrics with their intervals, verdict.
public struct RankingTable: Sendable {
    private let ranking: Ranking

    /// The table of a ranking.
    public init(_ ranking: Ranking) {
        self.ranking = ranking
    }

    /// The table with the first so many metrics.
    public func table(metricCount: Int) -> TextTable {
        let keys = ranking.reportMetrics.prefix(metricCount)
        let hasGuardrails = !ranking.guardrails.isEmpty
        var table = TextTable(
            columns: [
                TextTable.Column("rank", alignsRight: true), TextTable.Column("strategy"),
                TextTable.Column("composite", alignsRight: true),
            ] + keys.map { TextTable.Column($0, alignsRight: true) }
                + (hasGuardrails ? [TextTable.Column("guardrails")] : [])
                + [TextTable.Column("best?"), TextTable.Column("verdict")])
        for strategy in ranking.strategies {
            let composite = strategy.compositeInterval
            var cells: [TextTable.Cell] = [
                TextTable.Cell(String(strategy.rank)),
                TextTable.Cell(strategy.name, look: strategy.recommended ? .strong : .plain),
                TextTable.Cell(
                    NumberText.interval(mean: strategy.composite, low: composite.low, high: composite.high)),
            ]
            for key in keys {
                let metric = strategy.metrics[key]
                cells.append(
                    TextTable.Cell(NumberText.interval(mean: metric?.mean, low: metric?.low, high: metric?.high)))
            }
            if hasGuardrails { cells.append(Self.guardrailCell(strategy)) }
            cells.append(
                strategy.recommended
                    ? TextTable.Cell("recommended", look: .good) : TextTable.Cell(strategy.mayBeBest ? "may be" : "no"))
            cells.append(Self.verdictCell(strategy))
            table.add(cells)
        }
        return table
    }

    /// One word: what the comparison with the baseline shows.
    static func verdictCell(_ strategy: RankedStrategy) -> TextTable.Cell {
        switch strategy.verdict {
        case nil: TextTable.Cell("baseline", look: .faint)
        case .better?: TextTable.Cell("better", look: .good)
        case .worse?: TextTable.Cell("worse", look: .bad)
        case .noDifferenceShown?: TextTable.Cell("no difference shown", look: .notable)
        case .equivalent?: TextTable.Cell("equivalent")
        }
    }

    /// Whether all guardrails are kept, else how many are not.
    static func guardrailCell(_ strategy: RankedStrategy) -> TextTable.Cell {
        let broken = strategy.guardrails.filter { $0.state == .broken }.count
        let unproven = strategy.guardrails.filter { $0.state == .unproven }.count
        if broken > 0 { return TextTable.Cell("\(broken) broken", look: .bad) }
        if unproven > 0 { return TextTable.Cell("\(unproven) unproven", look: .notable) }
        return TextTable.Cell("kept", look: .good)
    }

    /// The table for a terminal of a width, with what its columns mean below; nil = any width.
    ///
    /// Metrics that do not fit are left out, the last first.
    public func text(style: TextStyle, width: Int? = nil) -> String {
        var count = ranking.reportMetrics.count
        var plain = table(metricCount: count).text()
        while let width, count > 0, Self.widest(plain) > width {
            count -= 1
            plain = table(metricCount: count).text()
        }
        var text = table(metricCount: count).text(style: style)
        let left = ranking.reportMetrics.count - count
        if left > 0 {
            text += style.apply(.faint, to: "\(left) more metrics do not fit here; they are in the report.") + "\n"
        }
        return text + style.apply(.faint, to: legend) + "\n"
    }

    /// What the intervals and verdicts are.
    public var legend: String {
        let worlds = ranking.replications == 1 ? "1 world" : "\(NumberText.count(ranking.replications)) worlds"
        let others = ranking.strategies.count - 1
        var text = "\(worlds), seed \(ranking.seed). "
        if ranking.replications > 1 { text += "± is half a 95 % interval of the mean, each metric for itself. " }
        text += "verdict: the composite against \(ranking.baseline)"
        if ranking.replications > 1, others > 1 {
            text += ", 95 % over all \(others) comparisons at once (\(ranking.simultaneousMethod))"
        }
        return text + "."
    }

    private static func widest(_ text: String) -> Int {
        text.split(separator: "\n").reduce(0) { max($0, DisplayWidth.of($1)) }
    }
}
