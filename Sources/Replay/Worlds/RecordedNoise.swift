import Sampling

/// What noise some shipments met, by order and ordinal: how many times its mean a service or transit time took, or the
/// uniform number that this is the quantile at.
///
/// Another tool's draws, or those of a world written down. What is not recorded is drawn as in any world.
public struct RecordedNoise: Sendable {
    /// What is recorded of one shipment; NaN where nothing is, so that two without any are not equal.
    public struct Shipment: Sendable {
        /// How many times its mean the service time took.
        public var serviceFactor = Double.nan
        /// How many times its mean the transit time took.
        public var transitFactor = Double.nan
        /// The draw, in (0, 1), that the service time's factor is the quantile at; counts where there is no factor.
        public var serviceUniform = Double.nan
        /// The draw of the transit time's factor.
        public var transitUniform = Double.nan
        /// The draw that the order's unit exponential of cancellation comes of, with ordinal 0.
        public var cancellationUniform = Double.nan

        /// Nothing recorded.
        public init() {}

        /// Whether nothing is recorded.
        public var isEmpty: Bool {
            serviceFactor.isNaN && transitFactor.isNaN && serviceUniform.isNaN && transitUniform.isNaN
                && cancellationUniform.isNaN
        }
    }
    /// A shipment: the stable hash of its order and copy, and its ordinal.
    private struct Key: Hashable {
        let entity: UInt64
        let ordinal: Int
    }
    /// Where a shipment stands. Only ever looked up by key, so that its own order reaches no result.
    private var positions: [Key: Int] = [:]
    private var shipments: [Shipment] = []
    /// The largest ordinal of a shipment that is recorded; -1 if none is.
    public private(set) var largestOrdinal = -1

    /// Nothing recorded.
    public init() {}

    /// Number of shipments that are recorded.
    public var count: Int { shipments.count }

    /// Records a shipment, its factors >= 0; false if it is there already.
    public mutating func add(_ shipment: Shipment, entity: UInt64, ordinal: Int) -> Bool {
        let key = Key(entity: entity, ordinal: ordinal)
        guard positions[key] == nil else { return false }
        positions[key] = shipments.count
        shipments.append(shipment)
        largestOrdinal = max(largestOrdinal, ordinal)
        return true
    }

    /// What is recorded of a shipment; empty if nothing is.
    public func shipment(entity: UInt64, ordinal: Int) -> Shipment {
        positions[Key(entity: entity, ordinal: ordinal)].map { shipments[$0] } ?? Shipment()
    }

    /// The factor of a shipment's service time, nil if none is recorded.
    public func serviceFactor(_ distribution: UnitDistribution, entity: UInt64, shipment ordinal: Int) -> Double? {
        let shipment = shipment(entity: entity, ordinal: ordinal)
        return Self.factor(shipment.serviceFactor, at: shipment.serviceUniform, of: distribution)
    }

    /// The factor of a shipment's transit time, nil if none is recorded.
    public func transitFactor(_ distribution: UnitDistribution, entity: UInt64, shipment ordinal: Int) -> Double? {
        let shipment = shipment(entity: entity, ordinal: ordinal)
        return Self.factor(shipment.transitFactor, at: shipment.transitUniform, of: distribution)
    }

    /// The draw of an order's cancellation, nil if none is recorded.
    public func cancellationUniform(entity: UInt64) -> Double? {
        let uniform = shipment(entity: entity, ordinal: 0).cancellationUniform
        return uniform.isNaN ? nil : uniform
    }

    private static func factor(_ factor: Double, at uniform: Double, of distribution: UnitDistribution) -> Double? {
        if !factor.isNaN { return factor }
        return uniform.isNaN ? nil : distribution.value(uniform: uniform)
    }
}
