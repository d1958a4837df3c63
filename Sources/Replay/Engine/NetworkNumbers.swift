import Domain
import History
import Sampling

/// What the replay reads of a node again and again, without its texts: reading it moves numbers only.
public struct NodeNumbers: Sendable {
    /// Region index.
    public let region: Int
    /// Parallel servers.
    public let stations: Int
    /// Mean pick-and-pack seconds of a shipment, before its lines and items.
    public let serviceSecondsPerOrder: Double
    /// Further seconds for each line.
    public let serviceSecondsPerLine: Double
    /// Further seconds for each unit.
    public let serviceSecondsPerItem: Double
    /// Unit-mean noise of the service time.
    public let serviceDistribution: UnitDistribution
    /// Money for each shipment.
    public let handlingCostPerOrder: Double
    /// Money for each line.
    public let handlingCostPerLine: Double
    /// Money for each unit.
    public let handlingCostPerItem: Double
    /// Money for each hour of realised service time.
    public let labourCostPerHour: Double
    /// Shipments assigned a local day; `Int32.max` = unlimited.
    public let dailyLimit: Int32
    /// Tags.
    public let tags: TagSet

    /// The numbers of a node.
    init(_ node: Node) {
        region = node.region
        stations = node.stations
        serviceSecondsPerOrder = node.serviceSecondsPerOrder
        serviceSecondsPerLine = node.serviceSecondsPerLine
        serviceSecondsPerItem = node.serviceSecondsPerItem
        serviceDistribution = node.serviceDistribution
        handlingCostPerOrder = node.handlingCostPerOrder
        handlingCostPerLine = node.handlingCostPerLine
        handlingCostPerItem = node.handlingCostPerItem
        labourCostPerHour = node.labourCostPerHour
        dailyLimit = node.dailyOrderLimit.map { Int32(clamping: $0) } ?? .max
        tags = node.tags
    }
}

/// What the replay reads of a service again and again, without its texts.
public struct ServiceNumbers: Sendable {
    /// Unit-mean noise of the transit time.
    public let transitDistribution: UnitDistribution
    /// Tariff index of its emissions, -1 if none.
    public let emission: Int
    /// Tags.
    public let tags: TagSet

    /// The numbers of a service.
    init(_ service: Service) {
        transitDistribution = service.transitDistribution
        emission = service.emission ?? -1
        tags = service.tags
    }
}
