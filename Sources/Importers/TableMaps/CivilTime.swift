/// A date and time of day as a wall clock shows it, with the offset from UTC where the text gave one.
public struct CivilTime: Sendable, Hashable {
    /// Days since 1970-01-01 in the proleptic Gregorian calendar.
    public var day: Int
    /// Seconds since local midnight, 0 ..< 86,400.
    public var secondOfDay: Double
    /// Seconds east of UTC, nil for the dataset's own time zone.
    public var offsetSeconds: Int?

    /// A time from its parts.
    public init(day: Int, secondOfDay: Double, offsetSeconds: Int? = nil) {
        self.day = day
        self.secondOfDay = secondOfDay
        self.offsetSeconds = offsetSeconds
    }

    /// A time from calendar fields, or nil where there is no such date or time of day.
    ///
    /// Second 60 (a leap second) becomes the first second of the next minute.
    public init?(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Double = 0, offsetSeconds: Int? = nil
    ) {
        guard (1...12).contains(month), (1...CivilTime.length(ofMonth: month, year: year)).contains(day),
            (0...23).contains(hour), (0...59).contains(minute), second >= 0, second < 61
        else { return nil }
        self.init(
            day: CivilTime.dayNumber(year: year, month: month, day: day), secondOfDay: 0, offsetSeconds: offsetSeconds)
        self = adding(seconds: Double(hour * 3600 + minute * 60) + second)
    }

    /// Seconds since 1970-01-01 00:00 on the same wall clock: for comparing times of one clock, not for durations
    /// across a clock change.
    public var wallSeconds: Double { Double(day) * 86_400 + secondOfDay }

    /// The time on the same wall clock this much later; days have 86,400 s.
    public func adding(seconds: Double) -> CivilTime {
        let total = secondOfDay + seconds
        let days = (total / 86_400).rounded(.down)
        var rest = total - days * 86_400
        var shift = Int(days)
        // The subtraction can round up to a full day.
        if rest >= 86_400 {
            rest = 0
            shift += 1
        }
        return CivilTime(day: day + shift, secondOfDay: rest, offsetSeconds: offsetSeconds)
    }

    /// Midnight of the same day.
    public var midnight: CivilTime { CivilTime(day: day, secondOfDay: 0, offsetSeconds: offsetSeconds) }

    /// Year, month and day of month.
    public var date: (year: Int, month: Int, day: Int) { CivilTime.date(ofDayNumber: day) }

    /// As the dataset format writes instants: `2026-01-12T08:30:00`, fractions to the millisecond where there are
    /// any, and `Z` or `+08:00` where the offset is known.
    public var text: String {
        let thousandths = Int((secondOfDay * 1000).rounded(.down))
        let (seconds, fraction) = thousandths.quotientAndRemainder(dividingBy: 1000)
        let (year, month, day) = date
        var text = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
        text += "T\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
        if fraction > 0 { text += ".\(padded(fraction, 3))" }
        if let offsetSeconds {
            let minutes = abs(offsetSeconds) / 60
            text +=
                offsetSeconds == 0
                ? "Z" : "\(offsetSeconds < 0 ? "-" : "+")\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
        }
        return text
    }

    /// Days since 1970-01-01 of a date (Hinnant, "chrono-compatible low-level date algorithms", 2013).
    public static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The inverse of ``dayNumber(year:month:day:)``.
    static func date(ofDayNumber number: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// Number of days of a month.
    static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// A number with leading zeros.
private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
