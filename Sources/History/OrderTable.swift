import Domain
import Storage

/// Orders by placed-at, then id, and their lines, as memory-mapped columns.
public struct OrderTable: Sendable {
    /// Ids.
    public let ids: IdentifierColumn
    /// `StableHash.of(id)`: the entity of the order's random numbers.
    public let idHashes: Column<UInt64>
    /// Seconds, never falling.
    public let placedAt: Column<Double>
    /// Seconds; `placedAt` where screening took no time.
    public let approvedAt: Column<Double>
    /// Seconds; +infinity where nothing was promised.
    public let promisedAt: Column<Double>
    /// Zone index.
    public let zones: Column<Int32>
    /// Where the order goes; the zone's place unless the order has its own.
    public let x: Column<Double>
    /// Where the order goes.
    public let y: Column<Double>
    /// Index into ``Dataset/segments``.
    public let segments: Column<Int32>
    /// Index into ``Dataset/channels``.
    public let channels: Column<Int32>
    /// Tags of order and customer, as the low and high halves of a ``TagSet``.
    public let tagsLow: Column<UInt64>
    /// High half of the tags.
    public let tagsHigh: Column<UInt64>
    /// Sampling weight.
    public let weights: Column<Double>
    /// First line of each order, and the line count at the end.
    public let lineOffsets: Column<Int64>
    /// Product index of each line.
    public let lineProducts: Column<Int32>
    /// Units of each line, at least 1.
    public let lineQuantities: Column<Int32>
    /// Price a unit of each line.
    public let linePrices: Column<Double>
    /// What keeps the columns in memory, so that a copy of the table is safe on its own.
    let store: any ColumnStore

    /// A table from its columns and what owns them.
    public init(
        store: any ColumnStore, ids: IdentifierColumn, idHashes: Column<UInt64>, placedAt: Column<Double>,
        approvedAt: Column<Double>, promisedAt: Column<Double>, zones: Column<Int32>, x: Column<Double>,
        y: Column<Double>, segments: Column<Int32>, channels: Column<Int32>, tagsLow: Column<UInt64>,
        tagsHigh: Column<UInt64>, weights: Column<Double>, lineOffsets: Column<Int64>, lineProducts: Column<Int32>,
        lineQuantities: Column<Int32>, linePrices: Column<Double>
    ) {
        self.store = store
        self.ids = ids
        self.idHashes = idHashes
        self.placedAt = placedAt
        self.approvedAt = approvedAt
        self.promisedAt = promisedAt
        self.zones = zones
        self.x = x
        self.y = y
        self.segments = segments
        self.channels = channels
        self.tagsLow = tagsLow
        self.tagsHigh = tagsHigh
        self.weights = weights
        self.lineOffsets = lineOffsets
        self.lineProducts = lineProducts
        self.lineQuantities = lineQuantities
        self.linePrices = linePrices
    }

    /// Number of orders.
    @inlinable
    public var count: Int { placedAt.count }

    /// Number of lines.
    public var lineCount: Int { lineProducts.count }

    /// The lines of an order.
    @inlinable
    public func lines(of order: Int) -> Range<Int> {
        Int(lineOffsets[order])..<Int(lineOffsets[order + 1])
    }

    /// The tags of an order.
    @inlinable
    public func tags(of order: Int) -> TagSet {
        TagSet(bits: UInt128(tagsHigh[order]) << 64 | UInt128(tagsLow[order]))
    }
}
