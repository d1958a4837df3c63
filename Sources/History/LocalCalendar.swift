import Domain

/// Local days of the dataset's time zone as instants, so that no trial asks a time-zone database.
///
/// Day d, counted from the calendar's first, is `midnights[d] ..< midnights[d + 1]`, in seconds from the dataset's
/// start. Days of 23 or 25 hours come out right.
public struct LocalCalendar: Sendable {
    /// A change of the clocks within a day.
    public struct ClockChange: Sendable, Hashable {
        /// The day, as an index into ``LocalCalendar/midnights``.
        public var day: Int
        /// Seconds from the day's first instant to the change.
        public var elapsedSeconds: Double
        /// Seconds the clock shows right before the change.
        public var clockSeconds: Double
        /// Seconds the clock jumps: positive forward (spring), negative back.
        public var jumpSeconds: Double

        /// A change from its parts.
        public init(day: Int, elapsedSeconds: Double, clockSeconds: Double, jumpSeconds: Double) {
            self.day = day
            self.elapsedSeconds = elapsedSeconds
            self.clockSeconds = clockSeconds
            self.jumpSeconds = jumpSeconds
        }
    }

    /// Instants of consecutive local midnights, rising. Where a change of the clocks skips midnight, the change.
    public let midnights: [Double]
    /// Weekday of the first entry, 0 = Monday.
    public let firstWeekday: Int
    /// Changes of the clocks, at most one a day, by day.
    public let changes: [ClockChange]

    /// A calendar from its midnights; without `changes` every day has 24 hours.
    public init(midnights: [Double], firstWeekday: Int, changes: [ClockChange] = []) {
        precondition(midnights.count >= 2, "a calendar covers at least one day")
        self.midnights = midnights
        self.firstWeekday = firstWeekday
        self.changes = changes
    }

    /// The day of an instant: the last whose midnight is not after it; clamped to the calendar. O(log days).
    public func day(of time: Double) -> Int {
        var low = 0
        var high = midnights.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if midnights[middle] <= time { low = middle } else { high = middle }
        }
        return low
    }

    /// Weekday of a day, 0 = Monday.
    public func weekday(of day: Int) -> Int { (firstWeekday + day) % 7 }

    /// The instant at which a day's clock shows a minute after midnight, 0 ... 1440.
    ///
    /// On a day whose clocks change, a minute that is skipped is the instant of the change and one that is repeated is
    /// the first of the two; minute 1440 is the next midnight.
    public func instant(day: Int, minute: Int) -> Double {
        if minute >= 1440 { return midnights[day + 1] }
        let clock = 60 * Double(minute)
        guard let change = changes.first(where: { $0.day == day }) else { return midnights[day] + clock }
        if clock < change.clockSeconds { return midnights[day] + clock }
        let later = change.elapsedSeconds + (clock - change.clockSeconds - change.jumpSeconds)
        return midnights[day] + max(change.elapsedSeconds, later)
    }

    /// The minute after midnight, with fraction, that a day's clock shows at an instant of that day.
    public func clockMinutes(at time: Double) -> Double {
        let day = day(of: time)
        let elapsed = time - midnights[day]
        guard let change = changes.first(where: { $0.day == day }) else { return elapsed / 60 }
        let clock = elapsed + (change.clockSeconds - change.elapsedSeconds)
        return (elapsed < change.elapsedSeconds ? elapsed : clock + change.jumpSeconds) / 60
    }

    /// The calendar of a dataset's time zone that covers `from ... to`, in seconds from the dataset's start.
    ///
    /// - Throws: `InputError` when the time zone is not known.
    public static func make(
        description: DatasetDescription, from: Double, to: Double
    ) throws(InputError) -> LocalCalendar {
        precondition(from <= to, "a calendar covers a span of time")
        let local = try LocalTime(timeZone: description.timeZone)
        let firstClock = local.wallClock(at: description.start + from)
        let firstDay = Int((firstClock / 86_400).rounded(.down))
        let lastDay = Int((local.wallClock(at: description.start + to) / 86_400).rounded(.down)) + 1
        let midnights = (firstDay...lastDay).map { local.instant(wallClock: Double($0) * 86_400) }
        var changes: [ClockChange] = []
        for day in 0..<(midnights.count - 1) {
            let midnight = midnights[day]
            let clock = local.wallClock(at: midnight) - Double(firstDay + day) * 86_400
            if clock > 0 {
                // Midnight itself was skipped: the day begins with the clock at 00:00 jumping ahead.
                changes.append(ClockChange(day: day, elapsedSeconds: 0, clockSeconds: 0, jumpSeconds: clock))
            } else if let change = change(local, day: day, from: midnight, to: midnights[day + 1]) {
                changes.append(change)
            }
        }
        return LocalCalendar(
            midnights: midnights.map { $0 - description.start }, firstWeekday: weekday(ofDaySince1970: firstDay),
            changes: changes)
    }

    /// The change of the clocks strictly inside a day, if any.
    private static func change(_ local: LocalTime, day: Int, from: Double, to: Double) -> ClockChange? {
        let before = local.offset(at: from)
        // The last second of the day: at its end the next day may begin with a change of its own.
        let after = local.offset(at: to - 1)
        guard before != after else { return nil }
        let instant = local.change(from: from, to: to - 1, before: before)
        return ClockChange(
            day: day, elapsedSeconds: instant - from, clockSeconds: instant - from, jumpSeconds: after - before)
    }

    /// 0 = Monday; 1970-01-01 was a Thursday.
    private static func weekday(ofDaySince1970 day: Int) -> Int { ((day + 3) % 7 + 7) % 7 }
}
