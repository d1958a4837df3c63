/// What noise some shipments met, by order and ordinal: how many times its mean a service or transit time took.
///
/// Another tool's draws, or those of a world written down. What is not recorded is drawn as in any world.
public struct RecordedNoise: Sendable {
    /// A shipment: the stable hash of its order and copy, and its ordinal.
    private struct Shipment: Hashable {
        let entity: UInt64
        let ordinal: Int
    }
    /// Where a shipment's factors stand. Only ever looked up by key, so that its own order reaches no result.
    private var positions: [Shipment: Int] = [:]
    /// Factors of service times; NaN where none is recorded.
    private var serviceFactors: [Double] = []
    /// Factors of transit times; NaN where none is recorded.
    private var transitFactors: [Double] = []

    /// Nothing recorded.
    public init() {}

    /// Number of shipments with a factor.
    public var count: Int { serviceFactors.count }

    /// Records the factors of a shipment, each >= 0, nil where it is to be drawn; false if the shipment is there already.
    public mutating func add(entity: UInt64, shipment: Int, service: Double?, transit: Double?) -> Bool {
        let key = Shipment(entity: entity, ordinal: shipment)
        guard positions[key] == nil else { return false }
        positions[key] = serviceFactors.count
        serviceFactors.append(service ?? .nan)
        transitFactors.append(transit ?? .nan)
        return true
    }

    /// The factor of a shipment's service time, nil if none is recorded.
    public func serviceFactor(entity: UInt64, shipment: Int) -> Double? {
        factor(of: Shipment(entity: entity, ordinal: shipment), in: serviceFactors)
    }

    /// The factor of a shipment's transit time, nil if none is recorded.
    public func transitFactor(entity: UInt64, shipment: Int) -> Double? {
        factor(of: Shipment(entity: entity, ordinal: shipment), in: transitFactors)
    }

    private func factor(of shipment: Shipment, in factors: [Double]) -> Double? {
        guard let position = positions[shipment], !factors[position].isNaN else { return nil }
        return factors[position]
    }
}
