import DeterministicMath
import Domain

/// Longitude and latitude as kilometres in a plane: the equidistant cylindrical projection about one parallel.
///
/// x = R cos(parallel) (longitude - meridian), y = R (latitude - 0), angles in radians, R = 6,371.0088 km (Snyder 1987,
/// "Map projections: a working manual", equation 12-1). Exact along the parallel and along meridians; good for grouping
/// places of one country, not for distances between far parallels.
public struct PlaneProjection: Sendable, Hashable {
    /// Kilometres a degree of longitude.
    private let kilometresPerDegreeEast: Double
    /// Kilometres a degree of latitude: pi R / 180.
    private static let kilometresPerDegreeNorth = 6_371.0088 * .pi / 180

    /// A projection about a parallel, in degrees.
    public init(parallel: Double) {
        let cosine = DeterministicMath.cosine(parallel * .pi / 180)
        kilometresPerDegreeEast = PlaneProjection.kilometresPerDegreeNorth * cosine
    }

    /// Degrees to kilometres.
    public func project(_ place: Place) -> Place {
        Place(x: place.x * kilometresPerDegreeEast, y: place.y * PlaneProjection.kilometresPerDegreeNorth)
    }

    /// Kilometres to degrees.
    public func unproject(_ place: Place) -> Place {
        Place(x: place.x / kilometresPerDegreeEast, y: place.y / PlaneProjection.kilometresPerDegreeNorth)
    }
}
