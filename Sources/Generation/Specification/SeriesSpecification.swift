import Documents
import Domain
import History

/// A random field over the regions and hours: how far and how long it holds together.
struct FieldSpecification: Sendable {
    /// Kilometres over which correlation falls to `exp(-1/2)`.
    var lengthKilometres: Double
    /// Hours over which correlation falls to `exp(-1/2)`.
    var hours: Double

    /// Reads `length_km` and `hours` of a mapping.
    init(_ values: SpecificationMapping?, lengthKilometres: Double, hours: Double) throws(InputError) {
        self.lengthKilometres =
            try values?.number("length_km", in: 0.1...1e5, default: lengthKilometres) ?? lengthKilometres
        self.hours = try values?.number("field_hours", in: 0.1...1e4, default: hours) ?? hours
    }
}

/// Something that builds up, lasts and fades: 0 before `from`, 1 after the ramp, falling again over the last ramp.
struct RampSpecification: Sendable {
    /// First second, from the dataset's start.
    var from: Double
    /// End, exclusive.
    var to: Double
    /// Seconds of the rise and of the fall.
    var rampSeconds: Double

    /// Reads `from`, `to` and `ramp_hours` of a mapping.
    init(_ values: SpecificationMapping, clock: HorizonClock) throws(InputError) {
        (from, to) = try values.span(clock)
        rampSeconds = try values.number("ramp_hours", in: 0...1000, default: 0) * 3600
    }

    /// The height at an instant, 0 to 1.
    func height(at time: Double) -> Double {
        guard time >= from, time < to else { return 0 }
        guard rampSeconds > 0 else { return 1 }
        return min(1, (time - from) / rampSeconds, (to - time) / rampSeconds)
    }
}

/// The recorded weather: `weather`.
struct WeatherSpecification: Sendable {
    /// A storm on top. An entry of `storms`.
    struct Storm: Sendable {
        /// Indices of its regions; empty = all.
        var regions: [Int]
        /// When.
        var ramp: RampSpecification
        /// Storm level at its height, 0 to 5.
        var level: Double
        /// Class of the hours in which the level reaches 1.
        var weatherClass: WeatherClass
        /// Intensity at its height, mm/h.
        var intensity: Double
    }
    /// Share of hours that are wet.
    var wetShare: Double
    /// Share of wet hours that are heavy.
    var heavyShare: Double
    /// Where and how long it is wet.
    var field: FieldSpecification
    /// Mean temperature at ``referenceLatitude``, degrees Celsius.
    var meanCelsius: Double
    /// Change of the mean a degree of latitude to the north.
    var celsiusPerDegree: Double
    /// The latitude of the mean.
    var referenceLatitude: Double
    /// Half the difference between afternoon and night.
    var dailyAmplitude: Double
    /// Standard deviation of the temperature field.
    var temperatureSpread: Double
    /// A wet hour is snow at and below this temperature.
    var snowBelowCelsius: Double
    /// Storms.
    var storms: [Storm]

    /// Reads `weather`; nil where the key is not there.
    static func read(
        _ root: SpecificationMapping, regions: [String], clock: HorizonClock
    ) throws(InputError) -> WeatherSpecification? {
        guard let value = root.optional("weather") else { return nil }
        return try WeatherSpecification(value, regions: regions, clock: clock)
    }

    private init(_ value: DocumentValue, regions: [String], clock: HorizonClock) throws(InputError) {
        let values = try value.mapping(
            keys: ["wet_share", "heavy_share", "length_km", "field_hours", "temperature", "storms"])
        wetShare = try values.number("wet_share", in: 0...1)
        heavyShare = try values.number("heavy_share", in: 0...1, default: 0.1)
        field = try FieldSpecification(values, lengthKilometres: 120, hours: 4)
        let temperature = try values.optional("temperature")?.mapping(
            keys: [
                "mean_celsius", "celsius_per_degree", "reference_latitude", "daily_amplitude", "spread",
                "snow_below_celsius",
            ])
        meanCelsius = try temperature?.number("mean_celsius", in: -60...60, default: 15) ?? 15
        celsiusPerDegree = try temperature?.number("celsius_per_degree", in: -10...10, default: 0) ?? 0
        referenceLatitude = try temperature?.number("reference_latitude", in: -85...85, default: 0) ?? 0
        dailyAmplitude = try temperature?.number("daily_amplitude", in: 0...50, default: 4) ?? 4
        temperatureSpread = try temperature?.number("spread", in: 0...50, default: 2) ?? 2
        snowBelowCelsius = try temperature?.number("snow_below_celsius", in: -60...60, default: 0.5) ?? 0.5
        storms = []
        for entry in try values.list("storms") {
            let storm = try entry.mapping(
                keys: ["regions", "from", "to", "ramp_hours", "level", "class", "intensity"])
            let word = try storm.optional("class")?
                .word("weather class", among: WeatherClass.allCases.map(\.word))
            storms.append(
                Storm(
                    regions: try storm.regionIndices(regions), ramp: try RampSpecification(storm, clock: clock),
                    level: try storm.number("level", in: 0...5),
                    weatherClass: WeatherClass.allCases.first { $0.word == word } ?? .ice,
                    intensity: try storm.number("intensity", in: 0...500, default: 2)))
        }
    }
}

