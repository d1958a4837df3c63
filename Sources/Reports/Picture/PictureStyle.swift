/// Colours and fonts of the picture, on light and on dark ground.
enum PictureStyle {
    /// The class of a look.
    static func name(of look: TextStyle.Look) -> String {
        switch look {
        case .plain: "plain"
        case .strong: "strong"
        case .faint: "faint"
        case .good: "good"
        case .bad: "bad"
        case .notable: "notable"
        }
    }

    /// The style sheet. Words carry what colours carry, so that nobody needs to tell them apart.
    static let sheet = """
        text { font: 12px system-ui, "Segoe UI", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; }
        .title { font-size: 17px; font-weight: 600; }
        .head, .strong { font-weight: 600; }
        .note { font-size: 10.5px; }
        .value { font-size: 11px; }
        .middle { text-anchor: middle; }
        .end { text-anchor: end; }
        .bar { stroke-width: 2.5; }
        .cap { stroke-width: 1.2; }
        .baseline { stroke-width: 1.2; stroke-dasharray: 4 3; }
        text, circle { fill: currentColor; }
        .bar, .cap, .baseline { stroke: currentColor; }
        \(colours(ground: "#ffffff", ink: "#1f2328", faint: "#59636e", grid: "#d8dee4", band: "#f6f8fa",
            chosen: "#dafbe1", good: "#1a7f37", bad: "#cf222e", notable: "#9a6700"))
        @media (prefers-color-scheme: dark) {
        \(colours(ground: "#0d1117", ink: "#e6edf3", faint: "#9198a1", grid: "#30363d", band: "#151b23",
            chosen: "#12301c", good: "#3fb950", bad: "#ff7b72", notable: "#d29922"))
        }
        """

    private static func colours(
        ground: String, ink: String, faint: String, grid: String, band: String, chosen: String, good: String,
        bad: String, notable: String
    ) -> String {
        """
        svg { color: \(ink); }
        .paper { fill: \(ground); }
        .band { fill: \(band); }
        .chosen { fill: \(chosen); }
        .grid { stroke: \(grid); }
        .faint, .note, .baseline { color: \(faint); }
        .good { color: \(good); }
        .bad { color: \(bad); }
        .notable { color: \(notable); }
        """
    }
}
