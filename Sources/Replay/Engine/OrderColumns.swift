import Domain
import History
import Storage

/// The orders as the engine reads them: the columns of an ``OrderTable`` without what keeps them in memory, so that passing
/// them on costs nothing. Whoever keeps them keeps the dataset.
struct OrderColumns: BitwiseCopyable {
    let idHashes: Column<UInt64>
    let placedAt: Column<Double>
    let approvedAt: Column<Double>
    let promisedAt: Column<Double>
    let zones: Column<Int32>
    let x: Column<Double>
    let y: Column<Double>
    let segments: Column<Int32>
    let channels: Column<Int32>
    let tagsLow: Column<UInt64>
    let tagsHigh: Column<UInt64>
    let weights: Column<Double>
    let lineProducts: Column<Int32>
    let lineQuantities: Column<Int32>
    let linePrices: Column<Double>
    private let lineOffsets: Column<Int64>
    /// Number of orders.
    let count: Int

    init(_ table: OrderTable) {
        idHashes = table.idHashes
        placedAt = table.placedAt
        approvedAt = table.approvedAt
        promisedAt = table.promisedAt
        zones = table.zones
        x = table.x
        y = table.y
        segments = table.segments
        channels = table.channels
        tagsLow = table.tagsLow
        tagsHigh = table.tagsHigh
        weights = table.weights
        lineProducts = table.lineProducts
        lineQuantities = table.lineQuantities
        linePrices = table.linePrices
        lineOffsets = table.lineOffsets
        count = table.count
    }

    /// The lines of an order.
    @inline(__always)
    func lines(of order: Int) -> Range<Int> { Int(lineOffsets[order])..<Int(lineOffsets[order + 1]) }

    /// Units that a node must have of a line's product to carry the lines of an order up to it: its own and those of lines before
    /// it.
    @inline(__always)
    func unitsNeeded(atLine line: Int, of lines: Range<Int>) -> Int32 {
        var units = lineQuantities[line]
        for earlier in lines.lowerBound..<line where lineProducts[earlier] == lineProducts[line] {
            units += lineQuantities[earlier]
        }
        return units
    }

    /// What a whole order weighs and is worth, line by line.
    func parcel(of order: Int, products: Buffer<ProductNumbers>) -> Parcel {
        var parcel = Parcel()
        for line in lines(of: order) {
            add(line: line, quantity: Int(lineQuantities[line]), products: products, to: &parcel)
        }
        return parcel
    }

    /// Adds units of a line to a parcel as one more line.
    func add(line: Int, quantity: Int, products: Buffer<ProductNumbers>, to parcel: inout Parcel) {
        let numbers = products[Int(lineProducts[line])]
        let units = Double(quantity)
        parcel.lines += 1
        parcel.items += units
        parcel.massKilograms += units * numbers.massKilograms
        parcel.volumeLitres += units * numbers.volumeLitres
        parcel.value += units * linePrices[line]
        parcel.goodsCost += units * numbers.unitCost
        parcel.productTags = parcel.productTags.union(numbers.tags)
        parcel.requiredTags = parcel.requiredTags.union(numbers.requiredTags)
    }

    /// Tags of order and customer.
    @inline(__always)
    func tags(of order: Int) -> TagSet {
        TagSet(bits: UInt128(tagsHigh[order]) << 64 | UInt128(tagsLow[order]))
    }
}

/// The record of who shipped what, as the engine reads it: see ``OrderColumns``.
struct HistoryColumns: BitwiseCopyable {
    /// Node index, -1 = unknown.
    let nodes: Column<Int32>
    /// Service index, -1 = unknown.
    let services: Column<Int32>
    private let products: Column<Int32>
    private let offsets: Column<Int64>

    init(_ table: HistoryTable) {
        nodes = table.nodes
        services = table.services
        products = table.products
        offsets = table.offsets
    }

    /// The row of a product of an order, else the row for all lines; the first where there are several, -1 if there is none.
    func row(of order: Int, product: Int32) -> Int {
        var forAll = -1
        for row in Int(offsets[order])..<Int(offsets[order + 1]) {
            if products[row] == product { return row }
            if products[row] < 0, forAll < 0 { forAll = row }
        }
        return forAll
    }
}
