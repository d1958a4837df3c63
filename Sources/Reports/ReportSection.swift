/// A part of the report with a heading of its own: one file a section, listed in ``RunReport/sections``.
public protocol ReportSection: Sendable {
    /// The heading.
    var heading: String { get }

    /// The text below the heading, in Markdown; nil where there is nothing to say.
    func markdown(of input: ReportInput) -> String?
}

/// report.md: the run for somebody who decides and has not seen the tool.
public enum RunReport {
    /// The sections in order.
    public static let sections: [any ReportSection] = [
        AnswerSection(), WeightTrapSection(), RankingSection(), GuardrailSection(), RiskSection(), FidelitySection(),
        AssumptionSection(),
        QualitySection(), MetricSection(), RerunSection(),
    ]

    /// The whole report.
    public static func markdown(of input: ReportInput) -> String {
        var text = "# \(input.scenario.name): which routing strategy?\n"
        if !input.scenario.head.isEmpty { text += "\n" + input.scenario.head + "\n" }
        for section in sections {
            guard let body = section.markdown(of: input) else { continue }
            text += "\n## \(section.heading)\n\n" + body
            if !text.hasSuffix("\n") { text += "\n" }
        }
        return text
    }
}
