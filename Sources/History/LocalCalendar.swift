/// Local days of the dataset's time zone as instants, so that no trial asks a time-zone database.
///
/// Day d is `midnights[d] ..< midnights[d + 1]`, in seconds from the dataset's start; day `firstDay` (may be negative)
/// is the first entry. Days of 23 or 25 hours come out right.
public struct LocalCalendar: Sendable {
    /// Instants of consecutive local midnights, rising.
    public let midnights: [Double]
    /// Weekday of the first entry, 0 = Monday.
    public let firstWeekday: Int

    /// A calendar from its midnights.
    public init(midnights: [Double], firstWeekday: Int) {
        precondition(midnights.count >= 2, "a calendar covers at least one day")
        self.midnights = midnights
        self.firstWeekday = firstWeekday
    }

    /// The day of an instant: the last whose midnight is not after it; clamped to the calendar.
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
}
