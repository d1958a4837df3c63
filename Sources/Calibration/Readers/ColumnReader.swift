import Domain
import Storage

/// Series with a row an hour or day, as somebody exported them: columns are found by their usual names, whatever their case.
///
/// Time is `year`, `month`, `day` and `hour`, or one column (`timestamp`, `date_time`, `time_hour`, `time`, `date`; a date alone is a
/// day); places are those of `origin`, `station`, `segment`, `id`, `detector` or `city`. Several rows of an hour are averaged.
/// Blanks and `NA` are gaps, `T` is a trace of rain, 0. Units are those of ``ReadingOptions/units``; a column `speed` of
/// traffic is turned over, for half the speed is twice the time.
struct ColumnReader: SeriesReader {
    let name = "columns"
    let summary = "CSV with a row an hour or day and columns of usual names"

    /// Names of a column of places.
    static let places = ["origin", "station", "segment", "id", "detector", "city"]

    func recognises(_ opening: SeriesOpening) -> Bool {
        SeriesQuantity.allCases.contains { quantity in quantity.columns.contains { opening.fields.contains($0) } }
    }

    func read(_ path: String, options: ReadingOptions) throws(InputError) -> SeriesContent {
        let reader = try CSVReader(path: path)
        let header = reader.header.map { $0.lowercased() }
        let columns = try Self.columns(header, path: path, options: options)
        let time = try TimeColumns(header: header, path: path)
        let place = Self.places.compactMap { header.firstIndex(of: $0) }.first
        var builder: RecordBuilder?
        var suspicion = TemperatureSuspicion()
        while try reader.nextRow() {
            let name = try place.map { column throws(InputError) in try reader.text(column) } ?? ""
            let (step, index) = try time.step(of: reader)
            if builder == nil { builder = RecordBuilder(step: step) }
            guard builder?.step == step else {
                throw InputError(
                    at: SourceLocation(file: path, line: reader.line), found: "days among hours",
                    expected: "one of them")
            }
            for (quantity, column) in columns {
                let value = try Self.value(reader, column, quantity, isSpeed: header[column] == "speed", options.units)
                if options.units == .metric { suspicion.look(at: value, quantity, line: reader.line) }
                builder?.add(value, quantity, place: name, at: index)
            }
        }
        try suspicion.check(path: path)
        return SeriesContent(places: builder?.records() ?? [])
    }

    /// Where the quantities stand, in the order of ``SeriesQuantity``.
    private static func columns(
        _ header: [String], path: String, options: ReadingOptions
    ) throws(InputError) -> [(quantity: SeriesQuantity, column: Int)] {
        var found: [(quantity: SeriesQuantity, column: Int)] = []
        for quantity in SeriesQuantity.allCases {
            if let name = options.columns[quantity] {
                if let column = header.firstIndex(of: name.lowercased()) { found.append((quantity, column)) }
            } else if let column = quantity.columns.lazy.compactMap({ header.firstIndex(of: $0) }).first {
                found.append((quantity, column))
            }
        }
        guard !found.isEmpty else {
            let wanted = SeriesQuantity.allCases.flatMap { quantity in
                options.columns[quantity].map { [$0] } ?? quantity.columns
            }
            throw InputError(
                at: SourceLocation(file: path, line: 1), found: "the columns " + header.joined(separator: ", "),
                expected: "one of " + wanted.joined(separator: ", "))
        }
        return found
    }

    /// The value of a cell in the unit it is kept in; NaN where it is missing.
    static func value(
        _ reader: CSVReader, _ column: Int, _ quantity: SeriesQuantity, isSpeed: Bool = false, _ units: SeriesUnits
    ) throws(InputError) -> Double {
        let text = try reader.text(column)
        if text.isEmpty || text == "NA" { return .nan }
        if text == "T", quantity == .precipitation { return 0 }
        guard let value = Double(text), value.isFinite else {
            throw reader.error(column, expected: "a number, NA or nothing")
        }
        if isSpeed { return value > 0 ? 1 / value : .nan }
        return units.kept(value, quantity)
    }
}
