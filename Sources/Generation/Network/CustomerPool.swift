import Sampling

/// The customers: so many for each million inhabitants of a zone, each of a segment and with preferences.
///
/// Customer k of a zone is called `ZONE-ck`; everything about it is keyed by that id, so that another city or a larger
/// zone leaves it as it is.
struct CustomerPool: Sendable {
    /// Most preferences of a segment.
    static let preferencesMax = 64

    /// First customer of each zone, and the number of customers at the end.
    let offsets: [Int]
    /// Index of each customer's segment.
    let segments: [Int32]
    /// Shares of the segments; nil where there are none.
    private let shares: CumulativeWeights?
    /// The preferences of each customer: bit i = the segment's preference i.
    let preferences: [UInt64]

    /// The customers of the zones; none where the spec names no segments.
    init(zones: [PlacedZone], customers: CustomerSpecification, draws: Draws) {
        var offsets = [0]
        var segments: [Int32] = []
        var preferences: [UInt64] = []
        let hasSegments = customers.segments.contains { $0.share > 0 }
        let shares = hasSegments ? CumulativeWeights(customers.segments.map(\.share)) : nil
        self.shares = shares
        if let shares {
            for zone in zones {
                let count = Int((customers.perMillion * zone.populationMillions).rounded())
                for k in 0..<count {
                    let entity = Entity.customer(Self.id(zone: zone.id, number: k))
                    let segment = shares.index(uniform: draws.uniform(.generation, entity: entity))
                    var bits: UInt64 = 0
                    for (index, preference) in customers.segments[segment].preferences.enumerated()
                    where draws.uniform(.generation, entity: entity, draw: 1 + index) < preference.value {
                        bits |= 1 << UInt64(index)
                    }
                    segments.append(Int32(segment))
                    preferences.append(bits)
                }
                offsets.append(segments.count)
            }
        } else {
            offsets += zones.map { _ in 0 }
        }
        self.offsets = offsets
        self.segments = segments
        self.preferences = preferences
    }

    /// The id of a zone's customer.
    static func id(zone: String, number: Int) -> String { "\(zone)-c\(number + 1)" }

    /// Number of customers.
    var count: Int { segments.count }
}

extension CustomerPool {
    /// The segment of an order without a customer, at a uniform number; -1 where there are none.
    func segment(uniform: Double) -> Int { shares?.index(uniform: uniform) ?? -1 }

    /// A zone's customer at a uniform number; -1 where the zone has none.
    func customer(zone: Int, uniform: Double) -> Int {
        let size = offsets[zone + 1] - offsets[zone]
        return size == 0 ? -1 : offsets[zone] + min(size - 1, Int(uniform * Double(size)))
    }
}
