import Storage

/// What really happened, by order index, then product; the rows of order i are `offsets[i] ..< offsets[i + 1]`.
public struct HistoryTable: Sendable {
    /// First row of each order, and the row count at the end.
    public let offsets: Column<Int64>
    /// Product index, -1 = all lines of the order.
    public let products: Column<Int32>
    /// Node index, -1 = unknown.
    public let nodes: Column<Int32>
    /// Service index, -1 = unknown.
    public let services: Column<Int32>
    /// Seconds, NaN = never.
    public let shippedAt: Column<Double>
    /// Seconds, NaN = never.
    public let deliveredAt: Column<Double>
    /// 1 where the customer cancelled.
    public let cancelled: Column<UInt8>
    /// Seconds, NaN = not cancelled or not known when.
    public let cancelledAt: Column<Double>
    /// Money, NaN = unknown.
    public let freightPaid: Column<Double>
    /// 0 no, 1 yes, 2 unknown.
    public let complaint: Column<UInt8>

    /// The rows of an order.
    @inlinable
    public func rows(of order: Int) -> Range<Int> {
        Int(offsets[order])..<Int(offsets[order + 1])
    }
}
