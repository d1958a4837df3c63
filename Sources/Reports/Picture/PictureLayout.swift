import Experiments

/// Where the parts of the picture lie, in pixels.
struct PictureLayout: Sendable {
    /// Metrics beside the composite: more would make the text too small where the picture is scaled to a page.
    static let metricCountMax = 3
    /// Blank at the edges.
    static let margin = 20.0
    /// Height of a strategy's row.
    static let rowHeight = 26.0
    /// Width of a panel's plot.
    static let plotWidth = 112.0
    /// Width of a panel's column of values, right of the plot.
    static let valueWidth = 54.0
    private static let gap = 22.0
    private static let nameWidthMax = 220.0
    private static let nameSize = 12.5

    /// Top of the rows.
    let top: Double
    /// Bottom of the rows.
    let bottom: Double
    /// Left edge of the names.
    let nameX: Double
    /// Left edge of the guardrails' column; nil where the scenario has none.
    let guardrailX: Double?
    /// Left edge of the verdicts' column.
    let verdictX: Double
    /// Width of the picture.
    let width: Double
    /// Height of the picture.
    let height: Double
    private let firstPanel: Double

    /// The layout of a ranking with a number of panels.
    init(_ ranking: Ranking, panelCount: Int) {
        let names = ranking.strategies.map { Self.textWidth($0.name, size: Self.nameSize) }
        let ranks = ranking.strategies.map { Self.textWidth(String($0.rank), size: 12) }.max() ?? 0
        top = 130
        bottom = top + Self.rowHeight * Double(ranking.strategies.count)
        height = bottom + 32
        nameX = Self.margin + ranks + 8
        firstPanel = nameX + min(Self.nameWidthMax, max(60, names.max() ?? 0)) + Self.gap
        var x = firstPanel + Double(panelCount) * (Self.plotWidth + Self.valueWidth + Self.gap)
        if ranking.guardrails.isEmpty {
            guardrailX = nil
        } else {
            guardrailX = x
            x += 84
        }
        verdictX = x
        let words = ranking.strategies.map { RankingTable.verdictCell($0).text }
        width = x + (words.map { Self.textWidth($0, size: 12) }.max() ?? 0) + Self.margin
    }

    /// The edges of a panel's plot.
    func edges(ofPanel index: Int) -> ClosedRange<Double> {
        let left = firstPanel + Double(index) * (Self.plotWidth + Self.valueWidth + Self.gap)
        return left...(left + Self.plotWidth)
    }

    /// The middle of a strategy's row.
    func middle(ofRow row: Int) -> Double { top + Self.rowHeight * (Double(row) + 0.5) }

    /// A strategy's name as it fits its column.
    func name(_ name: String) -> String {
        Self.fitted(name, width: Self.nameWidthMax, size: Self.nameSize)
    }

    /// A text as it fits the picture.
    func fitted(_ text: String, size: Double) -> String {
        Self.fitted(text, width: width - 2 * Self.margin, size: size)
    }

    /// A text cut to a width.
    static func fitted(_ text: String, width: Double, size: Double) -> String {
        DisplayWidth.shortened(text, to: Int(width / (size * columnWidth)))
    }

    /// About how wide a text is at a font size, rather too much than too little: the viewer's font is not known.
    static func textWidth(_ text: String, size: Double) -> Double {
        Double(DisplayWidth.of(text)) * size * columnWidth
    }

    /// Width of a column of ``DisplayWidth`` by font size: wide sans-serif fonts take 0.6 on average.
    private static let columnWidth = 0.6
}
