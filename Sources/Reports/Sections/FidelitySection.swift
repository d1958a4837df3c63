import Experiments

/// How far the replay can be trusted, from the record.
struct FidelitySection: ReportSection {
    let heading = "Does the replay reproduce what happened?"

    func markdown(of input: ReportInput) -> String? {
        guard let score = input.ranking.fidelity else { return nil }
        return FidelityTable(score).table.markdown() + "\n" + FidelityTable(score).legend + "\n"
    }
}

/// The fidelity score as a table: a row a figure, the fitted and the held-out part side by side.
public struct FidelityTable: Sendable {
    private let score: FidelityScore

    /// The table of a score.
    public init(_ score: FidelityScore) {
        self.score = score
    }

    /// Record and replay on both parts.
    public var table: TextTable {
        var table = TextTable(
            columns: [TextTable.Column("as happened: record → replay")]
                + ["fitted (first 70 %)", "held out"].map { TextTable.Column($0, alignsRight: true) })
        func add(_ name: String, _ value: (FidelityScore.Part) -> String) {
            table.add([name, value(score.fitted), value(score.heldOut)].map { TextTable.Cell($0) })
        }
        func pair(_ left: Double?, _ right: Double?) -> String {
            left == nil && right == nil
                ? NumberText.undefined : NumberText.value(left) + " → " + NumberText.value(right)
        }
        add("orders delivered in both, by weight") { NumberText.value($0.compared) }
        add("delivered in the record only") { NumberText.value($0.missed) }
        add("on-time rate") { pair($0.recordedOnTimeRate, $0.replayedOnTimeRate) }
        add("mean lead time, h") { pair($0.recordedLeadTimeHours, $0.replayedLeadTimeHours) }
        add("lead times: Wasserstein-1, h") { NumberText.value($0.leadTimeWassersteinHours) }
        add("lead times: Kolmogorov-Smirnov") { NumberText.value($0.leadTimeKolmogorovSmirnov) }
        add("mean freight an order") { pair($0.recordedFreight, $0.replayedFreight) }
        return table
    }

    /// What is left out.
    public var legend: String {
        "Left out, by weight: \(NumberText.value(score.cancelledByCustomers)) orders that customers cancelled (the same "
            + "for all strategies), \(NumberText.value(score.censored)) whose end the record does not hold."
    }
}
