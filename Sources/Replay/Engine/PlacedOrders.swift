import Storage

/// What the orders placed come to: the same for every strategy of a world, and so summed once.
struct PlacedOrders {
    /// Orders that were to be decided.
    private(set) var decisions = 0
    private var orders = 0.0
    private var lines = 0.0
    private var items = 0.0
    private var value = 0.0

    /// Adds the visits of a block, of which those count that are measured.
    mutating func add(_ block: VisitBlock) {
        decisions += block.count
        for index in 0..<block.count where block.visits[index].isMeasured {
            add(block.facts[index].parcel, weight: block.visits[index].weight)
        }
    }

    /// Adds an order that counts.
    mutating func add(_ parcel: Parcel, weight: Double) {
        orders += weight
        lines += weight * Double(parcel.lines)
        items += weight * parcel.items
        value += weight * parcel.value
    }

    /// Adds them to sums of facts, by raw value.
    func add(to sums: Buffer<Double>) {
        sums[Fact.orders.rawValue] += orders
        sums[Fact.lines.rawValue] += lines
        sums[Fact.items.rawValue] += items
        sums[Fact.orderedValue.rawValue] += value
    }
}
