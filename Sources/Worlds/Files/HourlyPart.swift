import Domain
import History
import Replay

/// A part of a world that is one number by region, or by service, and hour.
protocol HourlyPart: WorldPart {
    /// The column of the number.
    static var column: String { get }
    /// What stands beside the hour.
    static var kind: WorldNames.Kind { get }
    /// What the number may be.
    static var range: NumberRange { get }
    /// Where the world holds it.
    static var member: WritableKeyPath<World, HourlySeries> { get }

    /// The numbers.
    var series: HourlySeries { get }

    /// The part of these numbers.
    init(series: HourlySeries)
}

extension HourlyPart {
    static var kind: WorldNames.Kind { .region }

    init?(of world: World, in export: WorldExport) {
        let series = world[keyPath: Self.member]
        guard series.hourCount > 0 else { return nil }
        self.init(series: series)
    }

    init(reading reader: inout WorldTableReader) throws(InputError) {
        self.init(series: try HourlyRows.series(&reader, by: Self.kind, column: Self.column, in: Self.range))
    }

    func rows(in dataset: Dataset, _ body: ([WorldCell]) throws -> Void) rethrows {
        try HourlyRows.rows(of: series, names: WorldNames(dataset).known(Self.kind), body)
    }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        world[keyPath: Self.member] = series
    }

    /// Its table: `replaces` and `replacesRecorded` as in ``WorldTable``.
    static func hourlyTable(
        _ name: String, summary: String, group: PerturbationGroup, replaces: [String] = [],
        replacesRecorded: Bool = false
    ) -> WorldTable {
        let columns = [kind.rawValue, "at", column]
        return WorldTable(
            name: name, summary: summary, columns: columns, required: columns, furtherColumns: HourlyRows.further,
            group: group, replaces: replaces, replacesRecorded: replacesRecorded)
    }
}

extension NumberRange {
    /// Factors of an hour that may be none: 0 to a million.
    static let hourlyFactor = NumberRange.from(0, to: 1e6)
    /// Those of times, of which 0 would be an infinite speed.
    static let hourlySlowness = NumberRange(lower: 0, upper: 1e6, excludesLower: true)
}
