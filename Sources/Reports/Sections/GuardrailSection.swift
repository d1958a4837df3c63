import Experiments

/// Which strategy keeps which bound.
struct GuardrailSection: ReportSection {
    let heading = "Guardrails"

    func markdown(of input: ReportInput) -> String? {
        let ranking = input.ranking
        guard !ranking.guardrails.isEmpty else { return nil }
        var table = TextTable(
            columns: [TextTable.Column("strategy")]
                + ranking.guardrails.map { TextTable.Column(Self.bound($0)) })
        for strategy in ranking.strategies {
            table.add([TextTable.Cell(strategy.name)] + strategy.guardrails.map { TextTable.Cell(Self.words($0)) })
        }
        return table.markdown()
            + "\nA guardrail is *kept* if the whole 95 % interval of the mean over worlds is inside the bound, *broken* if "
            + "wholly outside, *unproven* otherwise. Only a strategy that keeps all is recommended.\n"
    }

    /// `on_time_rate at least 0.9`.
    static func bound(_ guardrail: GuardrailStatement) -> String {
        if let bound = guardrail.atLeast { return "\(guardrail.metric) at least \(NumberText.stated(bound))" }
        return "\(guardrail.metric) at most \(NumberText.stated(guardrail.atMost))"
    }

    private static func words(_ state: GuardrailState) -> String {
        var text = state.state.rawValue
        if let share = state.breachShare, share > 0 {
            text += ", breached in \(NumberText.percent(share)) of worlds"
        }
        if let more = state.moreReplications { text += ", about \(NumberText.count(more)) more replications needed" }
        return text
    }
}
