import Domain
import Storage

/// The tables of a run for spreadsheets and other programs.
///
/// Numbers are the shortest text that reads back to the same bits; what is undefined is blank.
public enum ResultTables {
    /// trials.csv: a row per strategy and replication, every metric.
    ///
    /// - Throws: ``OperationError`` with path and reason, such as a full disk; nothing half-written remains.
    /// - Returns: The SHA-256 of the file.
    public static func writeTrials(_ table: TrialTable, to path: String) throws(OperationError) -> String {
        let writer = try CSVWriter(path: path, header: ["strategy", "replication"] + table.metricKeys)
        for (strategy, name) in table.strategies.enumerated() {
            for replication in 0..<table.replicationCount {
                writer.field(name)
                writer.field(replication)
                for metric in table.metricKeys.indices {
                    writer.field(table.value(strategy: strategy, replication: replication, metric: metric))
                }
                try writer.endRow()
            }
        }
        return try writer.finish()
    }

    /// The metrics of a trial as they stand in trials.csv.
    ///
    /// - Throws: ``InputError`` where the file is no table of trials or has no such row.
    public static func trialValues(
        in path: String, strategy: String, replication: Int
    ) throws(InputError) -> [String] {
        let reader = try CSVReader(path: path)
        while try reader.nextRow() {
            guard try reader.text(0) == strategy, try reader.integer(1) == replication else { continue }
            var values: [String] = []
            for column in 2..<reader.header.count { values.append(try reader.text(column)) }
            return values
        }
        throw InputError(
            at: SourceLocation(file: path), found: "no row of \(strategy), replication \(replication)",
            expected: "a row for every trial")
    }

    /// ranking.csv: a row per strategy by rank.
    ///
    /// - Throws: ``OperationError`` with path and reason, such as a full disk; nothing half-written remains.
    /// - Returns: The SHA-256 of the file.
    public static func writeRanking(_ ranking: Ranking, to path: String) throws(OperationError) -> String {
        let keys = ranking.metrics.map(\.key)
        let writer = try CSVWriter(
            path: path,
            header: [
                "rank", "strategy", "composite", "composite_low", "composite_high", "difference", "difference_low",
                "difference_high", "verdict", "may_be_best", "recommended", "guardrails",
            ] + keys.flatMap { [$0, $0 + "_standard_error", $0 + "_low", $0 + "_high"] })
        for strategy in ranking.strategies {
            writer.field(strategy.rank)
            writer.field(strategy.name)
            for value in [
                strategy.composite, strategy.compositeInterval.low, strategy.compositeInterval.high,
                strategy.difference?.mean, strategy.difference?.low, strategy.difference?.high,
            ] {
                writer.field(value ?? .nan)
            }
            writer.field(strategy.verdict?.rawValue ?? "baseline")
            writer.field(strategy.mayBeBest ? "true" : "false")
            writer.field(strategy.recommended ? "true" : "false")
            writer.field(strategy.guardrails.map { "\($0.metric): \($0.state.rawValue)" }.joined(separator: "; "))
            for key in keys {
                let estimate = strategy.metrics[key]
                for value in [estimate?.mean, estimate?.standardError, estimate?.low, estimate?.high] {
                    writer.field(value ?? .nan)
                }
            }
            try writer.endRow()
        }
        return try writer.finish()
    }

    /// segments.csv: a row per strategy and cell; means over replications with their standard errors.
    ///
    /// - Throws: ``OperationError`` with path and reason, such as a full disk; nothing half-written remains.
    /// - Returns: The SHA-256 of the file.
    public static func writeSegments(
        _ sums: SegmentSums, strategies: [String], cuts: [String], columns: [String], to path: String
    ) throws(OperationError) -> String {
        let writer = try CSVWriter(
            path: path, header: ["strategy"] + cuts + columns.flatMap { [$0, $0 + "_standard_error"] })
        for (strategy, name) in strategies.enumerated() {
            for cell in sums.cells(ofStrategy: strategy) {
                writer.field(name)
                for label in cell.labels { writer.field(label) }
                for column in columns.indices {
                    writer.field(cell.counts[column] == 0 ? .nan : cell.means[column])
                    writer.field(cell.standardError(column) ?? .nan)
                }
                try writer.endRow()
            }
        }
        return try writer.finish()
    }
}
