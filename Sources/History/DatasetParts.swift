import Domain
import Storage

/// Everything a ``Dataset`` is made of, with the owner of its columns.
public struct DatasetParts: Sendable {
    /// What keeps the columns of ``orders`` and ``history`` in memory.
    public var store: any ColumnStore
    /// dataset.yaml.
    public var description: DatasetDescription
    /// Region names.
    public var regions: [String]
    /// Tag names.
    public var tags: [String]
    /// Segment names; index 0 is blank.
    public var segments: [String]
    /// Channel names; index 0 is blank.
    public var channels: [String]
    /// Category names; index 0 is blank.
    public var categories: [String]
    /// Places that can ship.
    public var nodes: [Node]
    /// Places delivered to.
    public var zones: [Zone]
    /// Carrier products.
    public var services: [Service]
    /// Tariffs and emission factors.
    public var tariffs: [Tariff]
    /// Products.
    public var products: ProductTable
    /// Stock at time 0.
    public var inventory: Inventory
    /// Stock that arrives.
    public var replenishments: [Replenishment]
    /// Transfers between nodes.
    public var transfers: [Transfer]
    /// All lanes.
    public var lanes: LaneTable
    /// Orders and their lines.
    public var orders: OrderTable
    /// Whether any order goes to a place of its own rather than its zone's.
    public var ordersHavePlaces: Bool
    /// Orders under way at time 0.
    public var openOrders: [OpenOrder]
    /// What really happened.
    public var history: HistoryTable?
    /// Recorded weather.
    public var weather: WeatherSeries?
    /// Recorded congestion.
    public var traffic: HourlySeries?
    /// Recorded further signals, sorted by name.
    public var signals: [(name: String, series: HourlySeries)]
    /// SHA-256 over the content.
    public var contentHash: String
    /// What was found in the files.
    public var quality: QualityReport
}
