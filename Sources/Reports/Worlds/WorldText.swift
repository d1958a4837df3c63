/// A world as text: a row of marks a region, a mark an hour or more, for weather, congestion and demand.
public struct WorldText: Sendable {
    /// The most marks in a row: what a terminal of 110 columns leaves beside the names.
    private static let marksMax = 84
    private static let bars = Array("▁▂▃▄▅▆▇█")

    private let view: WorldView

    /// The text of a view.
    public init(_ view: WorldView) {
        self.view = view
    }

    /// Hours that share a mark.
    private var step: Int { max(1, (view.hours + Self.marksMax - 1) / Self.marksMax) }
    private var nameWidth: Int { min(22, view.regions.map { DisplayWidth.of($0.region) }.max() ?? 0) }

    /// The whole text.
    public func text(style: TextStyle = .plain) -> String {
        var text = style.apply(.strong, to: "\(view.scenario), world \(view.replication), seed \(view.seed)") + "\n"
        text +=
            "\(view.hours) hours from \(view.from); a mark stands for \(step == 1 ? "an hour" : "\(step) hours")\n\n"
        text += section("weather", "· clear  r rain  h heavy rain  s snow  i ice;  1 to 5: storm level", style) {
            weather($0, style)
        }
        if view.regions.contains(where: { $0.warning.contains { $0 > 0 } }) {
            text += section(
                "warnings", "level warned of \(view.warningLead) h before: · none  1 blue  2 yellow  3 orange  4 red",
                style
            ) { row(blocks($0.warning.map(Double.init)).map { $0 >= 1 ? String(Int($0)) : "·" }) }
        }
        let slowest = view.regions.flatMap(\.transit).filter { $0 < 1_000 }.max() ?? 1
        text += section(
            "ways",
            "how long ways take, ▁ 1 or less to █ \(NumberText.fixed(max(2, slowest), decimals: 1)) times, x closed",
            style
        ) {
            row(blocks($0.transit).map { mark($0 - 1, of: max(1, slowest - 1), closedFrom: 999) })
        }
        let most = view.regions.flatMap { blocks($0.orders.map(Double.init), adding: true) }.max() ?? 0
        text += section("orders", "orders placed, ▁ none to █ \(NumberText.count(Int(most))) a mark", style) {
            row(
                blocks($0.orders.map(Double.init), adding: true).map {
                    mark($0, of: max(1, most), closedFrom: .infinity)
                })
        }
        return text + totals(style)
    }

    private func section(
        _ title: String, _ legend: String, _ style: TextStyle, _ line: (WorldView.Region) -> String
    ) -> String {
        var text = style.apply(.strong, to: title) + "  " + style.apply(.faint, to: legend) + "\n"
        for region in view.regions {
            let name = DisplayWidth.padded(DisplayWidth.shortened(region.region, to: nameWidth), to: nameWidth)
            text += "  \(name)  \(line(region))\n"
        }
        return text + "\n"
    }

    private func row(_ marks: [String]) -> String { marks.joined() }

    /// The largest value, or the sum, of the hours of each mark.
    private func blocks(_ values: [Double], adding: Bool = false) -> [Double] {
        stride(from: 0, to: values.count, by: step).map { first in
            let hours = values[first..<min(first + step, values.count)]
            return adding ? hours.reduce(0, +) : hours.max() ?? 0
        }
    }

    private func mark(_ value: Double, of largest: Double, closedFrom closed: Double) -> String {
        if value >= closed { return "x" }
        let position = Int(max(0, min(1, value / largest)) * Double(Self.bars.count - 1) + 0.5)
        return String(Self.bars[position])
    }

    private func weather(_ region: WorldView.Region, _ style: TextStyle) -> String {
        stride(from: 0, to: view.hours, by: step).map { first in
            let hours = first..<min(first + step, view.hours)
            let level = hours.map { region.stormLevel[$0] }.max() ?? 0
            if level >= 1 { return style.apply(level >= 3 ? .bad : .notable, to: String(Int(level))) }
            let wet = hours.map { region.weather[$0] }.first { $0 != "clear" }
            return wet.map { String($0.prefix(1)) } ?? "·"
        }.joined()
    }

    /// So many disruptions are listed.
    private static let shownDisruptions = 20

    private func totals(_ style: TextStyle) -> String {
        let (orders, recorded) = view.regions.reduce((0, 0)) {
            ($0.0 + $1.orders.reduce(0, +), $0.1 + $1.recordedOrders.reduce(0, +))
        }
        var text = "orders: \(NumberText.count(orders)), in the record \(NumberText.count(recorded))\n"
        if view.outages.isEmpty {
            text += "no node stands still\n"
        } else {
            for outage in view.outages { text += "\(outage.node) stands still from \(outage.from) to \(outage.to)\n" }
        }
        for disruption in view.disruptions.prefix(Self.shownDisruptions) {
            text += "\(disruption.what) from \(disruption.from) to \(disruption.to)\n"
        }
        let more = view.disruptions.count - Self.shownDisruptions
        if more > 0 { text += "and \(more) disruptions more (--json lists all)\n" }
        if view.missingUnits > 0 {
            text += "\(NumberText.count(view.missingUnits)) units on record that are not there\n"
        }
        if let delay = view.meanDelayHours {
            text +=
                "\(NumberText.count(view.lateReplenishments)) replenishments late, by "
                + "\(NumberText.fixed(delay, decimals: 1)) h on average\n"
        }
        return text
    }
}
