import Experiments

/// ranking.svg: the strategies by rank, with composite and main metrics as dots and their intervals as bars.
///
/// The same ranking gives the same bytes: the picture holds no time and no host, and its fonts are the viewer's. It is
/// readable on light and dark ground, and every dot says its numbers where the mouse rests on it.
public struct RankingPicture: Sendable {
    private let ranking: Ranking
    private let layout: PictureLayout
    private let panels: [PicturePanel]

    /// The picture of a ranking: the composite, and the first metrics that the ranking's tables show.
    public init(_ ranking: Ranking) {
        self.ranking = ranking
        let columns = PicturePanel.Content.all(of: ranking)
        layout = PictureLayout(ranking, panelCount: columns.count)
        let layout = layout
        panels = columns.enumerated().map { PicturePanel($1, of: ranking, edges: layout.edges(ofPanel: $0)) }
    }

    /// The file's text.
    public var svg: String {
        var picture = VectorPicture()
        picture.add("rect", [("class", "paper"), ("width", "100%"), ("height", "100%")])
        drawHead(in: &picture)
        drawRows(in: &picture)
        for panel in panels { panel.draw(in: &picture, layout: layout) }
        return picture.document(
            width: layout.width, height: layout.height, title: title, style: PictureStyle.sheet)
    }

    // MARK: Head

    private var title: String {
        let name = ranking.strategies.first(where: \.recommended)?.name
        return "\(ranking.scenario): " + (name.map { "\($0) is recommended" } ?? "no strategy can be recommended")
    }

    /// How to read it; each line fits the width of a picture with one panel.
    private var legend: [String] {
        let worlds = ranking.replications == 1 ? "1 world" : "\(NumberText.count(ranking.replications)) worlds"
        let bars = ranking.replications == 1 ? "" : ", bar: its 95 % interval (often narrower than the dot)"
        var lines = ["dot: mean over \(worlds)\(bars); dashed line: the baseline \(ranking.baseline)"]
        let others = ranking.strategies.count - 1
        if ranking.replications > 1, others > 0 {
            let count = others == 1 ? "" : " over all \(others) comparisons at once"
            lines.append("verdict: the composite against \(ranking.baseline), 95 %\(count); colours: the same")
        }
        return lines
    }

    private func drawHead(in picture: inout VectorPicture) {
        let left = PictureLayout.margin
        picture.text(layout.fitted(title, size: 17), x: left, y: 32, class: "title")
        for (index, line) in legend.enumerated() {
            picture.text(layout.fitted(line, size: 12), x: left, y: 54 + 17 * Double(index), class: "faint")
        }
        let y = layout.top - 22
        picture.text("strategy", x: layout.nameX, y: y, class: "head")
        if let x = layout.guardrailX { picture.text("guardrails", x: x, y: y, class: "head") }
        picture.text("verdict", x: layout.verdictX, y: y, class: "head")
    }

    // MARK: Rows

    private func drawRows(in picture: inout VectorPicture) {
        for (row, strategy) in ranking.strategies.enumerated() {
            let y = layout.middle(ofRow: row)
            if strategy.recommended || row.isMultiple(of: 2) {
                let top = VectorPicture.number(y - PictureLayout.rowHeight / 2)
                picture.add(
                    "rect",
                    [
                        ("class", strategy.recommended ? "chosen" : "band"), ("x", "8"), ("y", top),
                        ("width", VectorPicture.number(layout.width - 16)),
                        ("height", VectorPicture.number(PictureLayout.rowHeight)), ("rx", "4"),
                    ])
            }
            let baseline = y + 4.5
            picture.text(String(strategy.rank), x: layout.nameX - 8, y: baseline, class: "faint end")
            picture.text(
                layout.name(strategy.name), x: layout.nameX, y: baseline,
                class: strategy.recommended ? "strong" : "plain")
            if let x = layout.guardrailX {
                picture.text(RankingTable.guardrailCell(strategy), x: x, y: baseline)
            }
            picture.text(RankingTable.verdictCell(strategy), x: layout.verdictX, y: baseline)
        }
    }
}

extension VectorPicture {
    /// Adds the text of a table's cell in its look.
    fileprivate mutating func text(_ cell: TextTable.Cell, x: Double, y: Double) {
        text(cell.text, x: x, y: y, class: PictureStyle.name(of: cell.look))
    }
}
