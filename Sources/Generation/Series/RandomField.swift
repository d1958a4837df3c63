import DeterministicMath
import Domain
import Sampling

/// A Gaussian random field over the ground and time, whose value anywhere depends on the place and hour alone.
///
/// `z(q, t) = sqrt(2 / M) sum over m of cos(k_m . q + w_m t + p_m)`, q the place as a point of the sphere in kilometres, t in
/// hours: the spectral representation (Shinozuka & Deodatis 1991, doi:10.1115/1.3119501). The three components of k are
/// normal with deviation 1 / L, w is Cauchy with scale 1 / T, p uniform, so z is nearly standard normal with the
/// correlation `exp(-d^2 / (2 L^2)) exp(-|t| / T)`, d the chord between two places: smooth over the ground, rough in time,
/// as spells of rain are. A further region or city leaves the values of all others as they are.
struct RandomField: Sendable {
    /// Number of waves M.
    static let waveCount = 192

    private struct Wave: Sendable {
        var x: Double
        var y: Double
        var z: Double
        /// Radians an hour, in -pi ... pi: hours are whole, so whole turns an hour do not count.
        var frequency: Double
        var phase: Double
    }
    private let waves: [Wave]

    /// A field by its name; draws 0 to 3 M - 1.
    init(name: String, field: FieldSpecification, draws: Draws) {
        let entity = Entity.field(name)
        waves = (0..<Self.waveCount).map { wave in
            let (x, y) = draws.uniformPair(.generation, entity: entity, draw: 3 * wave)
            let (z, phase) = draws.uniformPair(.generation, entity: entity, draw: 3 * wave + 1)
            let angle = Double.pi * (draws.uniform(.generation, entity: entity, draw: 3 * wave + 2) - 0.5)
            let cauchy = DeterministicMath.sine(angle) / DeterministicMath.cosine(angle) / field.hours
            return Wave(
                x: DeterministicMath.normalQuantile(x) / field.lengthKilometres,
                y: DeterministicMath.normalQuantile(y) / field.lengthKilometres,
                z: DeterministicMath.normalQuantile(z) / field.lengthKilometres,
                frequency: cauchy - 2 * Double.pi * (cauchy / (2 * Double.pi)).rounded(),
                phase: 2 * Double.pi * phase)
        }
    }

    /// The field at a geographic place in a whole hour from the start; standard normal over all fields.
    func value(at place: Place, hour: Int) -> Double {
        let radius = ZonePlacement.earthRadiusKilometres
        let longitude = place.x * Double.pi / 180
        let latitude = place.y * Double.pi / 180
        let equatorial = radius * DeterministicMath.cosine(latitude)
        let x = equatorial * DeterministicMath.cosine(longitude)
        let y = equatorial * DeterministicMath.sine(longitude)
        let z = radius * DeterministicMath.sine(latitude)
        var sum = 0.0
        for wave in waves {
            sum += DeterministicMath.cosine(
                wave.x * x + wave.y * y + wave.z * z + wave.frequency * Double(hour) + wave.phase)
        }
        return sum * (2 / Double(Self.waveCount)).squareRoot()
    }
}
