/// What was found in the data.
struct QualitySection: ReportSection {
    let heading = "Data quality"

    func markdown(of input: ReportInput) -> String? {
        let text = QualityText(input.quality)
        var body = text.summary + ".\n"
        if !input.quality.findings.isEmpty { body += "\n" + text.findings.markdown() }
        return body
    }
}
