import Domain
import Sampling

/// A carrier product. Base transit hours = fixedHours + km^distanceExponent / kilometresPerHour.
public struct Service: Sendable {
    /// Id, unique among services.
    public var id: String
    /// The carrier's name, may be blank.
    public var carrier: String
    /// Mode such as van, rail, air; may be blank.
    public var mode: String
    /// Indices of the nodes that offer it, rising.
    public var nodes: [Int]
    /// Index into ``Dataset/tariffs``.
    public var tariff: Int
    /// Index into ``Dataset/tariffs`` read as kg CO2e, nil if none.
    public var emission: Int?
    /// Longest lane in km, nil if unlimited.
    public var maximumKilometres: Double?
    /// Hours that do not depend on distance.
    public var fixedHours: Double
    /// Speed; km^exponent an hour where the exponent is not 1.
    public var kilometresPerHour: Double
    /// Exponent of distance, 1 unless fitted otherwise.
    public var distanceExponent: Double
    /// Unit-mean noise of the transit time.
    public var transitDistribution: UnitDistribution
    /// Hand-over times in minutes after local midnight, rising; empty = collected at any time.
    public var cutOffMinutes: [Int]
    /// Shipments handed over per node and local day, nil if unlimited.
    public var dailyCapacity: Int?
    /// Tags.
    public var tags: TagSet

    /// A service; what is not given has the default of the dataset format.
    public init(
        id: String, carrier: String = "", mode: String = "", nodes: [Int], tariff: Int, emission: Int? = nil,
        maximumKilometres: Double? = nil, fixedHours: Double = 0, kilometresPerHour: Double,
        distanceExponent: Double = 1, transitDistribution: UnitDistribution = .deterministic,
        cutOffMinutes: [Int] = [], dailyCapacity: Int? = nil, tags: TagSet = TagSet()
    ) {
        self.id = id
        self.carrier = carrier
        self.mode = mode
        self.nodes = nodes
        self.tariff = tariff
        self.emission = emission
        self.maximumKilometres = maximumKilometres
        self.fixedHours = fixedHours
        self.kilometresPerHour = kilometresPerHour
        self.distanceExponent = distanceExponent
        self.transitDistribution = transitDistribution
        self.cutOffMinutes = cutOffMinutes
        self.dailyCapacity = dailyCapacity
        self.tags = tags
    }
}
