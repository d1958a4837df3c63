/// A value per region and hour; hour h covers `[3600 h, 3600 (h + 1))` seconds.
public struct HourlySeries: Sendable {
    /// Hours per region.
    public let hourCount: Int
    /// Values, region x hour, row-major by region.
    public var values: [Double]
    /// What an hour outside `0 ..< hourCount` counts as.
    public let neutral: Double

    /// A series of neutral values.
    public init(regionCount: Int, hourCount: Int, neutral: Double) {
        self.hourCount = hourCount
        self.neutral = neutral
        values = [Double](repeating: neutral, count: regionCount * hourCount)
    }

    /// The value of a region in an hour.
    @inlinable
    public func value(region: Int, hour: Int) -> Double {
        hour >= 0 && hour < hourCount ? values[region * hourCount + hour] : neutral
    }
}

/// Weather of an hour.
public enum WeatherClass: UInt8, Sendable, CaseIterable {
    /// Dry.
    case clear
    /// 0.1 to 2.5 mm/h.
    case rain
    /// 2.5 mm/h and more.
    case heavyRain
    /// Snow.
    case snow
    /// Ice or storm.
    case ice

    /// The word in files: `clear`, `rain`, `heavy_rain`, `snow`, `ice`.
    public var word: String {
        switch self {
        case .clear: "clear"
        case .rain: "rain"
        case .heavyRain: "heavy_rain"
        case .snow: "snow"
        case .ice: "ice"
        }
    }
}

/// Recorded or sampled weather per region and hour; an hour outside is clear.
public struct WeatherSeries: Sendable {
    /// Hours per region.
    public let hourCount: Int
    /// Classes, region x hour, row-major by region.
    public var classes: [WeatherClass]
    /// Intensities in mm/h.
    public var intensities: [Double]
    /// Storm levels, 0 to 5.
    public var stormLevels: [Double]

    /// Storm level of a region in an hour; 0 outside the series.
    public func stormLevel(region: Int, at hour: Int) -> Double {
        hour >= 0 && hour < hourCount ? stormLevels[region * hourCount + hour] : 0
    }

    /// A series of clear hours.
    public init(regionCount: Int, hourCount: Int) {
        self.hourCount = hourCount
        classes = [WeatherClass](repeating: .clear, count: regionCount * hourCount)
        intensities = [Double](repeating: 0, count: regionCount * hourCount)
        stormLevels = [Double](repeating: 0, count: regionCount * hourCount)
    }
}

extension HourlySeries {
    /// The same values over at least some hours; those beyond are neutral.
    public func reaching(hours: Int, regionCount: Int) -> HourlySeries {
        if hours <= hourCount { return self }
        var longer = HourlySeries(regionCount: regionCount, hourCount: hours, neutral: neutral)
        for region in 0..<regionCount {
            for hour in 0..<hourCount { longer.values[region * hours + hour] = values[region * hourCount + hour] }
        }
        return longer
    }
}

extension WeatherSeries {
    /// Takes a region's hour from another series.
    public mutating func copy(hour: Int, region: Int, from other: WeatherSeries, hour source: Int) {
        let (target, origin) = (region * hourCount + hour, region * other.hourCount + source)
        classes[target] = other.classes[origin]
        intensities[target] = other.intensities[origin]
        stormLevels[target] = other.stormLevels[origin]
    }

    /// The same weather over at least some hours; those beyond are clear.
    public func reaching(hours: Int, regionCount: Int) -> WeatherSeries {
        if hours <= hourCount { return self }
        var longer = WeatherSeries(regionCount: regionCount, hourCount: hours)
        for region in 0..<regionCount {
            for hour in 0..<hourCount { longer.copy(hour: hour, region: region, from: self, hour: hour) }
        }
        return longer
    }
}
