/// A stretch of generated orders in time order, as columns: what the writers of tables take.
///
/// Indices point into the network that made it: zones, customers, products.
struct OrderBatch: Sendable {
    /// Ids of all zones of the network, by index.
    var zoneIds: [String] = []
    /// Hours of the horizon in which the orders were placed.
    var hours: [Int32] = []
    /// Numbers within zone and hour, from 0.
    var numbers: [Int32] = []
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
    var count: Int { numbers.count }

    /// What the ids of a zone's orders of an hour begin with; the number from 1 follows.
    static func idPrefix(zone: String, hour: Int32) -> String { "\(zone)-\(hour)-" }

    /// The id of an order: zone, hour of the horizon and number within both, with dashes.
    func id(of order: Int) -> String {
        Self.idPrefix(zone: zoneIds[Int(zones[order])], hour: hours[order]) + String(numbers[order] + 1)
    }

    /// The lines of an order of the batch.
    func lines(of order: Int) -> Range<Int> { lineOffsets[order]..<lineOffsets[order + 1] }
}
