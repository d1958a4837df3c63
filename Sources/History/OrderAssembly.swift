import DeterministicMath
import Domain
import Storage

/// Orders by placed-at, then id, with their lines by product.
struct OrderAssembly {
    /// The builder's rows that are kept, in their final order.
    let rows: RowOrder
    private let places: LargeArray<Int32>
    var zones = LargeArray<Int32>()
    /// Where the orders go; empty unless ``havePlaces``.
    var x = LargeArray<Double>()
    var y = LargeArray<Double>()
    var segments = SparseColumn(usual: Int32(0))
    var channels = SparseColumn(usual: Int32(0))
    var tags = SparseColumn(usual: TagSet())
    var lineOffsets = LargeArray<Int64>()
    var lineProducts = LargeArray<Int32>()
    var lineQuantities = LargeArray<Int32>()
    /// Empty unless ``havePrices``.
    var linePrices = LargeArray<Double>()
    /// Whether any order has a place of its own.
    var havePlaces = false
    /// Whether any line has a price of its own.
    let havePrices: Bool
    /// The zones' places.
    let zonePlaces: [Place]
    /// The products' prices.
    let productPrices: [Double]
    let source: OrderRows

    /// Resolves, sorts and fills in.
    ///
    /// - Throws: `InputError` for an unknown id, an id that comes twice, a value out of range, an order without lines.
    init(_ assembly: DatasetAssembly) throws(InputError) {
        let source = assembly.builder.orders
        self.source = source
        if let id = source.repeatedId { throw InputError(found: "the order '\(id)' twice", expected: "each id once") }
        if let (id, problem) = source.problem { throw DatasetAssembly.error(problem, in: "order '\(id)'") }
        rows = Self.sortedRows(source)
        places = rows.places(ofRows: source.count)
        havePrices = !source.linePrices.isUniform
        zonePlaces = assembly.zones.map(\.place)
        productPrices = assembly.products.prices
        try fillOrders(assembly)
        try fillLines(assembly)
    }

    /// The final index of a builder's row, -1 where it is set aside.
    func place(ofRow row: Int) -> Int32 { rows.isIdentity ? Int32(truncatingIfNeeded: row) : places[row] }

    /// The rows that are kept, by placed-at, then id; they often are in that order already.
    private static func sortedRows(_ source: OrderRows) -> RowOrder {
        func precedes(_ left: Int, _ right: Int) -> Bool {
            if source.placedAt[left] != source.placedAt[right] { return source.placedAt[left] < source.placedAt[right] }
            return source.ids.identifierPrecedes(left, right)
        }
        let kept = (0..<source.count).lazy.filter { !source.isSetAside($0) }
        if source.rowsSetAside.isEmpty, (1..<max(1, source.count)).allSatisfy({ precedes($0 - 1, $0) }) {
            return RowOrder(all: source.count)
        }
        var sorted = Array(kept.map { Int32(truncatingIfNeeded: $0) })
        if (1..<max(1, sorted.count)).contains(where: { !precedes(Int(sorted[$0 - 1]), Int(sorted[$0])) }) {
            sorted.sort { precedes(Int($0), Int($1)) }
        }
        return RowOrder(LargeArray(sorted))
    }

    /// When each order was approved; empty where each was when it was placed.
    var approvedAt: LargeArray<Double> {
        source.approvedAt.isUniform ? LargeArray() : rows.gathered { source.approved($0) }
    }

    /// One entry of each column an order.
    private mutating func fillOrders(_ assembly: DatasetAssembly) throws(InputError) {
        let zoneOfName = source.zoneNames.texts.map { assembly.zoneIds.index($0) }
        let segmentOfName = source.segmentNames.texts.map { Int32(assembly.segments.index($0)) }
        let channelOfName = source.channelNames.texts.map { Int32(assembly.channels.index($0)) }
        let setOfList = source.tagLists.map { assembly.tags.set($0) }
        let customers = source.customerNames.texts.map { assembly.builder.customers[$0] }
        let segmentOfCustomer = customers.map { Int32($0.map { assembly.segments.index($0.segment) } ?? 0) }
        let setOfCustomer = customers.map { assembly.tags.set($0?.preferences ?? []) }
        try fillZones(assembly, zoneOfName)
        fillPlaces()
        channels = SparseColumn(usual: channelOfName.first ?? 0)
        segments.reserveCapacity(rows.count)
        channels.reserveCapacity(rows.count)
        tags.reserveCapacity(rows.count)
        for place in 0..<rows.count {
            let row = rows[place]
            let customer = Int(source.customers[row])
            let ownSegment = source.segments[row]
            segments.append(
                ownSegment >= 0 ? segmentOfName[Int(ownSegment)] : customer >= 0 ? segmentOfCustomer[customer] : 0)
            channels.append(channelOfName[Int(source.channels[row])])
            let ownTags = setOfList[Int(source.tags[row])]
            tags.append(customer >= 0 ? ownTags.union(setOfCustomer[customer]) : ownTags)
        }
    }

