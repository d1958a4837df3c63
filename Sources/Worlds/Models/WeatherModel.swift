import DeterministicMath
import Domain
import History
import Replay
import Sampling

/// The parameters of generated weather and how weather comes of them: see ``GeneratedWeather``.
public struct WeatherModel: Sendable, Hashable {
    /// Share of hours with 0.1 mm and more, by month.
    var wetShares: [Double]
    /// Share of the wet hours that have 2.5 mm and more, by month.
    var heavyShares: [Double]
    /// How wet hours come and go.
    var wet: RegionField.Shape
    /// How long heavy rain holds, hours.
    var heavyHours: Double
    /// Distance over which the correlation between regions falls to 1 / e, kilometres.
    var correlationKilometres: Double
    /// Mean temperature by month, degrees Celsius.
    var celsius: [Double]
    /// Half the difference of the warmest and the coldest hour of a day, degrees.
    var dailyAmplitude: Double
    /// Standard deviation around mean and day, degrees.
    var celsiusSpread: Double
    /// At or below it wet hours are snow, degrees Celsius.
    var snowBelow: Double

    /// The constants that meet the records of Beijing, Shanghai and JFK: see ``GeneratedWeather``.
    private static let standardWet = RegionField.Shape(
        shortHours: 1.7, smoothingHours: 0.8, longHours: 60, longShare: 0.78)
    private static let standardHeavyHours = 3.0
    private static let standardCorrelationKilometres = 400.0
    /// The largest intensity, mm/h.
    static let intensityMax = 60.0
    /// How the temperature moves: over days, as air masses do.
    private static let temperatureShape = RegionField.Shape(shortHours: 6, longHours: 60, longShare: 0.9)

    /// What a scenario can say.
    static let parameters: [ParameterDeclaration] = [
        ParameterDeclaration(
            "wet_share", .number(.share), default: 0.07, summary: "share of hours with 0.1 mm and more"),
        ParameterDeclaration(
            "wet_share_by_month", .list(.number(.share)), isOptional: true,
            summary: "twelve shares, January first, in the place of wet_share"),
        ParameterDeclaration(
            "heavy_share", .number(.share), default: 0.17, summary: "share of wet hours with 2.5 mm and more"),
        ParameterDeclaration(
            "heavy_share_by_month", .list(.number(.share)), isOptional: true,
            summary: "twelve shares, January first, in the place of heavy_share"),
        ParameterDeclaration(
            "short_hours", .number(.positive), unit: "h", default: ParameterValue(.number(standardWet.shortHours)),
            summary: "time constant of showers"),
        ParameterDeclaration(
            "smoothing_hours", .number(.nonNegative), unit: "h",
            default: ParameterValue(.number(standardWet.smoothingHours)), summary: "smoothing of showers"),
        ParameterDeclaration(
            "long_hours", .number(.positive), unit: "h", default: ParameterValue(.number(standardWet.longHours)),
            summary: "time constant of fronts"),
        ParameterDeclaration(
            "long_share", .number(.share), default: ParameterValue(.number(standardWet.longShare)),
            summary: "share of fronts in the variance"),
        ParameterDeclaration(
            "heavy_hours", .number(.positive), unit: "h", default: ParameterValue(.number(standardHeavyHours)),
            summary: "time constant of the intensity"),
        ParameterDeclaration(
            "correlation_kilometres", .number(.nonNegative), unit: "km",
            default: ParameterValue(.number(standardCorrelationKilometres)),
            summary: "distance over which regions cease to be alike; 0: each for itself"),
        ParameterDeclaration(
            "mean_celsius", .number(.any), unit: "C", default: 15, summary: "mean temperature"),
        ParameterDeclaration(
            "mean_celsius_by_month", .list(.number(.any)), isOptional: true,
            summary: "twelve means, January first, in the place of mean_celsius"),
        ParameterDeclaration(
            "daily_amplitude", .number(.nonNegative), unit: "C", default: 4,
            summary: "half the difference of a day's warmest and coldest hour"),
        ParameterDeclaration(
            "celsius_spread", .number(.nonNegative), unit: "C", default: 4,
            summary: "standard deviation of the temperature around its mean"),
        ParameterDeclaration(
            "snow_below", .number(.any), unit: "C", default: 1, summary: "wet hours this cold are snow"),
    ]

