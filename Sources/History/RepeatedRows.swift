import Storage

/// Tells the rows of a table, each of an order, that repeat an earlier one exactly: a row that repeats any repeats one of
/// its own order, and an order has few.
struct RepeatedRows {
    /// Rows of an order that are compared one by one with a further one; of longer orders the others go to a set.
    private static let fewRows: Int32 = 32

    /// What is known of an order's rows.
    private struct OrderRows: BitwiseCopyable {
        var count: Int32 = 0
        /// The last row, -1 = none.
        var newest: Int32 = -1
    }
    private var orders: LargeArray<OrderRows>
    /// The row before of the same order, -1 = none, by row.
    private var previous = LargeArray<Int32>()
    /// Half of each fingerprint, which tells the few rows of an order apart.
    private var fingerprints = LargeArray<UInt64>()
    /// Fingerprints of rows that are not kept.
    private var setAside: Set<UInt128> = []
    /// Halves of the fingerprints of the rows of long orders, behind the order's number.
    private var ofLongOrders: Set<UInt128> = []

    /// No rows yet of so many orders.
    init(orderCount: Int) {
        orders = LargeArray(repeating: OrderRows(), count: orderCount)
    }

    /// Makes room for so many rows.
    mutating func reserveCapacity(_ rows: Int) {
        previous.reserveCapacity(rows)
        fingerprints.reserveCapacity(rows)
    }

    /// Rows of an order that are kept.
    func count(ofOrder order: Int) -> Int { Int(orders[order].count) }

    /// Whether a row repeats one that is not kept.
    func isRepeated(_ fingerprint: UInt128) -> Bool { !setAside.isEmpty && setAside.contains(fingerprint) }

    /// Whether a row of an order repeats an earlier one.
    func isRepeated(_ fingerprint: UInt128, ofOrder order: Int32) -> Bool {
        if isRepeated(fingerprint) { return true }
        let half = UInt64(truncatingIfNeeded: fingerprint)
        let known = orders[Int(order)]
        if known.count > Self.fewRows { return ofLongOrders.contains(Self.key(half, order)) }
        var row = known.newest
        while row >= 0 {
            if fingerprints[Int(row)] == half { return true }
            row = previous[Int(row)]
        }
        return false
    }

    /// Remembers a row that is not kept.
    mutating func rememberSetAside(_ fingerprint: UInt128) { setAside.insert(fingerprint) }

    /// Remembers a row that is kept.
    mutating func remember(_ fingerprint: UInt128, ofOrder order: Int32) {
        let row = Int32(truncatingIfNeeded: previous.count)
        var known = orders[Int(order)]
        previous.append(known.newest)
        let half = UInt64(truncatingIfNeeded: fingerprint)
        fingerprints.append(half)
        known.newest = row
        known.count += 1
        orders[Int(order)] = known
        if known.count == Self.fewRows + 1 {
            var earlier = row
            while earlier >= 0 {
                ofLongOrders.insert(Self.key(fingerprints[Int(earlier)], order))
                earlier = previous[Int(earlier)]
            }
        } else if known.count > Self.fewRows {
            ofLongOrders.insert(Self.key(half, order))
        }
    }

    private static func key(_ half: UInt64, _ order: Int32) -> UInt128 {
        UInt128(UInt32(bitPattern: order)) << 64 | UInt128(half)
    }
}
