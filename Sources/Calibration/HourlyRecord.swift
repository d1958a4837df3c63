import Domain
import History
import Storage

/// An hourly series of one place as somebody exported it: rain, temperature, or the time or volume of traffic, by local hour.
///
/// Columns are found by their usual names, whatever their case: the time as `year`, `month`, `day`, `hour`, or as one column
/// (`timestamp`, `date_time`, `time_hour`, `time`, `date`); several rows of an hour are averaged; `NA` and blanks are gaps.
public struct HourlyRecord: Sendable {
    /// Hours since 1970-01-01T00:00 by the clock of the record, rising.
    public var hours: [Int]
    /// One value an hour; NaN where missing.
    public var values: [Double]

    /// What a series holds.
    public enum Kind: String, Sendable, CaseIterable {
        /// Precipitation an hour.
        case precipitation
        /// Temperature of the air.
        case temperature
        /// Travel time, or volume, of a road.
        case traffic

        /// Names its column goes by.
        var columns: [String] {
            switch self {
            case .precipitation: ["precipitation", "precip", "rain", "rain_1h", "precipitation_mm", "prcp"]
            case .temperature: ["temperature", "temp", "temperature_2m", "avg_temp"]
            case .traffic: ["travel_time", "travel_time_seconds", "traffic_volume", "congestion", "total", "speed"]
            }
        }
    }

    /// Reads the series of every place of a file, by the name in its column of places (`origin`, `station`, `id`, `segment`,
    /// `detector`, `city`); one nameless place where there is no such column.
    ///
    /// - Parameters:
    ///   - path: CSV, plain, `.gz` or `.zst`.
    ///   - kind: which column to read.
    ///   - column: its name, where it is none of the usual.
    /// - Returns: the places by name, each with its hours from the first to the last.
    /// - Throws: ``InputError`` for a file without such columns, and at a cell that is neither number nor blank.
    public static func read(
        _ path: String, _ kind: Kind, column: String? = nil
    ) throws(InputError) -> [(place: String, record: HourlyRecord)] {
        let reader = try CSVReader(path: path)
        let columns = try Columns(reader, kind: kind, column: column)
        var sums: [String: [Int: (sum: Double, count: Int)]] = [:]
        var gaps: [String: Set<Int>] = [:]
        while try reader.nextRow() {
            let place = try columns.place.map { column throws(InputError) in try reader.text(column) } ?? ""
            let hour = try columns.hour(of: reader)
            let text = try reader.text(columns.value)
            if text.isEmpty || text == "NA" {
                gaps[place, default: []].insert(hour)
                continue
            }
            guard let value = Double(text), value.isFinite else {
                throw reader.error(columns.value, expected: "a number, NA or nothing")
            }
            let known = sums[place, default: [:]][hour] ?? (0, 0)
            sums[place, default: [:]][hour] = (known.sum + value, known.count + 1)
        }
        return sums.keys.sorted().map { place in
            let known = sums[place] ?? [:]
            let first = known.keys.min() ?? 0
            let last = known.keys.max() ?? 0
            let hours = Array(first...last)
            let values = hours.map { hour in known[hour].map { $0.sum / Double($0.count) } ?? .nan }
            return (place, HourlyRecord(hours: hours, values: values))
        }
    }

    /// What the clock shows at the beginning of an hour.
    public static func clock(ofHour hour: Int) -> CalendarTime { CalendarTime(wallClock: 3_600 * Double(hour)) }

    /// Hours since 1970 of an hour of a date.
    static func hour(year: Int, month: Int, day: Int, hour: Int) -> Int {
        Int(CalendarTime.wallClock(year: year, month: month, day: day) / 3_600) + hour
    }

    /// Where the columns of a file stand.
    private struct Columns {
        var value: Int
        var place: Int?
        var timestamp: Int?
        var parts: [Int] = []

        private static let places = ["origin", "station", "segment", "id", "detector", "city"]
        private static let timestamps = ["timestamp", "date_time", "time_hour", "time", "date"]

        init(_ reader: CSVReader, kind: Kind, column: String?) throws(InputError) {
            let header = reader.header.map { $0.lowercased() }
            let wanted = column.map { [$0.lowercased()] } ?? kind.columns
            guard let value = wanted.compactMap({ header.firstIndex(of: $0) }).first else {
                throw InputError(
                    at: SourceLocation(file: reader.path, line: 1),
                    found: "the columns " + reader.header.joined(separator: ", "),
                    expected: "one of " + wanted.joined(separator: ", ") + " for \(kind.rawValue)")
            }
            self.value = value
            place = Self.places.compactMap { header.firstIndex(of: $0) }.first
            let parts = ["year", "month", "day", "hour"].compactMap { header.firstIndex(of: $0) }
            if parts.count == 4 {
                self.parts = parts
            } else if let timestamp = Self.timestamps.compactMap({ header.firstIndex(of: $0) }).first {
                self.timestamp = timestamp
            } else {
                throw InputError(
                    at: SourceLocation(file: reader.path, line: 1),
                    found: "the columns " + reader.header.joined(separator: ", "),
                    expected: "year, month, day and hour, or one of " + Self.timestamps.joined(separator: ", "))
            }
        }

        /// The hour of a row.
        func hour(of reader: CSVReader) throws(InputError) -> Int {
            if let timestamp {
                let text = try reader.text(timestamp)
                // 2022-09-02 06:00:00, 2013-01-01T06:00:00Z: digits at fixed places.
                let digits = Array(text.utf8)
                func number(_ range: Range<Int>) -> Int? {
                    guard range.upperBound <= digits.count else { return nil }
                    return Int(String(decoding: digits[range], as: UTF8.self))
                }
                guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
                    let hour = number(11..<13), (1...12).contains(month), (1...31).contains(day),
                    (0..<25).contains(hour)
                else {
                    throw reader.error(timestamp, expected: "a date and time such as 2026-01-12 08:00")
                }
                return HourlyRecord.hour(year: year, month: month, day: day, hour: hour)
            }
            var numbers: [Int] = []
            for part in parts { numbers.append(try reader.integer(part)) }
            return HourlyRecord.hour(year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3])
        }
    }
}
