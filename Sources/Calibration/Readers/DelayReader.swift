import Domain
import Storage

/// Delays, a row a departure: `delay` (or `dep_delay` ...) and `under_way` (or `air_time` ...) in minutes, with the hour in which it
/// should have left and its place as ``ColumnReader`` finds them. Blanks and `NA`: it never left, or never arrived.
struct DelayReader: SeriesReader {
    let name = "delays"
    let summary = "CSV with a row a departure: delay and minutes under way, hour, place"

    func recognises(_ opening: SeriesOpening) -> Bool {
        SeriesQuantity.delay.columns.contains { opening.fields.contains($0) }
    }

    func read(_ path: String, options: ReadingOptions) throws(InputError) -> SeriesContent {
        let reader = try CSVReader(path: path)
        let header = reader.header.map { $0.lowercased() }
        func column(_ quantity: SeriesQuantity) throws(InputError) -> Int {
            let wanted = options.columns[quantity].map { [$0.lowercased()] } ?? quantity.columns
            guard let column = wanted.lazy.compactMap({ header.firstIndex(of: $0) }).first else {
                throw InputError(
                    at: SourceLocation(file: path, line: 1), found: "the columns " + header.joined(separator: ", "),
                    expected: "one of " + wanted.joined(separator: ", ") + " for \(quantity.rawValue)")
            }
            return column
        }
        let (delay, underWay) = (try column(.delay), try column(.underWay))
        let time = try TimeColumns(header: header, path: path)
        let place = ColumnReader.places.compactMap { header.firstIndex(of: $0) }.first
        var records: [String: DelayRecord] = [:]
        while try reader.nextRow() {
            let name = try place.map { column throws(InputError) in try reader.text(column) } ?? ""
            let (step, index) = try time.step(of: reader)
            guard step == .hour else {
                throw InputError(
                    at: SourceLocation(file: path, line: reader.line), found: "a day", expected: "an hour of a day")
            }
            let minutes = try ColumnReader.value(reader, delay, .delay, .metric)
            let travelled = try ColumnReader.value(reader, underWay, .underWay, .metric)
            records[name, default: DelayRecord(place: name)].hours.append(index)
            records[name]?.minutes.append(minutes)
            records[name]?.underWay.append(travelled)
        }
        return SeriesContent(delays: records.keys.sorted().compactMap { records[$0] })
    }
}