    /// The zone of each order, which lies in the horizon.
    private mutating func fillZones(_ assembly: DatasetAssembly, _ zoneOfName: [Int?]) throws(InputError) {
        let nearest = NearestZone(assembly.zones, assembly.builder.description.coordinates)
        let end = assembly.builder.description.end
        zones.reserveCapacity(rows.count)
        for place in 0..<rows.count {
            let row = rows[place]
            let placedAt = source.placedAt[row]
            guard placedAt >= 0, placedAt < end else {
                throw InputError(
                    found: "placed_at \(placedAt.shortText) of order '\(source.ids.text(row))'",
                    expected: "an instant from the dataset's start to before its end")
            }
            if source.zones[row] >= 0 {
                guard let known = zoneOfName[Int(source.zones[row])] else {
                    let id = source.zoneNames.text(Int(source.zones[row]))
                    _ = try assembly.zoneIds.index(id, in: "order '\(source.ids.text(row))'")
                    continue
                }
                zones.append(Int32(known))
            } else {
                guard !source.x[row].isNaN, let found = nearest.zone(to: Place(x: source.x[row], y: source.y[row]))
                else {
                    throw InputError(
                        found: "no zone for order '\(source.ids.text(row))'", expected: "a zone or a place")
                }
                zones.append(Int32(found))
            }
        }
    }

    /// Where the orders go, if any goes elsewhere than to its zone's place.
    private mutating func fillPlaces() {
        havePlaces =
            !source.x.isUniform
            && (0..<rows.count).contains { index in
                let row = rows[index]
                guard !source.x[row].isNaN else { return false }
                let place = zonePlaces[Int(zones[index])]
                return source.x[row] != place.x || source.y[row] != place.y
            }
        guard havePlaces else { return }
        for index in 0..<rows.count {
            let row = rows[index]
            let hasPlace = !source.x[row].isNaN
            x.append(hasPlace ? source.x[row] : zonePlaces[Int(zones[index])].x)
            y.append(hasPlace ? source.y[row] : zonePlaces[Int(zones[index])].y)
        }
    }

    /// Lines by order, then product, quantity and price.
    private mutating func fillLines(_ assembly: DatasetAssembly) throws(InputError) {
        var productOfName: [Int32] = []
        for name in source.productNames.texts {
            productOfName.append(Int32(try assembly.productIds.index(name, in: "order lines")))
        }
        let lines: RowOrder
        (lines, lineOffsets) = RowOrder.grouped(rows: source.lineOrders.count, groups: rows.count) { line in
            place(ofRow: Int(source.lineOrders[line]))
        }
        if let empty = (0..<rows.count).first(where: { lineOffsets[$0] == lineOffsets[$0 + 1] }) {
            throw InputError(
                found: "the order '\(source.ids.text(rows[empty]))' without lines", expected: "a line")
        }
        lineProducts = lines.gathered { productOfName[Int(source.lineProducts[$0])] }
        lineQuantities = lines.ordered(source.lineQuantities)
        if havePrices {
            linePrices = lines.gathered { line in
                let price = source.linePrices[line]
                return price.isNaN ? productPrices[Int(productOfName[Int(source.lineProducts[line])])] : price
            }
        }
        for place in 0..<rows.count {
            let range = Int(lineOffsets[place])..<Int(lineOffsets[place + 1])
            if range.count > 1 { sortLines(range) }
        }
    }

    /// Lets two lines change places.
    private mutating func swapLines(_ left: Int, _ right: Int) {
        (lineProducts[left], lineProducts[right]) = (lineProducts[right], lineProducts[left])
        (lineQuantities[left], lineQuantities[right]) = (lineQuantities[right], lineQuantities[left])
        if havePrices { (linePrices[left], linePrices[right]) = (linePrices[right], linePrices[left]) }
    }

    /// Sorts the lines of an order, unless they are in order already. Prices of products follow from the products.
    private mutating func sortLines(_ range: Range<Int>) {
        var last = range.lowerBound + 1
        while last < range.upperBound, lineProducts[last - 1] < lineProducts[last] { last += 1 }
        if last == range.upperBound { return }
        func line(_ index: Int) -> (Int32, Int32, Double) {
            (lineProducts[index], lineQuantities[index], havePrices ? linePrices[index] : 0)
        }
        if range.count == 2 {
            if line(last) < line(last - 1) { swapLines(last - 1, last) }
            return
        }
        for (index, line) in zip(range, range.map(line).sorted(by: <)) {
            lineProducts[index] = line.0
            lineQuantities[index] = line.1
            if havePrices { linePrices[index] = line.2 }
        }
    }
}

/// Finds the zone nearest to a place, ties to the lowest index. O(zones) a place.
///
/// On the sphere the nearest is the one whose unit vector has the largest scalar product: no angle is needed.
struct NearestZone {
    private let vectors: [(Double, Double, Double)]
    private let system: CoordinateSystem

    init(_ zones: [Zone], _ system: CoordinateSystem) {
        self.system = system
        vectors = zones.map { Self.vector($0.place, system) }
    }

    func zone(to place: Place) -> Int? {
        let target = Self.vector(place, system)
        var best: (zone: Int, score: Double)?
        for (zone, vector) in vectors.enumerated() {
            let score: Double
            switch system {
            case .plane:
                let dx = vector.0 - target.0
                let dy = vector.1 - target.1
                score = -(dx * dx + dy * dy)
            case .geographic:
                score = vector.0 * target.0 + vector.1 * target.1 + vector.2 * target.2
            }
            if score > best?.score ?? -.infinity { best = (zone, score) }
        }
        return best?.zone
    }

    private static func vector(_ place: Place, _ system: CoordinateSystem) -> (Double, Double, Double) {
        guard system == .geographic else { return (place.x, place.y, 0) }
        let longitude = place.x * Double.pi / 180
        let latitude = place.y * Double.pi / 180
        let radius = DeterministicMath.cosine(latitude)
        return (
            radius * DeterministicMath.cosine(longitude), radius * DeterministicMath.sine(longitude),
            DeterministicMath.sine(latitude)
        )
    }
}
