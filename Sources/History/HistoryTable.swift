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
    /// What keeps the columns in memory, so that a copy of the table is safe on its own.
    let store: any ColumnStore

    /// A table from its columns and what owns them.
    public init(
        store: any ColumnStore, offsets: Column<Int64>, products: Column<Int32>, nodes: Column<Int32>,
        services: Column<Int32>, shippedAt: Column<Double>, deliveredAt: Column<Double>, cancelled: Column<UInt8>,
        cancelledAt: Column<Double>, freightPaid: Column<Double>, complaint: Column<UInt8>
    ) {
        self.store = store
        self.offsets = offsets
        self.products = products
        self.nodes = nodes
        self.services = services
        self.shippedAt = shippedAt
        self.deliveredAt = deliveredAt
        self.cancelled = cancelled
        self.cancelledAt = cancelledAt
        self.freightPaid = freightPaid
        self.complaint = complaint
    }

    /// The rows of an order.
    @inlinable
    public func rows(of order: Int) -> Range<Int> {
        Int(offsets[order])..<Int(offsets[order + 1])
    }
}
