import Domain
import Storage

/// Orders by placed-at, then id, and their lines, as memory-mapped columns.
public struct OrderTable: Sendable {
    /// Ids.
    public let ids: StringColumn
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