/// The recorded congestion: `traffic`.
struct TrafficSpecification: Sendable {
    /// Congestion of the 24 local hours, Monday to Friday.
    var weekdayHours: [Double]
    /// Congestion of the 24 local hours, Saturday and Sunday.
    var weekendHours: [Double]
    /// Standard deviation of the logarithm around the profile.
    var spread: Double
    /// Where and how long the deviation holds together.
    var field: FieldSpecification

    /// Reads `traffic`; nil where the key is not there.
    static func read(_ root: SpecificationMapping) throws(InputError) -> TrafficSpecification? {
        guard let value = root.optional("traffic") else { return nil }
        return try TrafficSpecification(value)
    }

    private init(_ value: DocumentValue) throws(InputError) {
        let values = try value.mapping(keys: ["hours", "weekend_hours", "spread", "length_km", "field_hours"])
        weekdayHours = try values.required("hours").numbers(in: 0.01...100, count: 24)
        weekendHours = try values.optional("weekend_hours")?.numbers(in: 0.01...100, count: 24) ?? weekdayHours
        spread = try values.number("spread", in: 0...3, default: 0)
        field = try FieldSpecification(values, lengthKilometres: 60, hours: 2)
    }
}

/// A recorded signal. An entry of `signals`.
struct SignalSpecification: Sendable {
    /// A stretch in which the signal is higher. An entry of `events`.
    struct Event: Sendable {
        /// Indices of its regions; empty = all.
        var regions: [Int]
        /// When.
        var ramp: RampSpecification
        /// What is added at its height.
        var add: Double
    }
    /// Column name.
    var name: String
    /// Value without events and noise.
    var base: Double
    /// Standard deviation of the noise.
    var spread: Double
    /// Where and how long the noise holds together.
    var field: FieldSpecification
    /// Events.
    var events: [Event]

    /// Reads `signals`.
    static func read(
        _ root: SpecificationMapping, regions: [String], clock: HorizonClock
    ) throws(InputError) -> [SignalSpecification] {
        var signals: [SignalSpecification] = []
        for entry in try root.optional("signals")?.keysAndValues() ?? [] {
            let name = try entry.identifier(notIn: ["region", "at"])
            let values = try entry.value.mapping(keys: ["base", "spread", "length_km", "field_hours", "events"])
            var events: [Event] = []
            for entry in try values.list("events") {
                let event = try entry.mapping(keys: ["regions", "from", "to", "ramp_hours", "add"])
                events.append(
                    Event(
                        regions: try event.regionIndices(regions), ramp: try RampSpecification(event, clock: clock),
                        add: try event.number("add", in: -1e12...1e12)))
            }
            signals.append(
                SignalSpecification(
                    name: name, base: try values.number("base", in: -1e12...1e12, default: 0),
                    spread: try values.number("spread", in: 0...1e12, default: 0),
                    field: try FieldSpecification(values, lengthKilometres: 200, hours: 12), events: events))
        }
        return signals
    }
}

extension SpecificationMapping {
    /// The indices that `regions` names, rising; empty where the key is not there.
    fileprivate func regionIndices(_ regions: [String]) throws(InputError) -> [Int] {
        guard let value = optional("regions") else { return [] }
        let words = try value.words("region", among: regions)
        return regions.indices.filter { words.contains(regions[$0]) }
    }
}
