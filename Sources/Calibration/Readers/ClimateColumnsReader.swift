import Domain
import Storage

/// GHCN-Daily by station, a row a day: `STATION`, `DATE`, and for each element its value in tenths and its flags, as in `PRCP`,
/// `PRCP_ATTRIBUTES` (measurement, quality, source flag, hour, separated by commas). Values with a quality flag are left out.
///
/// An order from NOAA's shop has the same columns in millimetres or inches, with decimal points: that is refused, and is
/// for ``ColumnReader``.
struct ClimateColumnsReader: SeriesReader {
    let name = "ghcn_columns"
    let summary = "GHCN-Daily by station: a row a day, a column an element with its attributes"

    func recognises(_ opening: SeriesOpening) -> Bool {
        opening.fields.contains("station") && opening.fields.contains("date")
            && opening.fields.contains { $0.hasSuffix("_attributes") }
    }

    func read(_ path: String, options: ReadingOptions) throws(InputError) -> SeriesContent {
        let reader = try CSVReader(
            source: try ByteSource(path: path), dialect: CSVReader.Dialect(trimsBlanks: true))
        guard let station = reader.column(named: "STATION"), let date = reader.column(named: "DATE") else {
            throw InputError(
                at: SourceLocation(file: path, line: 1),
                found: "the columns " + reader.header.joined(separator: ", "), expected: "STATION and DATE")
        }
        let elements = reader.header.enumerated().compactMap { column, element in
            ClimateElement.quantity(element).map { quantity in
                (quantity, column, reader.column(named: element + "_ATTRIBUTES"))
            }
        }
        guard !elements.isEmpty else {
            throw InputError(
                at: SourceLocation(file: path, line: 1),
                found: "the columns " + reader.header.joined(separator: ", "),
                expected: "one of PRCP, TMAX, TMIN, TAVG, AWND")
        }
        var builder = RecordBuilder(step: .day)
        var flagged = 0
        while try reader.nextRow() {
            let place = try reader.text(station)
            guard let (step, day) = TimeColumns.step(try reader.text(date)), step == .day else {
                throw reader.error(date, expected: "a date such as 2026-01-12")
            }
            for (quantity, column, attributes) in elements where !reader.isBlank(column) {
                let value = try ClimateElement.value(reader, column)
                if let attributes, try Self.isFlagged(reader.text(attributes)) {
                    flagged += 1
                    continue
                }
                guard !builder.holds(quantity, place: place, at: day) else {
                    throw reader.error(date, expected: "each day of \(place) once")
                }
                builder.add(value, quantity, place: place, at: day)
            }
        }
        return SeriesContent(places: builder.records(), notes: ClimateElement.note(path, flagged: flagged))
    }

    /// Whether the second of some flags is set.
    private static func isFlagged(_ attributes: String) -> Bool {
        let flags = attributes.split(separator: ",", omittingEmptySubsequences: false)
        return flags.count > 1 && flags[1].contains { $0 != " " }
    }
}
