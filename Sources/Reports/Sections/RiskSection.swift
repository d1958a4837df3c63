import Experiments

/// How the strategies fare in bad worlds and in good ones, and what meeting the same worlds was worth.
struct RiskSection: ReportSection {
    let heading = "Bad worlds and good ones"

    func markdown(of input: ReportInput) -> String? {
        let ranking = input.ranking
        guard ranking.replications > 1 else { return nil }
        let share = NumberText.stated(100 * ranking.riskLevel) + " %"
        var table = TextTable(
            columns: [TextTable.Column("strategy")]
                + ["worst world", "mean of the worst \(share)", "mean", "best world", "variance ratio"].map {
                    TextTable.Column($0, alignsRight: true)
                })
        for strategy in ranking.strategies {
            table.add(
                [
                    strategy.name, Self.words(strategy.risk.worst),
                    NumberText.value(strategy.risk.conditionalValueAtRisk),
                    NumberText.value(strategy.composite), Self.words(strategy.risk.best),
                    NumberText.value(strategy.varianceRatio),
                ].map { TextTable.Cell($0) })
        }
        return table.markdown()
            + "\nThe composite by world; in brackets which world it is, to be replayed with `sandtable trial`. The mean of "
            + "the worst \(share) of worlds is the conditional value at risk (Rockafellar & Uryasev 2000). The variance "
            + "ratio says how many times as many independent worlds would have been needed to compare a strategy with "
            + "\(ranking.baseline) as precisely.\n"
    }

    /// `0.8123 (world 17)`.
    private static func words(_ extreme: WorldRisk.Extreme?) -> String {
        guard let extreme else { return NumberText.undefined }
        return "\(NumberText.value(extreme.composite)) (world \(NumberText.count(extreme.replication)))"
    }
}
