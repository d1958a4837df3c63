import Domain
import History

/// Rows of region and hour: what the parts that hold a value for each of them have in common.
///
/// A file has a row for every region and hour up to the last, neutral ones too, so that what is read back reaches as far as
/// what was written. In files of other tools a row may hold for several `hours`, and what is not listed is neutral.
enum HourlyRows {
    /// The columns before the values.
    static let columns = ["region", "at"]
    /// The column of how long a row holds.
    static let further = ["hours"]

    /// Reads a table by region, or by another kind, and hour; `value` reads the values of a row.
    ///
    /// - Returns: hours a region, and the values of region x hour, nil where none is listed.
    /// - Throws: ``InputError`` for an unknown region, an hour out of range or listed twice, and what `value` throws.
    static func read<Value>(
        _ reader: inout WorldTableReader, by kind: WorldNames.Kind = .region,
        _ value: (WorldTableReader) throws(InputError) -> Value
    ) throws(InputError) -> (hourCount: Int, values: [Value?]) {
        let known = reader.names.known(kind)
        var rows = [[Value?]](repeating: [], count: known.count)
        while try reader.nextRow() {
            let region = try reader.index(kind.rawValue, of: kind)
            let first = try reader.hour("at")
            let hours = try reader.integer("hours", in: 1...(reader.hourLimit - first)) ?? 1
            let given = try value(reader)
            if rows[region].count < first + hours {
                rows[region] += [Value?](repeating: nil, count: first + hours - rows[region].count)
            }
            for hour in first..<(first + hours) {
                guard rows[region][hour] == nil else {
                    throw reader.error(
                        "at", found: "hour \(hour) of \(kind.rawValue) '\(known[region])' twice",
                        expected: "each once")
                }
                rows[region][hour] = given
            }
        }
        let hourCount = rows.map(\.count).max() ?? 0
        return (hourCount, rows.flatMap { $0 + [Value?](repeating: nil, count: hourCount - $0.count) })
    }

    /// Reads a table of one number.
    static func series(
        _ reader: inout WorldTableReader, by kind: WorldNames.Kind = .region, column: String, in range: NumberRange
    ) throws(InputError) -> HourlySeries {
        let (hourCount, values) = try read(&reader, by: kind) { row throws(InputError) in
            try row.requiredNumber(column, in: range)
        }
        var series = HourlySeries(
            regionCount: reader.names.known(kind).count, hourCount: hourCount, neutral: 1)
        for (cell, value) in values.enumerated() {
            if let value { series.values[cell] = value }
        }
        return series
    }

    /// The cells of region and hour, region by region; `cells` adds those of the values.
    static func rows(
        names: [String], hourCount: Int, _ cells: (_ region: Int, _ hour: Int) -> [WorldCell],
        _ body: ([WorldCell]) throws -> Void
    ) rethrows {
        for (region, name) in names.enumerated() {
            for hour in 0..<hourCount {
                try body([.text(name), .integer(3_600 * hour)] + cells(region, hour))
            }
        }
    }

    /// The rows of a series.
    static func rows(
        of series: HourlySeries, names: [String], _ body: ([WorldCell]) throws -> Void
    ) rethrows {
        try rows(
            names: names, hourCount: series.hourCount,
            { region, hour in [.number(series.value(region: region, hour: hour))] }, body)
    }
}
