import Explanations

/// waterfall.svg: from the score of the best other node's candidate to that of the chosen one, feature by feature.
public struct WaterfallPicture: Sendable {
    private static let rowHeight = 28.0
    private static let top = 84.0
    private static let nameWidth = 250.0
    private static let plotWidth = 440.0
    private static let valueWidth = 190.0

    /// A bar from one score to the next; a score itself is a dot.
    private struct Step {
        var name: String
        var from, to: Double
        var text: String
        var look: String
    }

    /// What it shows.
    public let title: String
    private let steps: [Step]
    private let axis: PictureAxis

    /// The picture of one comparison; nil where no other node competed or a score is not a number.
    public init?(_ part: DecisionContributions, of explanation: DecisionExplanation) {
        guard let chosen = part.chosen, let second = part.second else { return nil }
        let shipment = part.shipment.map { ", shipment \($0 + 1)" } ?? ""
        title = "order \(explanation.order)\(shipment): from the score of \(second.node) to that of \(chosen.node)"
        var steps = [
            Step(
                name: "\(second.node) by \(second.service)", from: second.score, to: second.score,
                text: NumberText.value(second.score), look: "plain")
        ]
        var level = second.score
        let order = part.features.indices.sorted {
            (abs(second.contributions[$1]), $0) < (abs(second.contributions[$0]), $1)
        }
        for index in order where second.contributions[index] != 0 {
            let contribution = second.contributions[index]
            let values =
                "\(NumberText.value(chosen.values[index])) against \(NumberText.value(second.values[index]))"
            steps.append(
                Step(
                    name: part.features[index].key, from: level, to: level + contribution,
                    text: "\(DecisionText.signed(contribution)) (\(values))", look: contribution < 0 ? "good" : "bad"))
            level += contribution
        }
        steps.append(
            Step(
                name: "\(chosen.node) by \(chosen.service)", from: chosen.score, to: chosen.score,
                text: NumberText.value(chosen.score), look: "plain"))
        let levels = steps.dropFirst().dropLast().flatMap { [$0.from, $0.to] } + [second.score, chosen.score]
        let left = PictureLayout.margin + Self.nameWidth
        guard levels.allSatisfy(\.isFinite), let axis = PictureAxis(levels, edges: left...(left + Self.plotWidth))
        else {
            return nil
        }
        self.axis = axis
        self.steps = steps
    }

    /// The file's text.
    public var svg: String {
        let width = 2 * PictureLayout.margin + Self.nameWidth + Self.plotWidth + Self.valueWidth
        let bottom = Self.top + Double(steps.count) * Self.rowHeight
        var picture = VectorPicture()
        picture.add("rect", [("class", "paper"), ("width", "100%"), ("height", "100%")])
        let left = PictureLayout.margin
        picture.text(PictureLayout.fitted(title, width: width - 2 * left, size: 17), x: left, y: 32, class: "title")
        picture.text(
            "the smallest score wins; dot: a score, bar: what a rating makes of the difference (green: for the chosen one)",
            x: left, y: 54, class: "faint")
        for tick in axis.ticks {
            let x = axis.position(tick)
            picture.line(from: (x, Self.top), to: (x, bottom), class: "grid")
            picture.text(axis.text(tick), x: x, y: bottom + 15, class: "note middle")
        }
        for (row, step) in steps.enumerated() { draw(step, row: row, in: &picture) }
        return picture.document(width: width, height: bottom + 32, title: title, style: DecisionPictureStyle.sheet)
    }

    private func draw(_ step: Step, row: Int, in picture: inout VectorPicture) {
        let top = Self.top + Double(row) * Self.rowHeight
        let isScore = row == 0 || row == steps.count - 1
        picture.text(
            PictureLayout.fitted(step.name, width: Self.nameWidth - 8, size: 12), x: PictureLayout.margin, y: top + 18,
            class: isScore ? "strong" : "plain")
        let (from, to) = (axis.position(step.from), axis.position(step.to))
        picture.group([("class", step.look)]) { picture in
            picture.add("title", [], content: "\(step.name): \(step.text)")
            guard !isScore else {
                let middle = VectorPicture.number(top + Self.rowHeight / 2)
                picture.add("circle", [("cx", VectorPicture.number(to)), ("cy", middle), ("r", "5")])
                return
            }
            picture.add(
                "rect",
                [
                    ("class", "cell"), ("x", VectorPicture.number(min(from, to))), ("y", VectorPicture.number(top + 5)),
                    ("width", VectorPicture.number(max(1, abs(to - from)))),
                    ("height", VectorPicture.number(Self.rowHeight - 10)),
                ])
        }
        let x = PictureLayout.margin + Self.nameWidth + Self.plotWidth + 10
        picture.text(step.text, x: x, y: top + 18, class: "value")
    }
}
