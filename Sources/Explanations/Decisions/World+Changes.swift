import History
import Replay
import Worlds

// What could have been otherwise in a world, hour by hour; what follows from it changes with it.
extension World {
    /// Congestion of a region in an hour set to a positive value. Transit there is slower by the same factor.
    mutating func setCongestion(_ value: Double, region: Int, hour: Int, regionCount: Int) {
        let before = congestion.value(region: region, hour: hour)
        congestion = congestion.reaching(hours: hour + 1, regionCount: regionCount)
        congestion.values[region * congestion.hourCount + hour] = value
        guard before > 0 else { return }
        slow(by: value / before, region: region, hour: hour, regionCount: regionCount)
    }

    /// The storm level of a region in an hour set. Transit there is slower by what the table of weather effects says of
    /// the levels; the class of weather stays.
    mutating func setStormLevel(
        _ level: Double, region: Int, hour: Int, regionCount: Int, transitPerLevel: Double
    ) {
        let before = weather.stormLevel(region: region, at: hour)
        weather = weather.reaching(hours: hour + 1, regionCount: regionCount)
        weather.stormLevels[region * weather.hourCount + hour] = level
        slow(
            by: (1 + transitPerLevel * level) / (1 + transitPerLevel * before), region: region, hour: hour,
            regionCount: regionCount)
    }

    /// Multiplies the slowness of a region in an hour.
    private mutating func slow(by factor: Double, region: Int, hour: Int, regionCount: Int) {
        guard factor != 1 else { return }
        var factors = HourlySeries(regionCount: regionCount, hourCount: hour + 1, neutral: 1)
        factors.values[region * (hour + 1) + hour] = factor
        slowTransit(by: factors, regionCount: regionCount)
    }
}

extension HourlySeries {
    /// Standard deviation over the hours of a region; 0 without hours.
    func deviation(region: Int) -> Double {
        standardDeviation(Array(values[(region * hourCount)..<((region + 1) * hourCount)]))
    }
}

extension WeatherSeries {
    /// Standard deviation of a region's storm levels over the hours; 0 without hours.
    func levelDeviation(region: Int) -> Double {
        standardDeviation(Array(stormLevels[(region * hourCount)..<((region + 1) * hourCount)]))
    }
}

extension WarningSeries {
    /// The highest level that forecasts issued in an hour warn of, at any lead.
    func highest(region: Int, issued hour: Int) -> Int {
        leadCount > 0 ? highest(region: region, issued: hour, ahead: 0, to: leadCount - 1) : 0
    }

    /// Raises the forecasts issued in an hour to a level at every lead, or lowers those above it.
    mutating func set(_ level: Int, region: Int, issued hour: Int) {
        let isRaised = level > highest(region: region, issued: hour)
        for lead in 0..<leadCount where (0..<hourCount).contains(hour + lead) {
            let before = self.level(region: region, validHour: hour + lead, lead: lead)
            set(isRaised ? level : min(before, level), region: region, hour: hour + lead, lead: lead)
        }
    }
}

/// Standard deviation of values as a population, divided by their number; 0 without values.
func standardDeviation(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    let mean = values.reduce(0, +) / Double(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
}
