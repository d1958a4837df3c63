import Domain
import Sampling
import Storage

/// A dataset as every trial reads it: small tables as arrays, large ones as memory-mapped columns.
///
/// Rows are sorted by id (``identifierPrecedes(_:_:)``), orders by placed-at, then id; an *index* is a row number in
/// that order. Times are seconds from ``DatasetDescription/start``. A dataset is immutable and shared by all trials;
/// its columns are valid while it lives.
public final class Dataset: Sendable {
    /// dataset.yaml.
    public let description: DatasetDescription
    /// Region names; a region index points here.
    public let regions: [String]
    /// Tag names; bit i of a ``TagSet`` is the tag `tags[i]`.
    public let tags: [String]
    /// Segment names; index 0 is the blank segment.
    public let segments: [String]
    /// Channel names; index 0 is the blank channel.
    public let channels: [String]
    /// Product category names; index 0 is the blank category.
    public let categories: [String]
    /// Places that can ship.
    public let nodes: [Node]
    /// Places delivered to.
    public let zones: [Zone]
    /// Carrier products.
    public let services: [Service]
    /// Tariffs and emission factors, priced by index.
    public let tariffs: [Tariff]
    /// Products.
    public let products: ProductTable
    /// Stock at time 0.
    public let inventory: Inventory
    /// Stock that arrives, by time, then node, then product.
    public let replenishments: [Replenishment]
    /// Transfers between nodes.
    public let transfers: [Transfer]
    /// All lanes, grouped by zone.
    public let lanes: LaneTable
    /// Orders and their lines.
    public let orders: OrderTable
    /// Whether any order goes to a place of its own rather than its zone's.
    public let ordersHavePlaces: Bool
    /// Orders under way at time 0, by order id.
    public let openOrders: [OpenOrder]
    /// What really happened, where recorded.
    public let history: HistoryTable?
    /// Recorded weather, where there is any.
    public let weather: WeatherSeries?
    /// Recorded congestion, where there is any.
    public let traffic: HourlySeries?
    /// Recorded further signals by name, sorted by name.
    public let signals: [(name: String, series: HourlySeries)]
    /// SHA-256 over the description and every table's content, hexadecimal: the dataset's identity in a run's hash.
    public let contentHash: String
    /// What was found in the tables it was read from; empty for one that was built in memory.
    public let quality: QualityReport
    /// Keeps the columns in memory.
    private let store: any ColumnStore

    /// A dataset from its parts; use ``DatasetReader`` or ``DatasetBuilder`` to make one.
    public init(parts: DatasetParts) {
        description = parts.description
        regions = parts.regions
        tags = parts.tags
        segments = parts.segments
        channels = parts.channels
        categories = parts.categories
        nodes = parts.nodes
        zones = parts.zones
        services = parts.services
        tariffs = parts.tariffs
        products = parts.products
        inventory = parts.inventory
        replenishments = parts.replenishments
        transfers = parts.transfers
        lanes = parts.lanes
        orders = parts.orders
        ordersHavePlaces = parts.ordersHavePlaces
        openOrders = parts.openOrders
        history = parts.history
        weather = parts.weather
        traffic = parts.traffic
        signals = parts.signals
        contentHash = parts.contentHash
        quality = parts.quality
        store = parts.store
    }
}

extension Dataset {
    /// The dataset whose columns lie in a file that ``writeColumns(to:)`` wrote; large tables stay memory-mapped.
    ///
    /// - Throws: `OperationError` when the file is no whole archive of a dataset.
    public convenience init(columns path: String) throws(OperationError) {
        try self.init(decoding: try ColumnArchive(path: path))
    }

    /// Writes all columns into one file, atomically.
    ///
    /// - Throws: `OperationError` with path and reason, such as a full disk.
    public func writeColumns(to path: String) throws(OperationError) {
        let writer = try ColumnArchiveWriter(path: path)
        try store.write(to: writer)
        try writer.finish()
    }
}
