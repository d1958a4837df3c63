/// world.svg: storms over regions and hours, how long ways take, and orders placed against the record.
public struct WorldPicture: Sendable {
    private static let nameWidth = 150.0
    private static let plotWidth = 720.0
    private static let rowHeight = 16.0
    private static let sparkHeight = 26.0

    private let view: WorldView

    /// The picture of a view.
    public init(_ view: WorldView) {
        self.view = view
    }

    /// What it shows.
    public var title: String { "\(view.scenario), world \(view.replication): storms, roads and demand" }

    private var count: Double { Double(view.regions.count) }
    private var width: Double { 2 * PictureLayout.margin + Self.nameWidth + Self.plotWidth }
    private var hourWidth: Double { Self.plotWidth / Double(max(1, view.hours)) }
    private var left: Double { PictureLayout.margin + Self.nameWidth }

    /// The file's text.
    public var svg: String {
        var picture = VectorPicture()
        picture.add("rect", [("class", "paper"), ("width", "100%"), ("height", "100%")])
        picture.text(title, x: PictureLayout.margin, y: 32, class: "title")
        picture.text(
            "\(view.hours) hours from \(view.from), seed \(view.seed)", x: PictureLayout.margin, y: 52, class: "faint")
        var top = 84.0
        top = map(&picture, top: top, heading: "Weather: the darker, the higher the storm level (number: level)") {
            region, hour in
            let level = region.stormLevel[hour]
            let isWet = region.weather[hour] != "clear"
            return Cell(
                strength: max(level / 5, isWet ? 0.12 : 0), kind: "storm",
                label: level >= 1 ? String(Int(level)) : nil,
                tip:
                    "\(region.region), hour \(hour): \(region.weather[hour]), storm level \(NumberText.fixed(level, decimals: 1))"
            )
        }
        top = map(&picture, top: top, heading: "Ways: the darker, the longer they take (1 to 3 times)") {
            region, hour in
            let transit = region.transit[hour]
            return Cell(
                strength: max(0, min(1, (transit - 1) / 2)), kind: "road", label: nil,
                tip:
                    "\(region.region), hour \(hour): \(transit > 1_000 ? "closed" : NumberText.fixed(transit, decimals: 2) + " times")"
            )
        }
        top = demand(&picture, top: top)
        return picture.document(
            width: width, height: top + PictureLayout.margin, title: title, style: PictureStyle.sheet + Self.sheet)
    }

    private static let sheet = """

        .storm { fill: #b3122f; } .road { fill: #9a6700; } .demand { fill: #1a6fb5; } .record { stroke: currentColor; fill: none; }
        .cell { font-size: 9px; text-anchor: middle; }
        """

    private struct Cell {
        var strength: Double
        var kind: String
        var label: String?
        var tip: String
    }

    private func heading(_ picture: inout VectorPicture, _ text: String, top: Double) {
        picture.text(text, x: PictureLayout.margin, y: top, class: "head")
    }

    /// A row a region, a cell an hour; returns where the next part begins.
    private func map(
        _ picture: inout VectorPicture, top: Double, heading text: String, _ cell: (WorldView.Region, Int) -> Cell
    ) -> Double {
        heading(&picture, text, top: top)
        for (row, region) in view.regions.enumerated() {
            let y = top + 10 + Self.rowHeight * Double(row)
            name(&picture, region.region, y: y + 12)
            for hour in 0..<view.hours {
                let cell = cell(region, hour)
                guard cell.strength > 0 else { continue }
                let x = left + hourWidth * Double(hour)
                picture.group([("opacity", VectorPicture.number(0.15 + 0.85 * cell.strength))]) { group in
                    group.add(
                        "rect",
                        [
                            ("class", cell.kind), ("x", VectorPicture.number(x)), ("y", VectorPicture.number(y)),
                            ("width", VectorPicture.number(hourWidth)),
                            ("height", VectorPicture.number(Self.rowHeight - 2)),
                        ])
                    group.add("title", [], content: cell.tip)
                }
                if let label = cell.label, hourWidth >= 7 {
                    picture.text(label, x: x + hourWidth / 2, y: y + 10.5, class: "cell")
                }
            }
        }
        return top + 10 + Self.rowHeight * count + 26
    }

    private func name(_ picture: inout VectorPicture, _ text: String, y: Double) {
        picture.text(
            PictureLayout.fitted(text, width: Self.nameWidth - 10, size: 12), x: PictureLayout.margin, y: y,
            class: "plain")
    }

    private func demand(_ picture: inout VectorPicture, top: Double) -> Double {
        heading(&picture, "Orders placed an hour (bars), and in the record (line)", top: top)
        for (row, region) in view.regions.enumerated() {
            let most = Double(max(1, (region.orders + region.recordedOrders).max() ?? 1))
            let base = top + 10 + Self.sparkHeight * Double(row + 1) - 4
            name(&picture, region.region, y: base)
            for (hour, orders) in region.orders.enumerated() where orders > 0 {
                let height = (Self.sparkHeight - 6) * Double(orders) / most
                picture.add(
                    "rect",
                    [
                        ("class", "demand"), ("x", VectorPicture.number(left + hourWidth * Double(hour))),
                        ("y", VectorPicture.number(base - height)),
                        ("width", VectorPicture.number(max(0.5, hourWidth - 0.8))),
                        ("height", VectorPicture.number(height)),
                    ])
            }
            let points = region.recordedOrders.enumerated().map { hour, orders in
                let x = left + hourWidth * (Double(hour) + 0.5)
                let y = base - (Self.sparkHeight - 6) * Double(orders) / most
                return "\(VectorPicture.number(x)),\(VectorPicture.number(y))"
            }
            picture.add("polyline", [("class", "record"), ("points", points.joined(separator: " "))])
        }
        return top + 10 + Self.sparkHeight * count + 10
    }
}
