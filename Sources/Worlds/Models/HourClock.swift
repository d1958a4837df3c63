import Domain
import History

/// Local month and hour of day of every hour from time 0 on.
public struct HourClock: Sendable {
    /// Months, January = 0.
    let months: [Int]
    /// Hours of the day at the middle of each hour, 0 to 24.
    let hoursOfDay: [Double]
    /// Days of the year, 0 to 365.
    let daysOfYear: [Int]

    /// A clock from its hours: months, January = 0; hours of the day; days of the year.
    public init(months: [Int], hoursOfDay: [Double], daysOfYear: [Int]) {
        self.months = months
        self.hoursOfDay = hoursOfDay
        self.daysOfYear = daysOfYear
    }
}

extension HourClock {
    /// The clock of a dataset's time zone.
    init(dataset: Dataset, hours: Int) throws(InputError) {
        let local = try LocalTime(timeZone: dataset.description.timeZone)
        var months: [Int] = []
        var hoursOfDay: [Double] = []
        var daysOfYear: [Int] = []
        for hour in 0..<hours {
            let date = local.calendarTime(of: dataset.description.start + 3_600 * Double(hour) + 1_800)
            months.append(date.month - 1)
            hoursOfDay.append(date.secondOfDay / 3_600)
            daysOfYear.append(date.dayOfYear)
        }
        self.months = months
        self.hoursOfDay = hoursOfDay
        self.daysOfYear = daysOfYear
    }
}