    /// The model that a scenario's parameters state.
    init(_ parameters: MemberParameters) throws(InputError) {
        wetShares = try Self.byMonth("wet_share", parameters)
        heavyShares = try Self.byMonth("heavy_share", parameters)
        celsius = try Self.byMonth("mean_celsius", parameters)
        wet = RegionField.Shape(
            shortHours: try parameters.number("short_hours"), smoothingHours: try parameters.number("smoothing_hours"),
            longHours: try parameters.number("long_hours"), longShare: try parameters.number("long_share"))
        heavyHours = try parameters.number("heavy_hours")
        correlationKilometres = try parameters.number("correlation_kilometres")
        dailyAmplitude = try parameters.number("daily_amplitude")
        celsiusSpread = try parameters.number("celsius_spread")
        snowBelow = try parameters.number("snow_below")
    }

    /// Twelve values: those of the list, else twelve times the one.
    private static func byMonth(_ name: String, _ parameters: MemberParameters) throws(InputError) -> [Double] {
        let listed = try parameters.numbers(name + "_by_month")
        if listed.isEmpty { return [Double](repeating: try parameters.number(name), count: 12) }
        guard listed.count == 12 else {
            throw InputError(
                at: parameters.location(of: name + "_by_month"), found: "\(listed.count) months",
                expected: "twelve values, January first")
        }
        return listed
    }

    /// The standard model with shares by month, twelve each; rain never turns to snow.
    public init(wetShares: [Double], heavyShares: [Double]) {
        precondition(wetShares.count == 12 && heavyShares.count == 12, "a share a month")
        self.wetShares = wetShares
        self.heavyShares = heavyShares
        wet = Self.standardWet
        heavyHours = Self.standardHeavyHours
        correlationKilometres = Self.standardCorrelationKilometres
        celsius = [Double](repeating: 15, count: 12)
        dailyAmplitude = 0
        celsiusSpread = 0
        snowBelow = -.infinity
    }

    /// Weather of some regions hour by hour.
    ///
    /// - Parameters:
    ///   - regions: their names, under which they draw.
    ///   - factor: lower triangular factor of the correlation between them, row-major.
    ///   - clock: month and hour of every hour.
    ///   - draws: the world's.
    /// - Returns: a series over the clock's hours.
    public func sample(regions: [String], factor: [Double], clock: HourClock, draws: Draws) -> WeatherSeries {
        let hours = clock.months.count
        func field(_ shape: RegionField.Shape, _ purpose: DrawPurpose) -> [Double] {
            RegionField(shape: shape, factor: factor, regions: regions)
                .values(hours: hours, purpose: purpose, draws: draws)
        }
        let wetness = field(wet, .weatherWet)
        let intensity = field(
            RegionField.Shape(
                shortHours: heavyHours, smoothingHours: wet.smoothingHours, longHours: heavyHours, longShare: 0),
            .weatherIntensity)
        let warmth = field(Self.temperatureShape, .weatherTemperature)
        let thresholds = wetShares.map {
            $0 <= 0 ? .infinity : $0 >= 1 ? -.infinity : DeterministicMath.normalQuantile(1 - $0)
        }
        var series = WeatherSeries(regionCount: regions.count, hourCount: hours)
        for cell in wetness.indices {
            let hour = cell % hours
            let month = clock.months[hour]
            guard wetness[cell] > thresholds[month] else { continue }
            let amount = millimetres(
                probability: DeterministicMath.normalCumulative(intensity[cell]), heavyShare: heavyShares[month])
            let day = dailyAmplitude * DeterministicMath.cosine(2 * Double.pi * (clock.hoursOfDay[hour] - 15) / 24)
            let isSnow = celsius[month] + day + celsiusSpread * warmth[cell] <= snowBelow
            series.intensities[cell] = amount
            series.classes[cell] = isSnow ? .snow : amount >= 2.5 ? .heavyRain : .rain
            series.stormLevels[cell] = Self.stormLevel(millimetres: amount)
        }
        return series
    }

    /// Intensity of a wet hour.
    private func millimetres(probability u: Double, heavyShare: Double) -> Double {
        let light = 1 - heavyShare
        guard u > light else { return 0.1 * DeterministicMath.power(25, light > 0 ? u / light : 0) }
        return min(Self.intensityMax, 2.5 * DeterministicMath.power(heavyShare / max(1 - u, 1e-9), 0.6))
    }

    /// log2(mm/h / 2.5) within 0 to 5.
    static func stormLevel(millimetres: Double) -> Double {
        guard millimetres > 2.5 else { return 0 }
        return min(5, DeterministicMath.log(millimetres / 2.5) / DeterministicMath.log(2))
    }
}

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
