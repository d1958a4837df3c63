import DeterministicMath
import Domain
import Sampling

/// A zone of the network: where, in which city, how many people.
struct PlacedZone: Sendable {
    /// Id: the city's, a dash, a number from 1.
    var id: String
    /// Entity of its draws.
    var entity: UInt64
    /// Name for people.
    var name: String
    /// Index of the city.
    var city: Int
    /// Where it is, to 1/10,000 of a degree (about 10 m).
    var place: Place
    /// Inhabitants in millions.
    var populationMillions: Double
    /// Tags.
    var tags: [String]
}

/// Zones around the centre of a city.
///
/// Zone k = 0, 1, 2 ... lies `spacing x sqrt(k)` from the centre at the angle `phase + k x golden angle`: the spiral of
/// sunflower seeds (Vogel 1979, doi:10.1016/0025-5564(79)90080-4), in which every seed stands for the same area, so
/// that a further zone moves none of the others. The phase is the city's own; each zone is then moved by up to a fifth
/// of the spacing. Population density falls with distance r from the centre as `exp(-r / density_km)` (Clark 1951,
/// doi:10.2307/2981088); the city's population is shared out in proportion.
enum ZonePlacement {
    /// Kilometres of a degree of latitude on the sphere of ``Place/distanceKilometres(to:in:)``.
    static let kilometresPerDegree = earthRadiusKilometres * Double.pi / 180

    /// The radius of that sphere.
    static let earthRadiusKilometres = 6_371.0088

    /// The golden angle, `pi (3 - sqrt 5)`, in radians.
    static let goldenAngle = Double.pi * (3 - 5.0.squareRoot())

    /// Most that a zone is moved, in spacings.
    static let jitter = 0.2

    /// The zones of all cities, city by city.
    static func zones(of cities: [CitySpecification], draws: Draws) -> [PlacedZone] {
        cities.indices.flatMap { zones(of: cities[$0], index: $0, draws: draws) }
    }

    /// The zones of one city.
    private static func zones(of city: CitySpecification, index: Int, draws: Draws) -> [PlacedZone] {
        let phase = 2 * Double.pi * draws.uniform(.generation, entity: Entity.city(city.id))
        var zones: [PlacedZone] = []
        var density = 0.0
        for k in 0..<city.zoneCount {
            let id = "\(city.id)-\(k + 1)"
            let radius = city.spacingKilometres * Double(k).squareRoot()
            let angle = phase + Double(k) * goldenAngle
            let entity = Entity.zone(id)
            let (moveEast, moveNorth) = draws.uniformPair(.generation, entity: entity)
            let reach = 2 * jitter * city.spacingKilometres
            let east = radius * DeterministicMath.cosine(angle) + reach * (moveEast - 0.5)
            let north = radius * DeterministicMath.sine(angle) + reach * (moveNorth - 0.5)
            let weight = DeterministicMath.exp(-radius / city.densityKilometres)
            density += weight
            zones.append(
                PlacedZone(
                    id: id, entity: entity, name: "\(city.name) \(k + 1)", city: index,
                    place: city.centre.moved(eastKilometres: east, northKilometres: north),
                    populationMillions: weight,
                    tags: city.tags + (radius <= city.coreKilometres ? city.coreTags : [])))
        }
        for k in zones.indices { zones[k].populationMillions *= city.populationMillions / density }
        return zones
    }
}

extension Place {
    /// A geographic place some kilometres away, on the local tangent plane, rounded to 1/10,000 of a degree.
    func moved(eastKilometres: Double, northKilometres: Double) -> Place {
        let perDegreeEast = ZonePlacement.kilometresPerDegree * DeterministicMath.cosine(y * Double.pi / 180)
        return Place(
            x: rounded(x + eastKilometres / perDegreeEast, decimals: 4),
            y: rounded(y + northKilometres / ZonePlacement.kilometresPerDegree, decimals: 4))
    }
}

/// A number to so many decimals, ties away from zero.
func rounded(_ value: Double, decimals: Int) -> Double {
    let factors = [1.0, 10, 100, 1000, 10_000]
    return (value * factors[decimals]).rounded() / factors[decimals]
}
