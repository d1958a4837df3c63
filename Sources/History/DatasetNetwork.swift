import Domain

/// The tables of a dataset without its orders, lines and history: what ``DatasetColumnsWriter`` streams orders to.
public struct DatasetNetwork {
    var builder: DatasetBuilder
    let log: QualityLog

    /// Reads the tables of a folder that lacks `orders` and `order_lines`.
    ///
    /// - Throws: ``InputErrors`` as ``DatasetReader`` does.
    public init(folder: String) throws(InputErrors) {
        let files = try InputErrors.wrapping { () throws(InputError) in try DatasetFolder(folder) }
        var description = try DescriptionReader.read(files.description, file: files.path + "/dataset.yaml")
        description.files = [:]
        let reading = try InputErrors.wrapping { () throws(InputError) in
            var reading = try DatasetReading(files, description: description)
            _ = try reading.readTablesBeforeOrders()
            try reading.readTablesAfterOrders()
            return reading
        }
        builder = reading.builder
        log = reading.log
    }
}

/// The names that orders use; a dataset numbers those that occur.
public struct OrderNames: Sendable, Hashable {
    /// Segments that orders state for themselves.
    public var segments: Set<String>
    /// Channels; blank where an order has none.
    public var channels: Set<String>
    /// Tags that orders state for themselves.
    public var tags: Set<String>
    /// Whether anything is on record of any order.
    public var haveHistory: Bool

    /// Names.
    public init(
        segments: Set<String> = [], channels: Set<String> = [], tags: Set<String> = [], haveHistory: Bool = false
    ) {
        self.segments = segments
        self.channels = channels
        self.tags = tags
        self.haveHistory = haveHistory
    }
}
