/// A stretch of generated orders in time order, as columns: what the writers of tables take.
///
/// Indices point into the network that made it: zones, customers, products.
struct OrderBatch: Sendable {
    /// Ids: zone, hour of the horizon and number within both, with dashes.
    var ids: [String] = []
    /// Entities of the orders' draws.
    var entities: [UInt64] = []
    /// Whole seconds from the start, never falling.
    var placedAt: [Double] = []
    /// Zone indices.
    var zones: [Int32] = []
    /// Customer indices; -1 = none.
    var customers: [Int32] = []
    /// Segment indices; -1 = none.
    var segments: [Int32] = []
    /// Channel indices; -1 = none.
    var channels: [Int32] = []
    /// Promise indices; -1 = none.
    var promises: [Int32] = []
    /// Seconds from the start; +infinity where nothing is promised.
    var promisedAt: [Double] = []
    /// Bit i = the order has the i-th order tag.
    var tags: [UInt128] = []
    /// First line of each order, and the number of lines at the end.
    var lineOffsets: [Int] = [0]
    /// Product index of each line.
    var lineProducts: [Int32] = []
    /// Units of each line.
    var lineQuantities: [Int32] = []

    /// Number of orders.
    var count: Int { ids.count }

    /// The lines of an order of the batch.
    func lines(of order: Int) -> Range<Int> { lineOffsets[order]..<lineOffsets[order + 1] }
}
