import Experiments
import Explanations

/// report.html: the run as one self-contained page, light or dark as the reader's screen is: the answer, the ranking, one
/// world, one explanation, what it rests on, and the manifest.
public struct RunPage: Sendable {
    /// What the report is written from.
    public var input: ReportInput
    /// The world shown.
    public var world: WorldView?
    /// The decision explained.
    public var explanation: DecisionExplanation?
    /// What is said of the run: name and value.
    public var facts: [(String, String)]

    /// A page from its parts.
    public init(
        input: ReportInput, world: WorldView?, explanation: DecisionExplanation?, facts: [(String, String)]
    ) {
        self.input = input
        self.world = world
        self.explanation = explanation
        self.facts = facts
    }

    /// The file's text.
    public var html: String {
        let title = "\(input.scenario.name): which routing strategy?"
        var body = "<h1>\(VectorPicture.escaped(title))</h1>\n"
        if !input.scenario.head.isEmpty {
            body +=
                "<details><summary>What this scenario is</summary>\n\(MarkdownText.html(input.scenario.head))</details>\n"
        }
        for section in RunReport.sections {
            guard let text = section.markdown(of: input) else { continue }
            body += part(section.heading, content(of: section, text: text))
            if section is RankingSection {
                if let world { body += part("One of the worlds", worldPart(world)) }
                if let explanation { body += part("One decision, explained", explanationPart(explanation)) }
            }
        }
        body += part("Manifest", manifest)
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(VectorPicture.escaped(title))</title>
            <style>
            \(Self.sheet)
            </style>
            </head>
            <body>
            <main>
            \(body)</main>
            </body>
            </html>

            """
    }

    private func part(_ heading: String, _ content: String) -> String {
        "<section>\n<h2>\(VectorPicture.escaped(heading))</h2>\n\(content)</section>\n"
    }

    /// A section's text, its picture drawn in place of named.
    private func content(of section: any ReportSection, text: String) -> String {
        guard section is RankingSection else { return MarkdownText.html(text) }
        let words = text.replacing(RankingSection.picture, with: "")
        return "<figure>\(Self.inline(RankingPicture(input.ranking).svg, name: "ranking"))</figure>\n"
            + MarkdownText.html(words)
    }

    private func worldPart(_ world: WorldView) -> String {
        let picture = Self.inline(WorldPicture(world).svg, name: "world")
        return
            "<p>World \(world.replication) of \(input.ranking.replications): every strategy met it, and each of the others.</p>\n"
            + "<figure>\(picture)</figure>\n"
    }

    private func explanationPart(_ explanation: DecisionExplanation) -> String {
        let pictures = DecisionPictures.all(of: explanation).enumerated().map { number, picture in
            "<figure>\(Self.inline(picture.svg, name: "decision\(number)"))</figure>\n"
        }
        let text = VectorPicture.escapedLines(DecisionText(explanation).text(style: .plain))
        return "<pre>\(text)</pre>\n" + pictures.joined()
    }

    private var manifest: String {
        "<div class=\"wide\"><table><tbody>\n"
            + facts.map { "<tr><th>\(VectorPicture.escaped($0.0))</th><td>\(VectorPicture.escaped($0.1))</td></tr>\n" }
            .joined()
            + "</tbody></table></div>\n"
    }

    /// A picture within the page: its style holds for itself alone, since every picture brings its own.
    private static func inline(_ svg: String, name: String) -> String {
        guard let open = svg.firstRange(of: "<style>"), let close = svg.firstRange(of: "</style>") else { return svg }
        let style = svg[open.upperBound..<close.lowerBound]
        let scoped = "@scope (#\(name)) {\n" + style.replacing("svg {", with: ":scope {") + "}\n"
        return svg[..<open.upperBound].replacing("<svg ", with: "<svg id=\"\(name)\" ", maxReplacements: 1) + scoped
            + svg[close.lowerBound...]
    }

    private static let sheet = """
        :root { color-scheme: light dark; --ink: #1f2328; --ground: #ffffff; --faint: #59636e; --rule: #d8dee4; --band: #f6f8fa; }
        @media (prefers-color-scheme: dark) {
        :root { --ink: #e6edf3; --ground: #0d1117; --faint: #9198a1; --rule: #30363d; --band: #151b23; }
        }
        body { margin: 0; color: var(--ink); background: var(--ground);
          font: 16px/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; }
        main { max-width: 1080px; margin: 0 auto; padding: 24px 20px 64px; }
        h1 { font-size: 28px; line-height: 1.25; }
        h2 { font-size: 21px; margin-top: 40px; border-bottom: 1px solid var(--rule); padding-bottom: 6px; }
        section:first-of-type p { font-size: 18px; }
        details { color: var(--faint); }
        figure { margin: 16px 0; overflow-x: auto; }
        figure svg { max-width: 100%; height: auto; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; padding: 5px 10px; border-bottom: 1px solid var(--rule); white-space: nowrap; vertical-align: top; }
        .number { text-align: right; }
        code, pre { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 13px; }
        pre { background: var(--band); padding: 12px; overflow-x: auto; line-height: 1.35; }
        """
}
