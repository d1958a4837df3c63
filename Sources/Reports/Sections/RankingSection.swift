import Experiments

/// The ranking table and how to read it.
struct RankingSection: ReportSection {
    let heading = "Ranking"
    /// The picture that lies beside the report.
    static let picture =
        "![The strategies by rank, with the composite, main metrics and their intervals]"
        + "(\(RunFolder.Name.picture))"

    func markdown(of input: ReportInput) -> String? {
        let ranking = input.ranking
        let table = RankingTable(ranking)
        let terms = ranking.objectives.map { objective in
            "\(NumberText.stated(objective.weight)) × (`\(objective.metric)` from \(NumberText.stated(objective.from)) "
                + "to \(NumberText.stated(objective.to)))"
        }
        let method = "The composite is " + terms.joined(separator: " + ") + ": 0 at the first value, 1 at the second. "
        let threshold =
            "A difference of composites below \(NumberText.value(ranking.practicalDifference)) does not matter "
            + "(`equivalent`). "
        let best = "`may be` in the column *best?* marks what cannot be excluded as the best of all (Hsu 1984)."
        return Self.picture + "\n\n" + table.table(metricCount: ranking.reportMetrics.count).markdown() + "\n"
            + table.legend + " "
            + method
            + threshold + best + "\n"
    }
}
