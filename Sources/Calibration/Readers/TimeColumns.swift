import Domain
import History
import Storage

/// Where a table says when: `year`, `month`, `day` and `hour`, or one column of dates or of dates and times.
struct TimeColumns {
    /// Columns of year, month, day, hour; empty where one column says all.
    private var parts: [Int] = []
    private var timestamp = 0

    /// Usual names of a column of instants.
    private static let timestamps = ["timestamp", "date_time", "time_hour", "time", "date"]

    /// Finds the columns among names in lower case; refuses a table without them.
    init(header: [String], path: String) throws(InputError) {
        let parts = ["year", "month", "day", "hour"].compactMap { header.firstIndex(of: $0) }
        if parts.count == 4 {
            self.parts = parts
        } else if let timestamp = Self.timestamps.compactMap({ header.firstIndex(of: $0) }).first {
            self.timestamp = timestamp
        } else {
            throw InputError(
                at: SourceLocation(file: path, line: 1), found: "the columns " + header.joined(separator: ", "),
                expected: "year, month, day and hour, or one of " + Self.timestamps.joined(separator: ", "))
        }
    }

    /// The step of a row: an hour, or a day where the cell holds a date alone.
    func step(of reader: CSVReader) throws(InputError) -> (step: PlaceRecord.Step, index: Int) {
        guard parts.isEmpty else {
            var numbers: [Int] = []
            for part in parts { numbers.append(try reader.integer(part)) }
            guard let index = Self.hour(numbers) else {
                throw reader.error(parts[2], expected: "an hour of a day that there is")
            }
            return (.hour, index)
        }
        let text = try reader.text(timestamp)
        guard let known = Self.step(text) else {
            throw reader.error(
                timestamp, expected: "a date such as 2026-01-12, or date and time such as 2026-01-12 08:00")
        }
        return known
    }

    /// `2022-09-02 06:00:00`, `2013-01-01T06:00:00Z`: an hour; `2012/01/01`: a day. Digits at fixed places.
    static func step(_ text: String) -> (step: PlaceRecord.Step, index: Int)? {
        let digits = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= digits.count else { return nil }
            return Int(String(decoding: digits[range], as: UTF8.self))
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
        if digits.count == 10 { return Self.hour([year, month, day, 0]).map { (.day, $0 / 24) } }
        guard let hour = number(11..<13) else { return nil }
        return Self.hour([year, month, day, hour]).map { (.hour, $0) }
    }

    /// Hours since 1970 of year, month, day and hour; nil where there is no such hour. Midnight may be 24.
    static func hour(_ parts: [Int]) -> Int? {
        let (year, month, day, hour) = (parts[0], parts[1], parts[2], parts[3])
        guard (1_850...2_200).contains(year), (1...12).contains(month), day >= 1, (0...24).contains(hour) else {
            return nil
        }
        let start = CalendarTime.wallClock(year: year, month: month, day: day)
        // The 31st of June is the 1st of July to the calendar.
        guard day <= 31, CalendarTime(wallClock: start).month == month else { return nil }
        return Int(start / 3_600) + hour
    }
}
