import DeterministicMath
import Domain
import History
import Replay
import Sampling

/// Storms on top of whatever the weather is: each over some regions from one instant to another, with a ramp at both ends.
///
/// In an hour whose middle lies in the storm the level is `level x min(1, time from either end / ramp)`; where that is above
/// the level of the hour, it takes its place, and from level 1 on the storm's class takes the place of the hour's. In a
/// world a storm may stay away (`probability`), come earlier or later (`shift_hours`, at most, uniform) and be harder or
/// milder (`level_spread`, standard deviation, within 0 to 5): purpose `weatherEvent`, entity the storm's name, so that a
/// more likely storm comes in every world in which a less likely one came.
struct WeatherEvents: Perturbation {
    /// One storm.
    struct Storm: Sendable {
        var name: String
        /// Regions by index; empty = all.
        var regions: [Int]
        var from: Double
        var to: Double
        var level: Double
        var weatherClass: WeatherClass
        var rampHours: Double
        var millimetres: Double
        var probability: Double
        var shiftHours: Double
        var levelSpread: Double
    }
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard, parameters: [ParameterDeclaration("list", .list(.record(fields)), summary: "the storms")]
    ) { (parameters, dataset) throws(InputError) -> any Perturbation in
        var storms: [Storm] = []
        for (position, given) in try parameters.records("list", declared: fields, dataset: dataset).enumerated() {
            let storm = try storm(given, position: position)
            guard !storms.contains(where: { $0.name == storm.name }) else {
                throw InputError(
                    at: given.location(of: "name"), found: "two storms named '\(storm.name)'",
                    expected: "a name of its own for each")
            }
            storms.append(storm)
        }
        return WeatherEvents(storms: storms, key: parameters.key)
    }
    private static let fields = [
        ParameterDeclaration("name", .text, isOptional: true, summary: "what it is called; else its place in the list"),
        ParameterDeclaration(
            "regions", .list(.reference(.region)), isOptional: true, summary: "where; all if not said"),
        .beginning, .end,
        ParameterDeclaration("level", .number(.from(0, to: 5)), summary: "storm level at its height"),
        ParameterDeclaration(
            "class", .word(WeatherClass.allCases.map(\.word)), default: "ice",
            summary: "class of weather from level 1 on"),
        ParameterDeclaration(
            "ramp_hours", .number(.nonNegative), unit: "h", default: 2, summary: "hours from nothing to full height"),
        ParameterDeclaration(
            "millimetres", .number(.nonNegative), unit: "mm/h", default: 2, summary: "intensity at its height"),
        ParameterDeclaration("probability", .number(.share), default: 1, summary: "share of worlds it comes in"),
        ParameterDeclaration(
            "shift_hours", .number(.nonNegative), unit: "h", default: 0,
            summary: "comes that much earlier or later at most"),
        ParameterDeclaration(
            "level_spread", .number(.nonNegative), default: 0, summary: "standard deviation of its level"),
    ]
    private static let standard = PerturbationDeclaration(
        name: "weather_events", summary: "Storms over stated regions and hours, on top of the weather", group: .weather,
        replacesRecorded: false)

    /// The storms.
    let storms: [Storm]
    /// Its parameters as text.
    let key: String
    var declaration: PerturbationDeclaration { Self.standard }

    private static func storm(_ given: MemberParameters, position: Int) throws(InputError) -> Storm {
        let span = try given.interval(of: "a storm")
        let word = try given.text("class")
        return Storm(
            name: try given.optionalText("name") ?? "storm \(position + 1)", regions: given.indices("regions") ?? [],
            from: span.from, to: span.to, level: try given.number("level"),
            weatherClass: WeatherClass.allCases.first { $0.word == word } ?? .ice,
            rampHours: try given.number("ramp_hours"), millimetres: try given.number("millimetres"),
            probability: try given.number("probability"), shiftHours: try given.number("shift_hours"),
            levelSpread: try given.number("level_spread"))
    }

    func key(in dataset: Dataset) -> String? { storms.isEmpty ? nil : declaration.name + key }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        let regionCount = dataset.regions.count
        for storm in storms {
            guard let storm = met(storm, in: world) else { continue }
            let last = min(storm.to, settings.end)
            world.weather = world.weather.reaching(
                hours: max(0, Int((last / 3_600).rounded(.up))), regionCount: regionCount)
            let first = max(0, Int((storm.from / 3_600).rounded(.down)))
            for hour in first..<max(first, min(world.weather.hourCount, Int((last / 3_600).rounded(.up)))) {
                let height = height(of: storm, at: 3_600 * Double(hour) + 1_800)
                guard height > 0 else { continue }
                for region in dataset.regions.indices
                where storm.regions.isEmpty || storm.regions.contains(region) {
                    lay(storm, height: height, over: region * world.weather.hourCount + hour, of: &world.weather)
                }
            }
        }
    }

    /// A storm as it comes in a world; nil where it stays away.
    private func met(_ storm: Storm, in world: World) -> Storm? {
        let entity = StableHash.of(storm.name)
        guard world.draws.uniform(.weatherEvent, entity: entity, draw: 0) < storm.probability else { return nil }
        var met = storm
        let shift = 3_600 * storm.shiftHours * (2 * world.draws.uniform(.weatherEvent, entity: entity, draw: 1) - 1)
        met.from += shift
        met.to += shift
        if storm.levelSpread > 0 {
            let normal = DeterministicMath.normalQuantile(world.draws.uniform(.weatherEvent, entity: entity, draw: 2))
            met.level = min(5, max(0, storm.level + storm.levelSpread * normal))
        }
        return met
    }

    /// Height of a storm at an instant, 0 to 1.
    private func height(of storm: Storm, at time: Double) -> Double {
        let toEnd = min(time - storm.from, storm.to - time)
        if toEnd <= 0 { return 0 }
        return storm.rampHours > 0 ? min(1, toEnd / (3_600 * storm.rampHours)) : 1
    }

    private func lay(_ storm: Storm, height: Double, over cell: Int, of weather: inout WeatherSeries) {
        let level = storm.level * height
        guard level > weather.stormLevels[cell] else { return }
        weather.stormLevels[cell] = level
        weather.intensities[cell] = max(weather.intensities[cell], storm.millimetres * height)
        if level >= 1 { weather.classes[cell] = storm.weatherClass }
    }
}
