import Domain

/// All lanes, grouped by zone: the lanes of zone z are rows `offsets[z] ..< offsets[z + 1]`.
///
/// Within a zone lanes are sorted by node, then service, so that the lowest row wins a tie.
public struct LaneTable: Sendable {
    /// First row of each zone, and the row count at the end.
    public var offsets: [Int]
    /// Node index of each lane.
    public var nodes: [Int32]
    /// Service index of each lane.
    public var services: [Int32]
    /// Kilometres.
    public var kilometres: [Double]
    /// Base transit hours, before noise, weather and traffic.
    public var baseHours: [Double]
    /// Index into ``Dataset/tariffs``.
    public var tariffs: [Int32]

    /// A table from its columns.
    public init(
        offsets: [Int], nodes: [Int32], services: [Int32], kilometres: [Double], baseHours: [Double],
        tariffs: [Int32]
    ) {
        self.offsets = offsets
        self.nodes = nodes
        self.services = services
        self.kilometres = kilometres
        self.baseHours = baseHours
        self.tariffs = tariffs
    }

    /// Number of lanes.
    public var count: Int { nodes.count }

    /// The rows of a zone.
    @inlinable
    public func rows(ofZone zone: Int) -> Range<Int> { offsets[zone]..<offsets[zone + 1] }
}
