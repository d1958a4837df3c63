import Experiments

/// One column of the picture: an axis of its own, a dot and a bar for each strategy, the baseline as a dashed line.
struct PicturePanel: Sendable {
    /// What a panel shows.
    struct Content: Sendable {
        /// `composite`, or the metric's key.
        let key: String
        /// Unit and which way is better.
        let note: String
        /// The estimate of each strategy, by rank.
        let estimates: [StatedEstimate]

        /// The panels of a ranking: the composite, then the first metrics that tables show.
        static func all(of ranking: Ranking) -> [Content] {
            let composite = Content(
                key: "composite", note: "higher is better",
                estimates: ranking.strategies.map { strategy in
                    let interval = strategy.compositeInterval
                    return StatedEstimate(mean: strategy.composite, low: interval.low, high: interval.high)
                })
            let metrics = ranking.reportMetrics.prefix(PictureLayout.metricCountMax).map { key in
                let statement = ranking.metrics.first { $0.key == key }
                let better = statement.map { "\($0.direction) is better" }
                return Content(
                    key: key, note: [statement?.unit, better].compactMap { $0 }.joined(separator: ", "),
                    estimates: ranking.strategies.map { strategy in
                        let metric = strategy.metrics[key]
                        return StatedEstimate(mean: metric?.mean, low: metric?.low, high: metric?.high)
                    })
            }
            return [composite] + metrics
        }
    }

    private let content: Content
    private let ranking: Ranking
    private let edges: ClosedRange<Double>
    private let axis: PictureAxis?

    /// A panel whose plot lies between two edges.
    init(_ content: Content, of ranking: Ranking, edges: ClosedRange<Double>) {
        self.content = content
        self.ranking = ranking
        self.edges = edges
        axis = PictureAxis(content.estimates.flatMap { [$0.mean, $0.low, $0.high].compactMap { $0 } }, edges: edges)
    }

    /// Draws it.
    func draw(in picture: inout VectorPicture, layout: PictureLayout) {
        let columns = PictureLayout.plotWidth + PictureLayout.valueWidth
        let left = edges.lowerBound
        picture.text(
            PictureLayout.fitted(content.key, width: columns, size: 12), x: left, y: layout.top - 22, class: "head")
        picture.text(
            PictureLayout.fitted(content.note, width: columns, size: 10.5), x: left, y: layout.top - 8, class: "note")
        drawAxis(in: &picture, layout: layout)
        for (row, strategy) in ranking.strategies.enumerated() {
            let y = layout.middle(ofRow: row)
            picture.text(
                NumberText.value(content.estimates[row].mean), x: edges.upperBound + PictureLayout.valueWidth,
                y: y + 4, class: "value end")
            drawMark(of: strategy, content.estimates[row], y: y, in: &picture)
        }
    }

    /// Grid, tick texts and the baseline's line.
    private func drawAxis(in picture: inout VectorPicture, layout: PictureLayout) {
        guard let axis else { return }
        let texts = axis.ticks.map(axis.text)
        let widest = texts.map { PictureLayout.textWidth($0, size: 10.5) }.max() ?? 0
        // Texts that would touch give way: every second, every third ...
        let pace = max(1, Int(((widest + 6) / axis.spacing).rounded(.up)))
        for (index, tick) in axis.ticks.enumerated() {
            let x = axis.position(tick)
            picture.line(from: (x, layout.top), to: (x, layout.bottom), class: "grid")
            if index.isMultiple(of: pace) {
                picture.text(
                    texts[index], x: x, y: layout.bottom + 15, class: "note middle", [("data-axis", content.key)])
            }
        }
        let baseline = ranking.strategies.firstIndex { $0.name == ranking.baseline }
        if let mean = baseline.flatMap({ content.estimates[$0].mean }) {
            let x = axis.position(mean)
            picture.line(from: (x, layout.top), to: (x, layout.bottom), class: "baseline")
        }
    }

    /// A dot at the mean and a bar with end caps over the interval.
    private func drawMark(
        of strategy: RankedStrategy, _ estimate: StatedEstimate, y: Double, in picture: inout VectorPicture
    ) {
        guard let axis, let mean = estimate.mean else { return }
        let look = PictureStyle.name(of: RankingTable.verdictCell(strategy).look)
        picture.group([("class", look), ("data-strategy", strategy.name), ("data-key", content.key)]) { picture in
            let numbers = NumberText.interval(mean: mean, low: estimate.low, high: estimate.high)
            picture.add("title", [], content: "\(strategy.name), \(content.key): \(numbers)")
            if let low = estimate.low, let high = estimate.high {
                let (from, to) = (axis.position(low), axis.position(high))
                picture.line(from: (from, y), to: (to, y), class: "bar")
                for x in [from, to] { picture.line(from: (x, y - 6), to: (x, y + 6), class: "cap") }
            }
            picture.add(
                "circle",
                [("cx", VectorPicture.number(axis.position(mean))), ("cy", VectorPicture.number(y)), ("r", "3.5")])
        }
    }
}
