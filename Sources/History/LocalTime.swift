import Domain
import Foundation

/// Local time of a dataset's time zone: wall clocks to instants and back.
///
/// Asks the time-zone database (Foundation's) once for each change of the clocks in reach, so it is meant for loading;
/// trials use ``LocalCalendar``. Instants are seconds since 1970-01-01T00:00:00Z.
public struct LocalTime: Sendable {
    /// The IANA name.
    public let identifier: String
    private let zone: TimeZone

    /// The time zone of an IANA name.
    ///
    /// - Throws: `InputError` when the name is not known, with the nearest that is.
    public init(timeZone identifier: String, at location: SourceLocation? = nil) throws(InputError) {
        // Foundation also takes abbreviations (EST) and offsets (GMT+8), whose meaning differs between systems.
        let isName = identifier == "UTC" || identifier.contains("/")
        guard isName, let zone = TimeZone(identifier: identifier) else {
            throw InputError(
                at: location, found: "unknown time zone '\(identifier)'",
                expected: "an IANA name such as Asia/Shanghai",
                suggestion: nearestWord(to: identifier, among: TimeZone.knownTimeZoneIdentifiers + ["UTC"]))
        }
        self.identifier = identifier
        self.zone = zone
    }

    /// Seconds local time is ahead of UTC at an instant.
    public func offset(at instant: Double) -> Double {
        Double(zone.secondsFromGMT(for: Date(timeIntervalSince1970: instant.rounded(.down))))
    }

    /// The instant of a wall clock, given as seconds since 1970-01-01T00:00:00 as the clock shows them.
    ///
    /// A time that a change of the clocks skips is the instant of the change; one that it repeats is the first. At
    /// most one change within a day of it is taken into account: no zone has had two.
    public func instant(wallClock: Double) -> Double {
        let before = offset(at: wallClock - 86_400)
        let after = offset(at: wallClock + 86_400)
        let early = wallClock - before
        if before == after || offset(at: early) == before { return early }
        let late = wallClock - after
        if offset(at: late) == after { return late }
        return change(from: late, to: early, before: before)
    }

    /// The wall clock at an instant, as seconds since 1970-01-01T00:00:00 as the clock shows them.
    public func wallClock(at instant: Double) -> Double {
        instant + offset(at: instant)
    }

    /// The date and time that the clock shows at an instant.
    public func calendarTime(of instant: Double) -> CalendarTime { CalendarTime(wallClock: wallClock(at: instant)) }

    /// The first whole second in `low ..< high` whose offset is not `before` any more, or `high`.
    func change(from low: Double, to high: Double, before: Double) -> Double {
        var low = low.rounded(.down)
        var high = high.rounded(.up)
        while high - low > 1 {
            let middle = ((low + high) / 2).rounded(.down)
            if offset(at: middle) == before { low = middle } else { high = middle }
        }
        return high
    }

    /// The text of an instant: `2026-01-12T08:30:00`, local; with an offset (`+08:00`) where a change of the clocks
    /// makes the local time stand for another instant too. Seconds carry up to six decimals if need be.
    public func text(of instant: Double) -> String {
        let wallClock = wallClock(at: instant)
        let text = CivilTime(secondsSince1970: wallClock).text
        if self.instant(wallClock: wallClock) == instant { return text }
        let offset = Int(offset(at: instant))
        let hours = abs(offset) / 3600
        let minutes = abs(offset) / 60 % 60
        return text + (offset < 0 ? "-" : "+") + CivilTime.twoDigits(hours) + ":" + CivilTime.twoDigits(minutes)
    }
}

/// What calendar and clock show.
public struct CalendarTime: Sendable, Hashable {
    /// Year.
    public let year: Int
    /// Month, January = 1.
    public let month: Int
    /// Day of the year, 1 January = 0.
    public let dayOfYear: Int
    /// Day of the week, Monday = 0.
    public let weekday: Int
    /// Seconds after midnight.
    public let secondOfDay: Double

    /// The date and time that many seconds after 1970-01-01T00:00:00.
    public init(wallClock: Double) {
        let civil = CivilTime(secondsSince1970: wallClock)
        year = civil.year
        month = civil.month
        secondOfDay = civil.secondOfDay
        let newYear = CivilTime(year: civil.year, month: 1, day: 1, secondOfDay: 0).secondsSince1970
        dayOfYear = Int(((wallClock - newYear) / 86_400).rounded(.down))
        // 1970-01-01 was a Thursday.
        let days = Int((wallClock / 86_400).rounded(.down))
        weekday = ((days + 3) % 7 + 7) % 7
    }

    /// Seconds from 1970-01-01T00:00:00 to the beginning of a day, by the clock.
    public static func wallClock(year: Int, month: Int, day: Int) -> Double {
        CivilTime(year: year, month: month, day: day, secondOfDay: 0).secondsSince1970
    }
}

/// A date and time of day in the proleptic Gregorian calendar, without a zone.
struct CivilTime: Equatable {
    var year: Int
    var month: Int
    var day: Int
    /// Seconds after midnight.
    var secondOfDay: Double

    init(year: Int, month: Int, day: Int, secondOfDay: Double) {
        self.year = year
        self.month = month
        self.day = day
        self.secondOfDay = secondOfDay
    }

    /// The date and time that many seconds after 1970-01-01T00:00:00 (civil_from_days, Hinnant 2013).
    init(secondsSince1970 seconds: Double) {
        let days = Int((seconds / 86_400).rounded(.down))
        secondOfDay = seconds - Double(days) * 86_400
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Seconds after 1970-01-01T00:00:00 (days_from_civil, Hinnant 2013).
    var secondsSince1970: Double {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Double(era * 146_097 + dayOfEra - 719_468) * 86_400 + secondOfDay
    }

    /// Whether month and day exist.
    var isDate: Bool {
        guard (1...12).contains(month), day >= 1 else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return day <= lengths[month - 1]
    }

    /// `2026-01-12T08:30:00`, with up to six decimals of the second if need be.
    var text: String {
        let micro = Int((secondOfDay * 1e6).rounded())
        let whole = micro / 1_000_000
        var text = CivilTime.digits(year, 4) + "-" + CivilTime.twoDigits(month) + "-" + CivilTime.twoDigits(day)
        text += "T" + CivilTime.twoDigits(whole / 3600) + ":" + CivilTime.twoDigits(whole / 60 % 60)
        text += ":" + CivilTime.twoDigits(whole % 60)
        var fraction = CivilTime.digits(micro % 1_000_000, 6)
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return fraction.isEmpty ? text : text + "." + fraction
    }

    static func twoDigits(_ number: Int) -> String { digits(number, 2) }

    private static func digits(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
