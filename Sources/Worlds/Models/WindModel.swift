import DeterministicMath
import Domain
import History
import Replay

/// Wind of generated weather: the hours that are storms by their wind, and of which level.
///
/// A standard normal field W (time constant `hours`, purpose `weatherWind`, alike in near regions as rain is) stands for
/// the wind. With u = P(W) an hour is of storm level 1 and more where u exceeds 1 - p, p its month's share, and then of
/// level `1 + ln(p / (1 - u)) / ln(1 / r)`, at most 5: of the hours of a level the share r is a level higher. Wind and rain
/// come and go independently (assumed); the storm level of an hour is the higher of both.
///
/// Levels of a wind speed: ``stormLevel(metresPerSecond:)``.
public struct WindModel: Sendable, Hashable {
    /// Share of hours of level 1 and more, by month.
    public var shares: [Double]
    /// Of the hours of a level, the share that is a level higher.
    public var riseShare: Double
    /// Time constant of the wind, hours.
    public var hours: Double

    /// At New York's airports in 2013 it is .005 to .007.
    public static let standardRiseShare = 0.005
    /// At New York's airports in 2013 it is 3.6, 4.6 and 7.0, by how often a storm hour follows another.
    public static let standardHours = 5.0
    /// The highest level there is.
    private static let levelMax = 5.0

    /// What a scenario can say; without a share there is no wind, and nothing is drawn for it.
    static let parameters: [ParameterDeclaration] = [
        ParameterDeclaration(
            "wind_storm_share", .number(.share), isOptional: true,
            summary: "share of hours with wind of storm level 1 and more (10.8 m/s); none: no wind"),
        ParameterDeclaration(
            "wind_storm_share_by_month", .list(.number(.share)), isOptional: true,
            summary: "twelve shares, January first, in the place of wind_storm_share"),
        ParameterDeclaration(
            "wind_rise_share", .number(.share), isOptional: true,
            summary:
                "of the hours of a wind's level, the share a level higher; \(plainNumber(standardRiseShare)) if not said"
        ),
        ParameterDeclaration(
            "wind_hours", .number(.positive), unit: "h", isOptional: true,
            summary: "time constant of the wind; \(plainNumber(standardHours)) if not said"),
    ]

    /// The model that a scenario's parameters state.
    init(_ parameters: MemberParameters) throws(InputError) {
        shares = try WeatherModel.byMonth("wind_storm_share", parameters, standard: 0)
        riseShare = try parameters.optionalNumber("wind_rise_share") ?? Self.standardRiseShare
        hours = try parameters.optionalNumber("wind_hours") ?? Self.standardHours
    }

    /// A model with shares by month, twelve; no wind unless said otherwise.
    public init(
        shares: [Double] = [Double](repeating: 0, count: 12), riseShare: Double = standardRiseShare,
        hours: Double = standardHours
    ) {
        precondition(shares.count == 12, "a share a month")
        self.shares = shares
        self.riseShare = riseShare
        self.hours = hours
    }

    /// Whether no hour is a storm.
    public var isCalm: Bool { shares.allSatisfy { $0 <= 0 } }

    /// How the wind moves.
    public var shape: RegionField.Shape { RegionField.Shape(shortHours: hours, longHours: hours, longShare: 0) }

    /// The storm level of an hour with a month's share, by the wind's standard normal value; 0 below level 1.
    public func stormLevel(share: Double, field: Double) -> Double {
        let above = 1 - DeterministicMath.normalCumulative(field)
        guard share > 0, above < share else { return 0 }
        guard riseShare > 0 else { return 1 }
        guard riseShare < 1 else { return Self.levelMax }
        return min(
            Self.levelMax,
            1 + DeterministicMath.log(share / max(above, 1e-12)) / -DeterministicMath.log(riseShare))
    }

    /// Raises storm levels to those of the wind.
    func blow(_ field: [Double], clock: HourClock, into series: inout WeatherSeries) {
        guard !field.isEmpty else { return }
        for cell in field.indices {
            series.stormLevels[cell] = stormLevel(
                share: shares[clock.months[cell % series.hourCount]], field: field[cell])
        }
    }

    /// The storm level of a sustained wind: 0 below 10.8 m/s; 1, 2, 3 and 4 from Beaufort's forces 6 (10.8 m/s), 8 (17.2),
    /// 10 (24.5) and 12 (32.7) on, where China's weather service warns of gales in blue, yellow, orange and red; linear in
    /// between, at most 5.
    public static func stormLevel(metresPerSecond speed: Double) -> Double {
        let bounds = [10.8, 17.2, 24.5, 32.7, 41.5]
        guard let level = bounds.lastIndex(where: { speed >= $0 }) else { return 0 }
        guard level + 1 < bounds.count else { return levelMax }
        return Double(level + 1) + (speed - bounds[level]) / (bounds[level + 1] - bounds[level])
    }
}
