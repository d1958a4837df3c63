import Domain

/// A city: where people live, and how its zones lie around its centre. An entry of `cities`.
struct CitySpecification: Sendable {
    /// Id; zones are called `id-1`, `id-2` ...
    var id: String
    /// Name for people.
    var name: String
    /// The centre: longitude and latitude in degrees.
    var centre: Place
    /// The region whose weather and traffic its zones meet.
    var region: String
    /// Inhabitants in millions.
    var populationMillions: Double
    /// Pull of the city as a market, relative to 1.
    var attractiveness: Double
    /// Number of zones.
    var zoneCount: Int
    /// Kilometres between neighbouring zones.
    var spacingKilometres: Double
    /// Kilometres over which population density falls by the factor e.
    var densityKilometres: Double
    /// Tags of every zone.
    var tags: [String]
    /// Tags of the zones no farther from the centre than ``coreKilometres``.
    var coreTags: [String]
    /// Radius of the core.
    var coreKilometres: Double

    /// The keys of `zones`, which a city may state for itself too.
    static let zoneKeys = ["spacing_km", "density_km", "tags", "core_tags", "core_km"]

    /// Reads `cities`, with `zones` as defaults.
    static func read(_ root: SpecificationMapping) throws(InputError) -> [CitySpecification] {
        let defaults = try root.optional("zones")?.mapping(keys: zoneKeys)
        var cities: [CitySpecification] = []
        try root.each(root.required("cities").list()) { entry throws(InputError) in
            let own = try entry.mapping(
                keys: ["id", "name", "lon", "lat", "region", "population_millions", "attractiveness", "zones"]
                    + zoneKeys)
            let id = try own.required("id").identifier(notIn: cities.map(\.id))
            cities.append(try CitySpecification(id: id, own: own, values: own.layered(over: defaults)))
        }
        guard !cities.isEmpty else { throw try root.required("cities").error(expected: "at least one city") }
        return cities
    }

    private init(id: String, own: SpecificationMapping, values: SpecificationMapping) throws(InputError) {
        self.id = id
        name = try own.text("name", default: id)
        centre = Place(x: try own.number("lon", in: -180...180), y: try own.number("lat", in: -85...85))
        region = try own.required("region").identifier()
        populationMillions = try own.number("population_millions", in: 0...1e3)
        attractiveness = try own.number("attractiveness", in: 0...1e6, default: 1)
        zoneCount = try own.integer("zones", in: 1...10_000, default: 1)
        spacingKilometres = try values.number("spacing_km", in: 0.001...1e3, default: 6)
        densityKilometres = try values.number("density_km", in: 0.001...1e4, default: 12)
        tags = try values.tags("tags")
        coreTags = try values.tags("core_tags")
        coreKilometres = try values.number("core_km", in: 0...1e4, default: 15)
    }
}
