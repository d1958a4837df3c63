import Foundation
import History

/// Local days, worked out anew from the time-zone database: "Local times of day" of the article on replays.
struct PlainCalendar {
    /// Instants at which local days begin, rising, in seconds from the dataset's start.
    let midnights: [Double]
    /// Weekday of the first day, 0 = Monday.
    let firstWeekday: Int
    /// What the clock shows at the beginning of each quarter of an hour of each day, in minutes.
    private let clocks: [[Int]]

    /// The days from a good week before `from` to fifteen days after `to`.
    init(description: DatasetDescription, from: Double, to: Double) {
        let zone = TimeZone(identifier: description.timeZone) ?? .gmt
        let before = 9.0 * 86_400
        let after = 16.0 * 86_400
        var midnights: [Double] = []
        var clocks: [[Int]] = []
        var firstWeekday = 0
        var lastDay = Int.max
        // Clock changes and midnights fall on quarters of an hour of universal time.
        var instant = ((description.start + from - before) / 900).rounded(.down) * 900
        while instant <= description.start + to + after {
            let offset = Double(zone.secondsFromGMT(for: Date(timeIntervalSince1970: instant)))
            let day = Int(((instant + offset) / 86_400).rounded(.down))
            if lastDay == Int.max { lastDay = day }
            // A clock set back at midnight does not begin the day a second time.
            if day > lastDay {
                // 1970-01-01 was a Thursday.
                if midnights.isEmpty { firstWeekday = (day + 3) % 7 }
                midnights.append(instant - description.start)
                clocks.append([])
                lastDay = day
            }
            if !clocks.isEmpty {
                clocks[clocks.count - 1].append(Int((instant + offset) / 60) - lastDay * 1_440)
            }
            instant += 900
        }
        self.midnights = midnights
        self.firstWeekday = firstWeekday
        self.clocks = clocks
    }

    /// The day of an instant: the last that has begun.
    func day(of instant: Double) -> Int {
        (midnights.lastIndex { $0 <= instant }) ?? 0
    }

    /// Weekday of a day, 0 = Monday.
    func weekday(of day: Int) -> Int { (firstWeekday + day) % 7 }

    /// The number of whole days it covers.
    var dayCount: Int { midnights.count - 1 }

    /// The first instant of a day at which its clock shows a minute or a later one; the next midnight if it never does.
    func instant(day: Int, minute: Int) -> Double {
        for (quarter, clock) in clocks[day].enumerated() where clock + 15 > minute {
            return midnights[day] + 900 * Double(quarter) + 60 * Double(max(0, minute - clock))
        }
        return midnights[day + 1]
    }

    /// The earliest instant at or after `instant` within the opening hours; +infinity if there is none.
    func nextOpen(_ hours: WeeklyHours, from instant: Double) -> Double {
        guard let spans = hours.spans else { return instant }
        for day in self.day(of: instant)..<dayCount {
            var earliest = Double.infinity
            for span in spans where span.weekday == weekday(of: day) {
                let open = self.instant(day: day, minute: span.fromMinute)
                let close = self.instant(day: day, minute: span.toMinute)
                let start = max(open, instant)
                if start < close { earliest = min(earliest, start) }
            }
            if earliest < .infinity { return earliest }
        }
        return .infinity
    }
}
