import Explanations

/// contributions.svg: candidates by features, each cell the part of the score difference that the feature makes.
///
/// Green speaks for the chosen candidate, red against it; the deeper, the more, by the largest part of the picture. Words
/// carry what colours carry: every cell shows its number and, where the mouse rests, the values behind it.
public struct ContributionPicture: Sendable {
    /// Candidates shown: those that competed first.
    private static let rowsMax = 24
    private static let rowHeight = 24.0
    private static let top = 128.0

    private let part: DecisionContributions
    private let explanation: DecisionExplanation
    private let rows: [DecisionContributions.Candidate]
    private let nameWidth: Double
    private let columnWidth: Double

    /// The picture of one comparison of an explanation.
    public init(_ part: DecisionContributions, of explanation: DecisionExplanation) {
        self.part = part
        self.explanation = explanation
        rows = Array(part.candidates.prefix(Self.rowsMax))
        let names = rows.map { PictureLayout.textWidth(Self.name(of: $0), size: 12) }
        nameWidth = min(360, max(120, names.max() ?? 0)) + 16
        let keys = part.features.map { PictureLayout.textWidth($0.key, size: 10.5) }
        columnWidth = min(170, max(96, keys.max() ?? 0) + 8)
    }

    /// What it shows.
    public var title: String {
        let chosen = part.chosen?.node ?? ""
        let shipment = part.shipment.map { ", shipment \($0 + 1)" } ?? ""
        return "order \(explanation.order)\(shipment): what spoke for \(chosen), and against it"
    }

    /// The file's text.
    public var svg: String {
        var picture = VectorPicture()
        picture.add("rect", [("class", "paper"), ("width", "100%"), ("height", "100%")])
        let left = PictureLayout.margin
        picture.text(PictureLayout.fitted(title, width: width - 2 * left, size: 17), x: left, y: 32, class: "title")
        for (index, line) in legend.enumerated() {
            picture.text(
                PictureLayout.fitted(line, width: width - 2 * left, size: 12), x: left, y: 54 + 17 * Double(index),
                class: "faint")
        }
        drawHead(in: &picture)
        for (row, candidate) in rows.enumerated() { draw(candidate, row: row, in: &picture) }
        return picture.document(width: width, height: height, title: title, style: DecisionPictureStyle.sheet)
    }

    /// How to read it.
    private var legend: [String] {
        let hidden = part.candidates.count - rows.count
        return [
            "each cell: what a rating makes of the chosen candidate's score less the other's",
            "green and - speak for the chosen candidate (its row: the values)"
                + (hidden > 0 ? "; \(hidden) further candidates are left out" : ""),
        ]
    }

    private var width: Double {
        max(640, 2 * PictureLayout.margin + nameWidth + Double(part.features.count + 1) * columnWidth)
    }
    private var height: Double { Self.top + Double(rows.count) * Self.rowHeight + PictureLayout.margin }

    /// The left edge of a column.
    private func left(ofColumn column: Int) -> Double {
        PictureLayout.margin + nameWidth + Double(column) * columnWidth
    }

    private func drawHead(in picture: inout VectorPicture) {
        let y = Self.top - 24
        picture.text("candidate", x: PictureLayout.margin, y: y, class: "head")
        for (column, feature) in part.features.enumerated() {
            let middle = left(ofColumn: column) + columnWidth / 2
            let name = PictureLayout.fitted(feature.key, width: columnWidth - 4, size: 10.5)
            picture.text(name, x: middle, y: y, class: "note middle")
            let unit = feature.unit == "money" ? explanation.currency : feature.unit
            let note = unit.isEmpty ? "" : "\(unit), "
            picture.text(
                "\(note)weight \(NumberText.stated(feature.weight))", x: middle, y: y + 14, class: "note middle")
        }
        let middle = left(ofColumn: part.features.count) + columnWidth / 2
        picture.text("difference", x: middle, y: y, class: "head middle")
    }

    private func draw(_ candidate: DecisionContributions.Candidate, row: Int, in picture: inout VectorPicture) {
        let top = Self.top + Double(row) * Self.rowHeight
        let look = candidate.isChosen ? "strong" : candidate.removals.isEmpty ? "plain" : "faint"
        picture.text(
            PictureLayout.fitted(Self.name(of: candidate), width: nameWidth, size: 12), x: PictureLayout.margin,
            y: top + 16, class: look)
        for (column, feature) in part.features.enumerated() {
            let contribution = candidate.contributions[column]
            let value = NumberText.value(candidate.values[column])
            cell(
                contribution, text: candidate.isChosen ? value : DecisionText.signed(contribution), column: column,
                top: top,
                hint: "\(candidate.node), \(feature.key): \(value) \(feature.unit), weighted "
                    + "\(NumberText.value(candidate.weighted[column]))", in: &picture)
        }
        let difference = candidate.isChosen ? "" : DecisionText.signed(candidate.difference)
        cell(
            candidate.difference, text: difference, column: part.features.count, top: top,
            hint: "\(candidate.node): score \(NumberText.value(candidate.score))", in: &picture)
    }

    private func cell(
        _ value: Double, text: String, column: Int, top: Double, hint: String, in picture: inout VectorPicture
    ) {
        let x = left(ofColumn: column)
        let share = largest > 0 && value.isFinite ? min(1, abs(value) / largest) : 0
        picture.group([("class", value < 0 ? "good" : "bad")]) { picture in
            picture.add("title", [], content: hint)
            picture.add(
                "rect",
                [
                    ("class", "cell"), ("x", VectorPicture.number(x + 1)), ("y", VectorPicture.number(top + 1)),
                    ("width", VectorPicture.number(columnWidth - 2)),
                    ("height", VectorPicture.number(Self.rowHeight - 2)),
                    ("opacity", VectorPicture.number(0.45 * share)),
                ])
        }
        picture.text(text, x: x + columnWidth / 2, y: top + 16, class: "value middle")
    }

    /// The largest part of a difference that is shown.
    private var largest: Double {
        rows.flatMap { $0.contributions + [$0.difference] }.filter(\.isFinite).map { abs($0) }.max() ?? 0
    }

    /// A candidate's name, with what excluded it.
    private static func name(of candidate: DecisionContributions.Candidate) -> String {
        let name = "\(candidate.node) by \(candidate.service)"
        return candidate.removals.first.map { "\(name) (\($0))" } ?? name
    }
}

/// Colours of the pictures of a decision.
enum DecisionPictureStyle {
    static let sheet =
        PictureStyle.sheet + """

            .cell { fill: currentColor; }
            """
}
