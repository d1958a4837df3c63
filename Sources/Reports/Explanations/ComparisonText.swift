import Experiments
import Explanations

/// Why one strategy's figure differs from another's, in tables and in sentences made of their numbers.
public struct ComparisonText: Sendable {
    /// Segments shown; the rest is one row.
    private static let segmentsShown = 8
    /// Labels shown of each cut alone.
    private static let labelsShown = 5

    private let comparison: StrategyComparison
    private let folder: String

    /// The text of a comparison of strategies of the run in a folder.
    public init(_ comparison: StrategyComparison, folder: String) {
        self.comparison = comparison
        self.folder = folder
    }

    /// The whole answer for a terminal.
    public func text(style: TextStyle) -> String {
        func part(_ heading: String, _ body: String) -> String {
            "\n" + style.apply(.strong, to: heading) + "\n" + body
        }
        var text = answer + "\n"
        if let split = comparison.split {
            let alone = split.cuts.count > 1 ? margins(split).text(style: style) + "\n" : ""
            text += part("Where it comes from", alone + segments(split).text(style: style))
        } else {
            text += "\n\(comparison.metric.key) is no quotient of sums over orders, so it is not split over segments.\n"
        }
        if let factors = comparison.factors {
            text += part(
                "Which parts of the world make it",
                factorTable(factors).text(style: style)
                    + style.apply(.faint, to: factorLegend(factors)) + "\n")
        }
        if let orders = comparison.orders {
            text += part("The orders that differ", kinds(orders).text(style: style))
            if !orders.examples.isEmpty {
                text += "\n" + examples(orders).text(style: style) + hint(orders)
            }
        }
        let worlds = comparison.replications == 1 ? "1 world" : "\(NumberText.count(comparison.replications)) worlds"
        let note =
            "All in the same \(worlds), seed \(comparison.seed); ± is half a 95 % interval over worlds of the paired "
            + "figure, each for itself."
        return text + "\n" + style.apply(.faint, to: note) + "\n"
    }

    /// `on_time_rate: a has 0.95, b 0.93; the difference is 0.02 ± 0.001, better for a.`
    public var answer: String {
        let difference = comparison.difference
        var text =
            "\(comparison.metric.key) (\(comparison.metric.unit)): \(comparison.first) "
            + "\(NumberText.value(comparison.firstMean.mean)), \(comparison.second) "
            + "\(NumberText.value(comparison.secondMean.mean)); difference \(Self.amount(difference))"
        if let mean = difference.mean, mean != 0 {
            let isBetter = (mean > 0) == (comparison.metric.direction == "higher")
            text += ", better for \(isBetter ? comparison.first : comparison.second)"
        }
        return text + "."
    }

    private static func amount(_ estimate: StatedEstimate) -> String {
        NumberText.interval(mean: estimate.mean, low: estimate.low, high: estimate.high)
    }

    /// A part as a share of the whole difference.
    private func share(_ part: Double?) -> String {
        guard let part, let whole = comparison.difference.mean, whole != 0 else { return NumberText.undefined }
        return NumberText.percent(part / whole)
    }

    // MARK: Split

    /// A label as it is shown: orders without a segment have a blank one.
    private static func label(_ label: String) -> String { label.isEmpty ? "(none)" : label }

    /// The largest segments, the rest, the whole.
    private func segments(_ split: DifferenceSplit) -> TextTable {
        var table = TextTable(
            columns: split.cuts.map { TextTable.Column($0) }
                + ["orders", "part", "of the whole"].map { TextTable.Column($0, alignsRight: true) })
        func add(_ labels: [String], orders: Double, part: String, share: String) {
            table.add((labels + [NumberText.value(orders), part, share]).map { TextTable.Cell($0) })
        }
        func blank(_ title: String) -> [String] { [title] + split.cuts.dropFirst().map { _ in "" } }
        for segment in split.segments.prefix(Self.segmentsShown) {
            add(
                segment.labels.map(Self.label), orders: segment.orders, part: Self.amount(segment.part),
                share: share(segment.part.mean)
            )
        }
        let rest = split.segments.dropFirst(Self.segmentsShown)
        if !rest.isEmpty {
            let sum = rest.reduce(0) { $0 + ($1.part.mean ?? 0) }
            add(
                blank("\(NumberText.count(rest.count)) others"), orders: rest.reduce(0) { $0 + $1.orders },
                part: NumberText.value(sum), share: share(sum))
        }
        let sum = split.segments.reduce(0) { $0 + ($1.part.mean ?? 0) }
        add(
            blank("all"), orders: split.segments.reduce(0) { $0 + $1.orders }, part: NumberText.value(sum),
            share: share(sum))
        return table
    }

