/// What a column of a series measures. Values are kept in the unit named here, whatever the file's.
public enum SeriesQuantity: String, Sendable, Hashable, CaseIterable {
    /// Rain and melted snow of the hour or day, mm.
    case precipitation
    /// Temperature of the air, degrees Celsius: of the hour, or the mean of the day.
    case temperature
    /// The day's highest temperature, degrees Celsius.
    case highest
    /// The day's lowest temperature, degrees Celsius.
    case lowest
    /// Sustained wind, m/s.
    case wind
    /// How far one can see, km.
    case visibility
    /// How long a road takes, in any unit: what counts is the ratio to free flow.
    case travelTime = "travel_time"
    /// How late something left or came, minutes; below 0 where early.
    case delay
    /// How long it was under way, minutes.
    case underWay = "under_way"

    /// Names its column usually goes by, in lower case, the likeliest first.
    var columns: [String] {
        switch self {
        case .precipitation: ["precipitation", "precip", "rain", "rain_1h", "precipitation_mm", "prcp"]
        case .temperature: ["temperature", "temp", "temperature_2m", "avg_temp", "tavg"]
        case .highest: ["temp_max", "high_temp", "temperature_2m_max", "tmax"]
        case .lowest: ["temp_min", "low_temp", "temperature_2m_min", "tmin"]
        case .wind: ["wind_speed", "wind", "wind_speed_10m", "wspm", "avg_wind", "awnd"]
        case .visibility: ["visibility", "visib", "avg_vis"]
        case .travelTime:
            ["travel_time", "travel_time_seconds", "congestion", "traffic_volume", "total", "speed"]
        case .delay: ["delay", "delay_minutes", "dep_delay", "departure_delay"]
        case .underWay: ["under_way", "minutes_under_way", "transit_minutes", "air_time"]
        }
    }

    /// What can be measured at all; outside is a mark of a missing value, or a fault.
    ///
    /// Records: 305 mm in an hour (Holt, Missouri, 1947) and 1,825 mm in a day (Foc-Foc, 1966), -89.2 and 56.7 degrees,
    /// 113 m/s (Barrow Island, 1996).
    func isPossible(_ value: Double, step: PlaceRecord.Step) -> Bool {
        switch self {
        case .precipitation: value >= 0 && value <= (step == .hour ? 500 : 2_000)
        case .temperature, .highest, .lowest: value >= -95 && value <= 60
        case .wind: value >= 0 && value <= 115
        case .visibility, .underWay: value >= 0
        case .travelTime: value > 0
        case .delay: true
        }
    }
}

/// The units of a file that does not name them itself.
public enum SeriesUnits: String, Sendable, Hashable, CaseIterable {
    /// mm, degrees Celsius, m/s, km.
    case metric
    /// Inches, degrees Fahrenheit, miles an hour, miles.
    case us
    /// As metric, temperatures in kelvin.
    case kelvin

    /// A value of a file in the unit that values are kept in.
    func kept(_ value: Double, _ quantity: SeriesQuantity) -> Double {
        switch (self, quantity) {
        case (.us, .precipitation): value * 25.4
        case (.us, .temperature), (.us, .highest), (.us, .lowest): (value - 32) / 1.8
        case (.us, .wind): value * 0.447_04
        case (.us, .visibility): value * 1.609_344
        case (.kelvin, .temperature), (.kelvin, .highest), (.kelvin, .lowest): value - 273.15
        default: value
        }
    }
}
