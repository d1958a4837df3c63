import History

extension WeeklyHours {
    /// The first instant from `time` on at which the hours are open; `time` itself where they never are again.
    func nextOpen(from time: Double, calendar: LocalCalendar) -> Double {
        guard let spans else { return time }
        let today = calendar.day(of: time)
        for day in today..<min(today + 8, calendar.midnights.count - 1) {
            for span in spans where span.weekday == calendar.weekday(of: day) {
                let closes = calendar.instant(day: day, minute: span.toMinute)
                if closes > time { return max(time, calendar.instant(day: day, minute: span.fromMinute)) }
            }
        }
        return time
    }
}