    /// The largest labels of each cut alone.
    private func margins(_ split: DifferenceSplit) -> TextTable {
        var table = TextTable(
            columns: [TextTable.Column("by"), TextTable.Column("")]
                + ["orders", "part", "of the whole"].map { TextTable.Column($0, alignsRight: true) })
        for margin in split.margins {
            for (index, part) in margin.parts.prefix(Self.labelsShown).enumerated() {
                table.add([
                    TextTable.Cell(index == 0 ? margin.cut : ""),
                    TextTable.Cell(part.labels.map(Self.label).joined(separator: " ")),
                    TextTable.Cell(NumberText.value(part.orders)), TextTable.Cell(Self.amount(part.part)),
                    TextTable.Cell(share(part.part.mean)),
                ])
            }
        }
        return table
    }

    // MARK: Factors

    private func factorTable(_ factors: FactorAttribution) -> TextTable {
        var table = TextTable(
            columns: [TextTable.Column("part of the world")]
                + ["Shapley value", "of the whole", "alone", "added last"].map {
                    TextTable.Column($0, alignsRight: true)
                })
        func add(_ name: String, _ value: StatedEstimate, alone: String, last: String) {
            let part = factors.total.mean.flatMap { whole in
                whole == 0 ? nil : value.mean.map { NumberText.percent($0 / whole) }
            }
            table.add(
                [name, Self.amount(value), part ?? NumberText.undefined, alone, last].map { TextTable.Cell($0) })
        }
        add("none of them", factors.neutral, alone: "", last: "")
        for factor in factors.factors {
            add(
                factor.group, factor.value, alone: NumberText.value(factor.alone.mean),
                last: NumberText.value(factor.last.mean))
        }
        add("all", factors.total, alone: "", last: "")
        return table
    }

    private func factorLegend(_ factors: FactorAttribution) -> String {
        "\(NumberText.count(factors.coalitions)) combinations in each of \(NumberText.count(factors.worlds)) worlds; what is "
            + "off is neutral, and the values add up to all."
    }

    // MARK: Orders

    private func kinds(_ orders: OrderDifferences) -> TextTable {
        var table = TextTable(
            columns: [TextTable.Column("what differs")]
                + [
                    "orders", "of all", "on time with \(comparison.first) only", "with \(comparison.second) only",
                ].map { TextTable.Column($0, alignsRight: true) })
        for share in orders.shares {
            table.add(
                [
                    Self.word(share.kind), NumberText.count(share.orders), NumberText.percent(share.share),
                    NumberText.count(share.onlyFirstOnTime), NumberText.count(share.onlySecondOnTime),
                ].map { TextTable.Cell($0) })
        }
        table.add(
            [
                "all that differ", NumberText.count(orders.differing),
                NumberText.percent(orders.orders == 0 ? nil : Double(orders.differing) / Double(orders.orders)),
                NumberText.count(orders.shares.reduce(0) { $0 + $1.onlyFirstOnTime }),
                NumberText.count(orders.shares.reduce(0) { $0 + $1.onlySecondOnTime }),
            ].map { TextTable.Cell($0, look: .strong) })
        return table
    }

    private static func word(_ kind: OrderDifferences.Kind) -> String {
        switch kind {
        case .served: "shipped by one only"
        case .split: "number of shipments"
        case .node: "node"
        case .service: "service"
        case .lines: "lines of a shipment"
        case .course: "same choice, another course"
        }
    }

    private func examples(_ orders: OrderDifferences) -> TextTable {
        var table = TextTable(
            columns: ["order", "region", "placed", comparison.first, comparison.second].map { TextTable.Column($0) })
        func side(_ side: OrderDifferences.Side) -> String {
            let shipments = side.shipments.isEmpty ? "nothing shipped" : side.shipments.joined(separator: " + ")
            guard let hours = side.leadTimeHours else { return "\(shipments), \(side.status)" }
            return "\(shipments), \(NumberText.fixed(hours, decimals: 1)) h, \(side.onTime ? "on time" : "late")"
        }
        for example in orders.examples {
            let copy = example.copy > 0 ? " (copy \(example.copy))" : ""
            table.add(
                [example.order + copy, example.region, example.placed, side(example.first), side(example.second)]
                    .map { TextTable.Cell($0) })
        }
        return table
    }

    private func hint(_ orders: OrderDifferences) -> String {
        guard let example = orders.examples.first else { return "" }
        return "Why one of them was routed so: sandtable explain \(folder) --order \(example.order) --strategy "
            + "\(comparison.first) --replication \(orders.exampleReplication)\n"
    }
}
