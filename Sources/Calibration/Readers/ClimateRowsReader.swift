import Domain
import Storage

/// GHCN-Daily by year or by station, a row a value: station, date as YYYYMMDD, element, value in tenths, three flags, hour of
/// observation; with or without a row of names. Values with a quality flag are left out; a day of a station and element stands
/// once.
struct ClimateRowsReader: SeriesReader {
    let name = "ghcn_rows"
    let summary = "GHCN-Daily by year or by station: a row a station, day and element"

    /// Columns of a file without names.
    private static let columns = [
        "ID", "DATE", "ELEMENT", "DATA_VALUE", "M_FLAG", "Q_FLAG", "S_FLAG", "OBS_TIME",
    ]

    func recognises(_ opening: SeriesOpening) -> Bool {
        let fields = opening.fields
        guard fields.count == 8 else { return false }
        if fields[2] == "element" { return true }
        return fields[0].utf8.count == 11 && fields[1].utf8.count == 8 && Int(fields[1]) != nil
            && fields[2].utf8.count == 4
    }

    func read(_ path: String, options: ReadingOptions) throws(InputError) -> SeriesContent {
        let hasNames = try SeriesOpening(path: path).fields.contains("element")
        let reader = try CSVReader(
            source: try ByteSource(path: path), columns: hasNames ? nil : Self.columns,
            dialect: CSVReader.Dialect(trimsBlanks: true))
        var builder = RecordBuilder(step: .day)
        var flagged = 0
        while try reader.nextRow() {
            let element = try reader.text(2)
            guard ClimateElement.isKnown(element) else {
                throw reader.error(
                    2, expected: "an element of GHCN-Daily",
                    suggestion: nearestWord(to: element, among: ClimateElement.words))
            }
            let station = try reader.text(0)
            guard let quantity = ClimateElement.quantity(element), options.place ?? station == station else { continue }
            let day = try Self.day(reader)
            let value = try ClimateElement.value(reader, 3)
            guard reader.isBlank(5) else {
                flagged += 1
                continue
            }
            guard !builder.holds(quantity, place: station, at: day) else {
                throw reader.error(1, expected: "each day of \(station) and \(element) once")
            }
            builder.add(value, quantity, place: station, at: day)
        }
        return SeriesContent(places: builder.records(), notes: ClimateElement.note(path, flagged: flagged))
    }

    /// The days from 1970 of a row.
    private static func day(_ reader: CSVReader) throws(InputError) -> Int {
        let text = try reader.text(1)
        guard text.utf8.count == 8, let date = Int(text), date > 0,
            let hour = TimeColumns.hour([date / 10_000, date / 100 % 100, date % 100, 0])
        else { throw reader.error(1, expected: "a date such as 20260112") }
        return hour / 24
    }
}
