import Domain
import History
import Sampling

/// What the replay reads of a node again and again, without its texts: reading it moves numbers only.
public struct NodeNumbers: Sendable, BitwiseCopyable {
    /// Region index.
    public let region: Int
    /// Parallel servers.
    public let stations: Int
    /// 1 / stations.
    public let inverseStations: Double
    /// Mean pick-and-pack seconds of a shipment, before its lines and items.
    public let serviceSecondsPerOrder: Double
    /// Further seconds for each line.
    public let serviceSecondsPerLine: Double
    /// Further seconds for each unit.
    public let serviceSecondsPerItem: Double
    /// Unit-mean noise of the service time.
    public let serviceDistribution: UnitDistribution
    /// Its index among the distinct distributions of the network.
    let serviceNoise: Int
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
    init(_ node: Node, serviceNoise: Int) {
        self.serviceNoise = serviceNoise
        region = node.region
        stations = node.stations
        inverseStations = 1 / Double(node.stations)
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
public struct ServiceNumbers: Sendable, BitwiseCopyable {
    /// Unit-mean noise of the transit time.
    public let transitDistribution: UnitDistribution
    /// Its index among the distinct distributions of the network.
    let transitNoise: Int
    /// Tariff index of its emissions, -1 if none.
    public let emission: Int
    /// Tags.
    public let tags: TagSet

    /// The numbers of a service.
    init(_ service: Service, transitNoise: Int) {
        self.transitNoise = transitNoise
        transitDistribution = service.transitDistribution
        emission = service.emission ?? -1
        tags = service.tags
    }
}

/// What the replay reads of a product for every line of it.
struct ProductNumbers: BitwiseCopyable {
    let massKilograms: Double
    let volumeLitres: Double
    let unitCost: Double
    let tags: TagSet
    /// Tags that node and service must carry.
    let requiredTags: TagSet
}

/// One mass band of a tariff; the bands of all tariffs lie in one run.
public struct TariffBand: Sendable, BitwiseCopyable {
    /// The least mass of the band, kilograms; -infinity for a tariff's first, which also prices what is lighter.
    @usableFromInline let fromKilograms: Double
    @usableFromInline let terms: LoadTerms
}

extension LoadTerms {
    /// Each term times a factor.
    func multiplied(by factor: Double) -> LoadTerms {
        LoadTerms(
            perShipment: factor * perShipment, perItem: factor * perItem, perKilogram: factor * perKilogram,
            perKilometre: factor * perKilometre, perItemKilometre: factor * perItemKilometre,
            perKilogramKilometre: factor * perKilogramKilometre)
    }
}

/// The prices of one parcel by one tariff: a straight line over the kilometres.
public struct FreightLine: Sendable, BitwiseCopyable {
    /// Money whatever the distance.
    public let fixed: Double
    /// Money for each kilometre.
    public let perKilometre: Double

    /// A line from its parts.
    @inlinable
    public init(fixed: Double, perKilometre: Double) {
        self.fixed = fixed
        self.perKilometre = perKilometre
    }

    /// The same over any distance.
    public static func level(_ value: Double) -> FreightLine { FreightLine(fixed: value, perKilometre: 0) }

    /// The price over a distance: rounded as ``LoadTerms/amount(for:kilometres:)`` rounds.
    @inlinable
    public func price(kilometres: Double) -> Double { fixed + perKilometre * kilometres }
}

/// A rating on a lane as a sum of straight lines: over the kilometres, and over the load of an order.
public struct LaneLine: Sendable, BitwiseCopyable {
    /// Whatever the distance and the load.
    public let fixed: Double
    /// For each kilometre, whatever the load.
    public let perKilometre: Double
    /// For each item and kilogram, whatever the distance.
    public let perItem, perKilogram: Double

    /// A line from its parts.
    public init(fixed: Double, perKilometre: Double, perItem: Double = 0, perKilogram: Double = 0) {
        self.fixed = fixed
        self.perKilometre = perKilometre
        self.perItem = perItem
        self.perKilogram = perKilogram
    }

    /// The same over any distance and load.
    public static func level(_ value: Double) -> LaneLine { LaneLine(fixed: value, perKilometre: 0) }

    /// Whether a load adds the same.
    func addsAlike(_ other: LaneLine) -> Bool { perItem == other.perItem && perKilogram == other.perKilogram }
}

extension ReplayTables {
    /// The price of a tariff as a line; nil where kilometres and load are multiplied or there are several bands.
    public func laneLine(tariff: Int) -> LaneLine? {
        guard let terms = onlyTerms(tariff: tariff), terms.perItemKilometre == 0 else { return nil }
        return LaneLine(
            fixed: terms.perShipment, perKilometre: terms.perKilometre, perItem: terms.perItem,
            perKilogram: terms.perKilogram)
    }

    /// The price of a tariff for each unit of a load, where it is the same for all loads; nil elsewhere.
    public func laneLineOfAnItem(tariff: Int) -> LaneLine? {
        guard let terms = onlyTerms(tariff: tariff), terms.perShipment == 0, terms.perKilometre == 0,
            terms.perKilogram == 0
        else { return nil }
        return LaneLine(fixed: terms.perItem, perKilometre: terms.perItemKilometre)
    }

    /// The terms of a tariff with one mass band and none of mass over a distance.
    private func onlyTerms(tariff: Int) -> LoadTerms? {
        guard tariffOffsets[tariff + 1] - tariffOffsets[tariff] == 1 else { return nil }
        let terms = tariffBands[tariffOffsets[tariff]].terms
        return terms.perKilogramKilometre == 0 ? terms : nil
    }
}
