import Domain
import Sampling

/// A place that can ship. Columns of `nodes`; see the dataset format.
public struct Node: Sendable {
    /// Id, unique among nodes.
    public var id: String
    /// Name for people.
    public var name: String
    /// warehouse, store, dark_store, bonded_warehouse, supplier, front_warehouse, or the user's own.
    public var kind: String
    /// Where it is.
    public var place: Place
    /// Index into ``Dataset/regions``.
    public var region: Int
    /// Node group, blank if none.
    public var group: String
    /// When picks may start.
    public var openingHours: WeeklyHours
    /// Parallel servers.
    public var stations: Int
    /// Mean pick-and-pack seconds of a shipment, before its lines and items.
    public var serviceSecondsPerOrder: Double
    /// Further seconds for each line.
    public var serviceSecondsPerLine: Double
    /// Further seconds for each unit.
    public var serviceSecondsPerItem: Double
    /// Unit-mean noise of the service time.
    public var serviceDistribution: UnitDistribution
    /// Shipments assigned a local day, nil if unlimited.
    public var dailyOrderLimit: Int?
    /// Money for each shipment.
    public var handlingCostPerOrder: Double
    /// Money for each line.
    public var handlingCostPerLine: Double
    /// Money for each unit.
    public var handlingCostPerItem: Double
    /// Money for each hour of realised service time.
    public var labourCostPerHour: Double
    /// Tags.
    public var tags: TagSet

    /// A node; what is not given has the default of the dataset format. A blank name is the id.
    public init(
        id: String, name: String = "", kind: String = "warehouse", place: Place, region: Int, group: String = "",
        openingHours: WeeklyHours = .always, stations: Int = 1, serviceSecondsPerOrder: Double = 0,
        serviceSecondsPerLine: Double = 0, serviceSecondsPerItem: Double = 0,
        serviceDistribution: UnitDistribution = .deterministic, dailyOrderLimit: Int? = nil,
        handlingCostPerOrder: Double = 0, handlingCostPerLine: Double = 0, handlingCostPerItem: Double = 0,
        labourCostPerHour: Double = 0, tags: TagSet = TagSet()
    ) {
        self.id = id
        self.name = name.isEmpty ? id : name
        self.kind = kind
        self.place = place
        self.region = region
        self.group = group
        self.openingHours = openingHours
        self.stations = stations
        self.serviceSecondsPerOrder = serviceSecondsPerOrder
        self.serviceSecondsPerLine = serviceSecondsPerLine
        self.serviceSecondsPerItem = serviceSecondsPerItem
        self.serviceDistribution = serviceDistribution
        self.dailyOrderLimit = dailyOrderLimit
        self.handlingCostPerOrder = handlingCostPerOrder
        self.handlingCostPerLine = handlingCostPerLine
        self.handlingCostPerItem = handlingCostPerItem
        self.labourCostPerHour = labourCostPerHour
        self.tags = tags
    }
}
