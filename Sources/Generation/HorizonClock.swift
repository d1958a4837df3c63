import Documents
import Domain
import History

/// The horizon's local days and hours: turns local times into seconds from the start, and back.
struct HorizonClock: Sendable {
    /// IANA name.
    let timeZone: String
    /// Seconds from 1970-01-01T00:00:00Z to the start.
    let startEpoch: Double
    /// Days of the horizon.
    let dayCount: Int
    /// End of the horizon, exclusive, seconds.
    let end: Double
    /// Local days, from a week before the start to a year after the end: promises lie there.
    let calendar: LocalCalendar
    private let localTime: LocalTime
    /// `2026-01-12T` for each day of ``calendar``.
    private let dayTexts: [String]
    private let parser: InstantParser

    /// Reads `time_zone`, `start` and `days`.
    init(_ root: SpecificationMapping) throws(InputError) {
        let zone = try root.required("time_zone")
        timeZone = try zone.text()
        localTime = try LocalTime(timeZone: timeZone, at: zone.location)
        let start = try root.required("start")
        var fromEpoch = InstantParser(localTime: localTime, start: 0)
        guard let epoch = fromEpoch.seconds(try start.text()),
            localTime.wallClock(at: epoch).truncatingRemainder(dividingBy: 3600) == 0
        else { throw start.error(expected: "a local full hour such as 2026-01-12T00:00:00") }
        startEpoch = epoch
        parser = InstantParser(localTime: localTime, start: epoch)
        dayCount = try root.integer("days", in: 1...366)
        end = localTime.instant(wallClock: localTime.wallClock(at: epoch) + Double(dayCount) * 86_400) - epoch
        calendar = try LocalCalendar.make(
            timeZone: timeZone, startEpoch: startEpoch, from: -7 * 86_400, to: end + 370 * 86_400)
        dayTexts = calendar.midnights.map { [localTime] in String(localTime.text(of: epoch + $0).prefix(11)) }
    }

    /// Hours of the horizon.
    var hourCount: Int { Int((end / 3600).rounded(.up)) }

    /// The local hour (0 to 23) in which an instant falls.
    func hourOfDay(_ time: Double) -> Int {
        min(23, max(0, Int((calendar.clockMinutes(at: time) / 60).rounded(.down))))
    }

    /// Weekday of an instant, 0 = Monday.
    func weekday(_ time: Double) -> Int { calendar.weekday(of: calendar.day(of: time)) }

    /// Seconds from the start of a local time that a spec states.
    func instant(_ value: DocumentValue) throws(InputError) -> Double {
        var parser = parser
        guard let seconds = parser.seconds(try value.text()) else {
            throw value.error(expected: InstantParser.expectation)
        }
        return seconds
    }

    /// An instant as the dataset writes it, to the second.
    ///
    /// Days without a change of the clocks take their date from a table: asking the time-zone database for every order
    /// would cost more than all the rest.
    func text(_ time: Double) -> String {
        let whole = time.rounded(.down)
        let day = calendar.day(of: whole)
        let second = Int(whole - calendar.midnights[day])
        let isCalm = !calendar.changes.contains { abs($0.day - day) <= 1 }
        guard isCalm, (0..<86_400).contains(second) else { return localTime.text(of: startEpoch + whole) }
        return dayTexts[day] + twoDigits(second / 3600) + ":" + twoDigits(second / 60 % 60) + ":"
            + twoDigits(second % 60)
    }
}

extension LocalCalendar {
    /// The calendar of a time zone around a start.
    fileprivate static func make(
        timeZone: String, startEpoch: Double, from: Double, to: Double
    ) throws(InputError) -> LocalCalendar {
        let description = DatasetDescription(
            name: "", origin: "", licence: "", currency: "", timeZone: timeZone, start: startEpoch, end: to,
            promiseBy: .instant, coordinates: .geographic)
        return try make(description: description, from: from, to: to)
    }
}

/// A number below 100 with two digits.
func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
