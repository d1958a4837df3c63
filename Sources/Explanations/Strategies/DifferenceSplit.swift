import Domain
import Experiments
import Replay

/// Where the difference of two strategies comes from: an exact additive split over segments of the orders.
public struct DifferenceSplit: Codable, Sendable, Hashable {
    /// What one segment gives.
    public struct Part: Codable, Sendable, Hashable {
        /// One label a cut.
        public var labels: [String]
        /// Orders placed in it, by weight, mean over worlds.
        public var orders: Double
        /// Its part of the difference: mean over worlds (0 in one where it has no orders), standard error of these paired
        /// figures, single 95 % interval.
        public var part: StatedEstimate
    }
    /// The parts by one cut alone.
    public struct Margin: Codable, Sendable, Hashable {
        /// The cut.
        public var cut: String
        /// Its labels, the largest part first.
        public var parts: [Part]
    }

    /// What the orders are cut by.
    public var cuts: [String]
    /// Worlds in which the figure is defined for both.
    public var worlds: Int
    /// Every segment with an order in it, the largest part first. They add up to the difference.
    public var segments: [Part]
    /// The same by each cut alone. Each adds up to the difference.
    public var margins: [Margin]

    /// The split of figures collected world by world.
    init(_ worlds: [WorldSplit], cuts: [Cut]) {
        self.cuts = cuts.map(\.rawValue)
        self.worlds = worlds.count
        segments = Self.parts(worlds) { $0 }
        margins = cuts.enumerated().map { position, cut in
            Margin(cut: cut.rawValue, parts: Self.parts(worlds) { [$0[position]] })
        }
    }

    /// Parts by the labels that `grouping` makes of a segment's, the largest first.
    private static func parts(_ worlds: [WorldSplit], grouping: ([String]) -> [String]) -> [Part] {
        var positions: [[String]: Int] = [:]
        var labels: [[String]] = []
        var orders: [Double] = []
        // By label: only worlds that have it.
        var values: [[(world: Int, part: Double)]] = []
        for (world, split) in worlds.enumerated() {
            for segment in split.segments {
                let key = grouping(segment.labels)
                let position = positions[key] ?? labels.count
                if position == labels.count {
                    positions[key] = position
                    labels.append(key)
                    orders.append(0)
                    values.append([])
                }
                orders[position] += segment.orders
                if values[position].last?.world == world {
                    values[position][values[position].count - 1].part += segment.part
                } else {
                    values[position].append((world, segment.part))
                }
            }
        }
        let parts = labels.indices.map { position in
            var series = [Double](repeating: 0, count: worlds.count)
            for (world, part) in values[position] { series[world] = part }
            return Part(
                labels: labels[position], orders: orders[position] / Double(worlds.count),
                part: StatedEstimate(ofDefined: series))
        }
        return parts.sorted(by: Self.precedes)
    }

    /// By size of the part, then label.
    private static func precedes(_ left: Part, _ right: Part) -> Bool {
        let (a, b) = (abs(left.part.mean ?? 0), abs(right.part.mean ?? 0))
        if a != b { return a > b }
        for (a, b) in zip(left.labels, right.labels) where a != b { return identifierPrecedes(a, b) }
        return false
    }
}

/// The parts of one world.
struct WorldSplit: Sendable {
    /// A segment of this world.
    struct Segment: Sendable {
        var labels: [String]
        var orders: Double
        var part: Double
    }
    let segments: [Segment]

    /// The split of two trials of the same world; nil where the figure is undefined for one.
    init?(_ figure: ComparedFigure, first: TrialOutcome, second: TrialOutcome) {
        var positions: [[String]: Int] = [:]
        var labels: [[String]] = []
        var facts: [(first: FactSums, second: FactSums)] = []
        for (isFirst, cells) in [(true, first.cells), (false, second.cells)] {
            for cell in cells {
                let position = positions[cell.labels] ?? labels.count
                if position == labels.count {
                    positions[cell.labels] = position
                    labels.append(cell.labels)
                    facts.append((FactSums(), FactSums()))
                }
                if isFirst { facts[position].first = cell.facts } else { facts[position].second = cell.facts }
            }
        }
        guard let parts = figure.parts(facts) else { return nil }
        segments = labels.indices.map { position in
            Segment(labels: labels[position], orders: facts[position].first[.orders], part: parts[position])
        }
    }
}
