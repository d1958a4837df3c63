import Domain
import History
import Replay

/// What the weather of a world does to transit, pick-and-pack, carriers and cancellation, by ``WeatherEffects``: on wherever there is
/// weather, with the standard table unless said otherwise.
struct WeatherEffectTable: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard,
        parameters: [.enabled("whether weather does anything but show")]
            + WeatherEffects.Quantity.allCases.map(effects)
    ) { (parameters, dataset) throws(InputError) -> any Perturbation in
        var table = WeatherEffects.standard
        for quantity in WeatherEffects.Quantity.allCases {
            let given = try parameters.record(
                quantity.rawValue, declared: fields(of: quantity), dataset: dataset)
            for word in WeatherEffects.words {
                let value = try given.number(word)
                if value != table.value(quantity, word) { table.set(quantity, word, to: value) }
            }
        }
        return WeatherEffectTable(isEnabled: try parameters.flag("enabled"), effects: table)
    }
    private static let standard = PerturbationDeclaration(
        name: "weather_effects", summary: "What weather does to transit, picking, carriers and cancellation",
        group: .weather,
        replacesRecorded: false)

    /// Whether weather does anything.
    var isEnabled = true
    /// What weather does.
    var effects = WeatherEffects.standard
    var declaration: PerturbationDeclaration { Self.standard }

    func key(in dataset: Dataset) -> String? {
        guard isEnabled else { return key([ParameterField("enabled", false)]) }
        let records = WeatherEffects.Quantity.allCases.map { quantity in
            let entries = WeatherEffects.words.map { word in
                ParameterField(word, ParameterValue(.number(effects.value(quantity, word))))
            }
            return ParameterField(quantity.rawValue, ParameterValue(.record(entries)))
        }
        return key([ParameterField("enabled", true)] + records)
    }

    var assumptions: [String] { isEnabled ? effects.assumptions : [] }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) {
        guard isEnabled, world.weather.hourCount > 0 else { return }
        let regions = dataset.regions.count
        let weather = world.weather
        world.slowTransit(
            by: effects.series(.transit, weather: weather, regionCount: regions), regionCount: regions)
        world.serviceMultiplier = world.serviceMultiplier.multiplied(
            by: effects.series(.service, weather: weather, regionCount: regions), regionCount: regions)
        world.cancellationMultiplier = world.cancellationMultiplier.multiplied(
            by: effects.series(.cancellation, weather: weather, regionCount: regions), regionCount: regions)
        let capacity = effects.series(.carrierCapacity, weather: weather, regionCount: regions)
        // Where it leaves capacities alone, no day has to be worked out.
        guard capacity.values.contains(where: { $0 != 1 }) else { return }
        world.capacityByRegion = world.capacityByRegion.multiplied(by: capacity, regionCount: regions)
    }

    /// The parameter that overrides the effects on a quantity.
    private static func effects(_ quantity: WeatherEffects.Quantity) -> ParameterDeclaration {
        ParameterDeclaration(
            quantity.rawValue, .record(fields(of: quantity)), default: ParameterValue(.record([])),
            summary: "\(quantity.rawValue) multipliers that differ from the standard table")
    }

    /// What an entry may be: a transit multiplier of 0 would be an infinite speed, and only capacity shrinks by the level.
    private static func range(of word: String, _ quantity: WeatherEffects.Quantity) -> NumberRange {
        switch quantity {
        case .carrierCapacity: word == "per_storm_level" ? .from(-1, to: 1) : .nonNegative
        case .cancellation: .nonNegative
        case .transit, .service: word == "per_storm_level" ? .nonNegative : .positive
        }
    }

    /// The entries of a quantity, each with its standard value.
    private static func fields(of quantity: WeatherEffects.Quantity) -> [ParameterDeclaration] {
        WeatherEffects.words.map { word in
            let range = range(of: word, quantity)
            return ParameterDeclaration(
                word, .number(range), default: ParameterValue(.number(WeatherEffects.standard.value(quantity, word))),
                summary: word == "per_storm_level"
                    ? "added to 1 for each storm level, and multiplied" : "multiplier in hours of \(word)")
        }
    }
}
