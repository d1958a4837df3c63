import Experiments

/// Every metric of every strategy.
struct MetricSection: ReportSection {
    let heading = "Every metric"

    func markdown(of input: ReportInput) -> String? {
        let ranking = input.ranking
        var table = TextTable(
            columns: [TextTable.Column("metric"), TextTable.Column("unit")]
                + ranking.strategies.map { TextTable.Column($0.name, alignsRight: true) })
        for metric in ranking.metrics {
            let values = ranking.strategies.map { strategy in
                let estimate = strategy.metrics[metric.key]
                return NumberText.interval(mean: estimate?.mean, low: estimate?.low, high: estimate?.high)
            }
            if values.allSatisfy({ $0 == NumberText.undefined }) { continue }
            table.add(
                [TextTable.Cell("`\(metric.key)`"), TextTable.Cell(metric.unit)] + values.map { TextTable.Cell($0) })
        }
        return table.markdown() + "\n± is half a 95 % interval of the mean, each for itself.\n"
    }
}
