import DeterministicMath
import Domain
import History
import Replay
import Sampling

/// The parameters of generated weather and how weather comes of them: see ``GeneratedWeather``.
public struct WeatherModel: Sendable, Hashable {
    /// Share of hours with 0.1 mm and more, by month.
    public var wetShares: [Double]
    /// Share of the wet hours that have 2.5 mm and more, by month.
    public var heavyShares: [Double]
    /// How wet hours come and go.
    public var wet: RegionField.Shape
    /// How long heavy rain holds, hours.
    public var heavyHours: Double
    /// Distance over which the correlation between regions falls to 1 / e, kilometres.
    var correlationKilometres: Double
    /// Mean temperature by month, degrees Celsius.
    public var celsius: [Double]
    /// Half the difference of the warmest and the coldest hour of a day, degrees.
    public var dailyAmplitude: Double
    /// Standard deviation around mean and day, degrees.
    public var celsiusSpread: Double
    /// At or below it wet hours are snow, degrees Celsius.
    public var snowBelow: Double
    /// Hours of wind of storm level 1 and more.
    public var wind: WindModel

    /// The constants of wet hours that meet the records of Beijing, Shanghai and JFK: see ``GeneratedWeather``.
    public static let standardWet = RegionField.Shape(
        shortHours: 1.7, smoothingHours: 0.8, longHours: 60, longShare: 0.78)
    /// The time constant of the intensity that meets them.
    public static let standardHeavyHours = 3.0
    private static let standardCorrelationKilometres = 400.0
    /// The largest intensity, mm/h.
    static let intensityMax = 60.0
    /// How the temperature moves: over days, as air masses do.
    private static let temperatureShape = RegionField.Shape(shortHours: 6, longHours: 60, longShare: 0.9)

    /// What a scenario can say.
    static let parameters: [ParameterDeclaration] =
        [
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
        ] + WindModel.parameters

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
        wind = try WindModel(parameters)
    }

    /// Twelve values: those of the list, else twelve times the one, which is `standard` where it need not be given.
    static func byMonth(
        _ name: String, _ parameters: MemberParameters, standard: Double? = nil
    ) throws(InputError) -> [Double] {
        let listed = try parameters.numbers(name + "_by_month")
        if listed.isEmpty {
            if let standard {
                return [Double](repeating: try parameters.optionalNumber(name) ?? standard, count: 12)
            }
            return [Double](repeating: try parameters.number(name), count: 12)
        }
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
        wind = WindModel()
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
        let fields = fields(regions: regions, factor: factor, hours: clock.months.count, draws: draws)
        return series(of: fields, regionCount: regions.count, clock: clock)
    }

    /// What chance gives: everything that is drawn, before shares and means turn it into weather.
    public struct Fields: Sendable {
        /// What is wet where it is high, region x hour.
        let wetness: [Double]
        /// How hard it rains.
        let intensity: [Double]
        /// How warm it is.
        let warmth: [Double]
        /// How hard it blows; empty where no wind is drawn.
        let wind: [Double]
    }

    /// The fields of some regions over so many hours: they depend on the constants of time alone, so that shares can be
    /// sought without drawing again.
    public func fields(regions: [String], factor: [Double], hours: Int, draws: Draws) -> Fields {
        func field(_ shape: RegionField.Shape, _ purpose: DrawPurpose) -> [Double] {
            RegionField(shape: shape, factor: factor, regions: regions)
                .values(hours: hours, purpose: purpose, draws: draws)
        }
        return Fields(
            wetness: field(wet, .weatherWet),
            intensity: field(
                RegionField.Shape(
                    shortHours: heavyHours, smoothingHours: wet.smoothingHours, longHours: heavyHours, longShare: 0),
                .weatherIntensity),
            warmth: field(Self.temperatureShape, .weatherTemperature),
            wind: wind.isCalm ? [] : field(wind.shape, .weatherWind))
    }

    /// The weather that fields come to under these shares and means.
    public func series(of fields: Fields, regionCount: Int, clock: HourClock) -> WeatherSeries {
        let hours = clock.months.count
        let wetness = fields.wetness
        precondition(wetness.count == regionCount * hours, "fields of these regions and hours")
        let thresholds = wetShares.map {
            $0 <= 0 ? .infinity : $0 >= 1 ? -.infinity : DeterministicMath.normalQuantile(1 - $0)
        }
        var series = WeatherSeries(regionCount: regionCount, hourCount: hours)
        wind.blow(fields.wind, clock: clock, into: &series)
        for cell in wetness.indices {
            let hour = cell % hours
            let month = clock.months[hour]
            guard wetness[cell] > thresholds[month] else { continue }
            let amount = millimetres(
                probability: DeterministicMath.normalCumulative(fields.intensity[cell]), heavyShare: heavyShares[month])
            let day = dailyAmplitude * DeterministicMath.cosine(2 * Double.pi * (clock.hoursOfDay[hour] - 15) / 24)
            let isSnow = celsius[month] + day + celsiusSpread * fields.warmth[cell] <= snowBelow
            series.intensities[cell] = amount
            series.classes[cell] = isSnow ? .snow : amount >= 2.5 ? .heavyRain : .rain
            series.stormLevels[cell] = max(series.stormLevels[cell], Self.stormLevel(millimetres: amount))
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
